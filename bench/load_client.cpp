#include "load_client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "report.hpp"

namespace mailwalk::bench {
namespace {

constexpr double kPatience = 30;  // seconds

// One connection: what it has said is answered, then it says the next.
class Talk {
 public:
  Talk(const LoadPlan& plan, std::size_t user) : plan_(plan), user_(user) {}

  // What to say to a complete reply; nullopt: the reply is not complete yet.
  std::optional<std::string> hear(std::string_view octets) {
    heard_ += octets;
    if (!is_complete()) return std::nullopt;
    if (!is_good()) {
      failure = heard_.substr(0, 200);
    } else if (waits_for_content_ || gets_mail_) {
      ++mails;
    }
    std::string next = plan_.kind == LoadPlan::Kind::Smtp ? next_smtp() : next_pop3();
    heard_.clear();
    ++step_;
    return next;
  }

  [[nodiscard]] std::size_t user() const { return user_; }
  [[nodiscard]] bool is_over() const { return over_; }

  std::size_t mails = 0;
  std::string failure;

 private:
  [[nodiscard]] bool is_complete() const {
    if (heard_.size() < 2 || heard_.compare(heard_.size() - 2, 2, "\r\n") != 0) return false;
    if (gets_mail_ && heard_.front() == '+') {
      return heard_.size() >= 5 && heard_.compare(heard_.size() - 5, 5, "\r\n.\r\n") == 0;
    }
    if (plan_.kind == LoadPlan::Kind::Pop3) return true;
    const std::size_t before = heard_.rfind('\n', heard_.size() - 2);
    const std::size_t last = before == std::string::npos ? 0 : before + 1;
    return heard_.size() > last + 3 && heard_[last + 3] != '-';
  }

  [[nodiscard]] bool is_good() const {
    return heard_.front() == '2' || heard_.front() == '3' || heard_.front() == '+';
  }

  std::string next_smtp() {
    waits_for_content_ = false;
    if (!failure.empty()) return end();
    switch (step_) {
      case 0: return "EHLO bench.example\r\n";
      case 1: return "MAIL FROM:<ani@kampus.example>\r\n";
      case 2: return fmt::format("RCPT TO:<{}>\r\n", plan_.recipient);
      case 3: return "DATA\r\n";
      case 4: waits_for_content_ = true; return content();
      case 5: return "QUIT\r\n";
      default: return end();
    }
  }

  std::string next_pop3() {
    gets_mail_ = false;
    if (!failure.empty()) return end();
    switch (step_) {
      case 0: return fmt::format("USER {}{}\r\n", plan_.user_prefix, user_);
      case 1: return fmt::format("PASS {}\r\n", plan_.password);
      case 2: return "STAT\r\n";
      case 3: std::from_chars(heard_.data() + 4, heard_.data() + heard_.size(), letters_); break;
      default: break;
    }
    if (quits_) return end();
    if (++letter_ <= letters_) {
      gets_mail_ = true;
      return fmt::format("RETR {}\r\n", letter_);
    }
    quits_ = true;
    return "QUIT\r\n";
  }

  [[nodiscard]] std::string content() const {
    std::string text = "Subject: load\r\n\r\n";
    while (text.size() < plan_.body_octets) text += "Sampai jumpa di kelas jaringan hari Rabu.\r\n";
    return text + ".\r\n";
  }

  std::string end() {
    over_ = true;
    return {};
  }

  const LoadPlan& plan_;
  std::size_t user_;
  std::string heard_;
  int step_ = 0;
  std::size_t letters_ = 0, letter_ = 0;
  bool waits_for_content_ = false, gets_mail_ = false, quits_ = false, over_ = false;
};

class LoadClient final : private net::SocketOwner {
 public:
  explicit LoadClient(const LoadPlan& plan) : plan_(plan), sockets_(*this) {
    for (std::size_t i = 0; i < plan.users; ++i) free_users_.push_back(i);
  }

  LoadResult run() {
    const double begun = seconds_now();
    last_moved_ = begun;
    for (std::size_t i = 0; i < plan_.sessions; ++i) begin();
    while (!talks_.empty() && seconds_now() < last_moved_ + kPatience) {
      sockets_.wait(sockets_.age() + seconds(1));
    }
    for (std::size_t i = 0; i < talks_.size(); ++i) fail("no answer");
    result_.seconds = seconds_now() - begun;
    return result_;
  }

 private:
  void begin() {
    if (begun_ == plan_.count) return;
    ++begun_;
    const std::optional<net::SocketId> socket = sockets_.connect({}, plan_.server);
    if (!socket) return fail("no socket left");
    talks_.emplace(*socket, Talk(plan_, free_users_.front()));
    if (plan_.kind == LoadPlan::Kind::Pop3) free_users_.pop_front();
  }

  void end(net::SocketId socket) {
    const auto found = talks_.find(socket);
    const Talk& talk = found->second;
    result_.mails += talk.mails;
    if (!talk.failure.empty()) fail(talk.failure);
    if (plan_.kind == LoadPlan::Kind::Pop3) free_users_.push_back(talk.user());
    talks_.erase(found);
    sockets_.close(socket);
    last_moved_ = seconds_now();
    begin();
  }

  void fail(std::string_view why) {
    ++result_.failed;
    if (result_.first_failure.empty()) result_.first_failure = why;
  }

  void socket_connected(net::SocketId socket) override { sockets_.read(socket); }
  void socket_read(net::SocketId socket, std::string_view bytes) override {
    Talk& talk = talks_.at(socket);
    const std::optional<std::string> next = talk.hear(bytes);
    if (talk.is_over()) return end(socket);
    if (next) sockets_.write(socket, Bytes(*next), net::Sockets::Then::MayFollow);
    sockets_.read(socket);
  }
  void socket_not_connected(net::SocketId socket, journal::ConnectFailure /*why*/) override {
    talks_.at(socket).failure = "no connection";
    end(socket);
  }
  void socket_read_all(net::SocketId socket) override { socket_broke(socket); }
  void socket_broke(net::SocketId socket) override {
    talks_.at(socket).failure = "the connection broke";
    end(socket);
  }
  // Nothing said here is longer than what a new connection takes at once.
  void socket_wrote(net::SocketId /*socket*/, std::size_t /*octets*/) override {}
  void socket_accepted(net::ListenerId, net::SocketId, net::Endpoint) override {}

  const LoadPlan& plan_;
  net::Sockets sockets_;
  std::map<net::SocketId, Talk> talks_;
  std::deque<std::size_t> free_users_;
  std::size_t begun_ = 0;
  double last_moved_ = 0;
  LoadResult result_;
};

}  // namespace

LoadResult put_load(const LoadPlan& plan) {
  return LoadClient(plan).run();
}

}  // namespace mailwalk::bench
