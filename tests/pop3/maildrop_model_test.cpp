// The server compared, over random sequences of commands, with a model of RFC 1939's maildrop that
// is as simple as can be.
#include <fmt/format.h>

#include <set>

#include "tests/pop3/host.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/grinder.hpp"

using namespace mailwalk;
using namespace mailwalk::pop3;
using namespace mailwalk::pop3::test;

namespace {

struct Letter {
  std::string uid;
  std::string text;  // in CRLF lines, the last one ended
};

// What the RFC says, in lists and sets. Expected replies are whole, but for the text of first
// lines.
class Model {
 public:
  explicit Model(std::vector<Letter> letters) : mailbox_(std::move(letters)) {}

  void log_in() { session_ = mailbox_; }
  void arrive(Letter letter) { mailbox_.push_back(std::move(letter)); }
  void drop() { marked_.clear(); }
  void quit() {
    for (const std::size_t n : marked_) {
      const auto gone = std::find_if(mailbox_.begin(), mailbox_.end(), [&](const Letter& kept) {
        return kept.uid == session_[n - 1].uid;
      });
      mailbox_.erase(gone);
    }
    marked_.clear();
  }

  [[nodiscard]] bool there(std::size_t n) const {
    return n >= 1 && n <= session_.size() && marked_.count(n) == 0;
  }
  bool dele(std::size_t n) { return there(n) && marked_.insert(n).second; }
  void rset() { marked_.clear(); }

  [[nodiscard]] std::string stat() const {
    std::size_t count = 0, octets = 0;
    for (std::size_t n = 1; n <= session_.size(); ++n) {
      if (!there(n)) continue;
      ++count;
      octets += session_[n - 1].text.size();
    }
    return fmt::format("+OK {} {}\r\n", count, octets);
  }
  [[nodiscard]] std::string list_line(std::size_t n) const {
    return fmt::format("{} {}\r\n", n, session_[n - 1].text.size());
  }
  [[nodiscard]] std::string uidl_line(std::size_t n) const {
    return fmt::format("{} {}\r\n", n, session_[n - 1].uid);
  }
  [[nodiscard]] std::string every(std::string (Model::*line)(std::size_t) const) const {
    std::string lines;
    for (std::size_t n = 1; n <= session_.size(); ++n) {
      if (there(n)) lines += (this->*line)(n);
    }
    return lines + ".\r\n";
  }
  // The first lines of the text, stuffed: `body_lines` behind the first blank line.
  [[nodiscard]] std::string stuffed(std::size_t n, std::size_t body_lines) const {
    std::string out;
    std::string_view rest = session_[n - 1].text;
    bool in_body = false;
    while (!rest.empty() && (!in_body || body_lines-- > 0)) {
      const std::size_t end = rest.find("\r\n") + 2;
      if (rest.front() == '.') out += '.';
      out += rest.substr(0, end);
      in_body = in_body || end == 2;
      rest.remove_prefix(end);
    }
    return out + ".\r\n";
  }

  [[nodiscard]] std::vector<std::string> uids() const {
    std::vector<std::string> uids;
    for (const Letter& letter : mailbox_) uids.push_back(letter.uid);
    return uids;
  }
  [[nodiscard]] std::size_t session_size() const { return session_.size(); }

 private:
  std::vector<Letter> mailbox_;
  std::vector<Letter> session_;
  std::set<std::size_t> marked_;
};

class Duel {
 public:
  explicit Duel(std::uint64_t seed) : prng_(seed), model_({}), host_({}) {
    const auto letters = prng_.below(5);
    for (std::uint64_t i = 0; i < letters; ++i) arrive();
  }

  void session() {
    host_.connect();
    host_.log_in();
    model_.log_in();
    const auto steps = prng_.below(30);
    for (std::uint64_t i = 0; i < steps; ++i) step();
    end();
    REQUIRE(host_.uids() == model_.uids());
    if (prng_.chance(500)) arrive();
  }

 private:
  void arrive() {
    std::string text =
        mailwalk::test::random_bytes(prng_, static_cast<std::size_t>(prng_.below(60)));
    const std::string uid = fmt::format("u{}", ++serial_);
    host_.mailbox.messages.push_back(message(uid, text));
    const bool complete =
        text.empty() || (text.size() > 1 && text.substr(text.size() - 2) == "\r\n");
    model_.arrive({uid, complete ? text : text + "\r\n"});
  }

  void expect(const std::string& line, bool good, const std::string& whole) {
    const std::string reply = host_.command(line);
    INFO(line << " -> " << reply);
    REQUIRE(is_ok(reply) == good);
    REQUIRE(is_err(reply) == !good);
    if (good) REQUIRE(reply == whole);
  }
  void expect_lines(const std::string& line, bool good, const std::string& lines) {
    const std::string reply = host_.command(line);
    INFO(line << " -> " << reply);
    REQUIRE(is_ok(reply) == good);
    REQUIRE(after_first_line(reply) == (good ? lines : ""));
  }

  void step() {
    const auto n = static_cast<std::size_t>(prng_.below(model_.session_size() + 2));
    const auto lines = static_cast<std::size_t>(prng_.below(4));
    const bool there = model_.there(n);
    const auto known = [&](auto text) { return there ? text() : std::string(); };
    switch (prng_.below(12)) {
      case 0: return expect("STAT", true, model_.stat());
      case 1: return expect_lines("LIST", true, model_.every(&Model::list_line));
      case 2: return expect_lines("UIDL", true, model_.every(&Model::uidl_line));
      case 3:
        return expect(fmt::format("LIST {}", n), there,
                      known([&] { return "+OK " + model_.list_line(n); }));
      case 4:
        return expect(fmt::format("UIDL {}", n), there,
                      known([&] { return "+OK " + model_.uidl_line(n); }));
      case 5:
        return expect_lines(fmt::format("RETR {}", n), there,
                            known([&] { return model_.stuffed(n, 1'000); }));
      case 6:
        return expect_lines(fmt::format("TOP {} {}", n, lines), there,
                            known([&] { return model_.stuffed(n, lines); }));
      case 7:
      case 8:
      case 9: return expect_lines(fmt::format("DELE {}", n), model_.dele(n), "");
      case 10:
        if (prng_.chance(300)) {
          model_.rset();
          expect_lines("RSET", true, "");
        }
        return;
      default: return arrive();
    }
  }

  void end() {
    switch (prng_.below(4)) {
      case 0: host_.close_from_client(); return model_.drop();
      case 1: host_.wait(minutes(10)); return model_.drop();
      default: REQUIRE(is_ok(host_.command("QUIT"))); model_.quit();
    }
  }

  Prng prng_;
  Model model_;
  Host host_;
  int serial_ = 0;
};

}  // namespace

TEST_CASE("Over thousands of random sessions the server does what RFC 1939's maildrop does",
          "[pop3][server][model][P12][P13][P20][P21][P22][P23][P24][P28][P31]") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    INFO("seed " << seed);
    Duel duel(seed);
    for (int i = 0; i < 8; ++i) duel.session();
  }
}
