// A POP3 server session with a mailbox behind it: what the tests talk to.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pop3/server_session.hpp"
#include "tests/support/line.hpp"

namespace mailwalk::pop3::test {

inline constexpr std::string_view kUser = "bob";
inline constexpr std::string_view kPassword = "builder in blue";

inline MaildropMessage message(std::string uid, std::string_view content) {
  return {std::move(uid), Bytes(content)};
}

inline std::vector<MaildropMessage> three_messages() {
  return {message("aa", "From: a@a.test\r\nSubject: one\r\n\r\nfirst\r\nsecond\r\n\r\nfourth\r\n"),
          message("bb", "Subject: dots\r\n\r\n.\r\n..\r\n.leading\r\nnormal\r\n"),
          message("cc", "Subject: cut short\r\n\r\nno line end")};
}

inline ServerConfig server_config() {
  ServerConfig config;
  config.host_name = "pop.b.test";
  config.stamp_serial = 7;
  config.stamp_drawn = 1234;
  return config;
}

// The same with TLS, and all ways of logging in.
inline ServerConfig server_with_login() {
  ServerConfig config = server_config();
  config.tls = tls::Offer::Offered;
  config.login.mechanisms = {sasl::kMechanisms.begin(), sasl::kMechanisms.end()};
  config.login.nonce = "drawn";
  config.login.password_of = [](std::string_view user) {
    return user == kUser ? std::optional(std::string(kPassword)) : std::nullopt;
  };
  return config;
}

// A mailbox of one user, kept between sessions. It answers what a session asks.
struct Mailbox {
  std::vector<MaildropMessage> messages;
  std::optional<LoginRefusal> refusal = std::nullopt;     // even with the right password
  UpdateResult update_result = UpdateResult::AllRemoved;  // what QUIT is answered with

  void respond(ServerSession& session, const ServerEvent& event) {
    if (const auto* login = std::get_if<LoginAsked>(&event)) {
      if (login->user != kUser || !login->matches(kPassword)) {
        session.refuse_login(LoginRefusal::BadCredentials);
      } else if (refusal) {
        session.refuse_login(*refusal);
      } else {
        session.open(messages);
      }
    } else if (const auto* update = std::get_if<UpdateAsked>(&event)) {
      if (update_result == UpdateResult::AllRemoved) remove(update->uids);
      session.update_done(update_result);
    }
  }

  [[nodiscard]] std::vector<std::string> uids() const {
    std::vector<std::string> uids;
    for (const MaildropMessage& kept : messages) uids.push_back(kept.uid);
    return uids;
  }

 private:
  void remove(const std::vector<std::string>& uids) {
    const std::set<std::string> gone(uids.begin(), uids.end());
    const auto goes = [&](const MaildropMessage& kept) { return gone.count(kept.uid) > 0; };
    messages.erase(std::remove_if(messages.begin(), messages.end(), goes), messages.end());
  }
};

// A server that serves a mailbox to whoever calls say().
class Host {
 public:
  explicit Host(std::vector<MaildropMessage> messages, ServerConfig config = server_config())
      : config_(std::move(config)) {
    mailbox.messages = std::move(messages);
    connect();
  }

  // A new connection; the greeting is taken.
  void connect() {
    session_.emplace(config_);
    events_.clear();
    line_ = mailwalk::test::make_line();
    session_->start(now);
    greeting_ = line_->to_client(settle());
  }

  // What the server says to these bytes, all at once.
  std::string say(std::string_view bytes) { return hear(line_->to_server(bytes)); }
  std::string command(std::string_view text) {
    return hear(line_->command_to_server(std::string(text) + "\r\n"));
  }
  void log_in() {
    command("USER " + std::string(kUser));
    command("PASS " + std::string(kPassword));
  }
  void close_from_client() {
    session_->peer_closed(now);
    settle();
  }
  std::string wait(Duration time) {
    now = now + time;
    session_->time_passed(now);
    return line_->to_client(settle());
  }

  template <class Event>
  [[nodiscard]] std::vector<Event> events() const {
    std::vector<Event> found;
    for (const ServerEvent& event : events_) {
      if (const auto* match = std::get_if<Event>(&event)) found.push_back(*match);
    }
    return found;
  }
  [[nodiscard]] const std::vector<ServerEvent>& all_events() const { return events_; }
  [[nodiscard]] std::optional<EndReason> ended() const {
    const auto ends = events<Ended>();
    return ends.size() == 1 ? std::optional(ends.front().why) : std::nullopt;
  }

  [[nodiscard]] ServerSession& session() { return *session_; }
  [[nodiscard]] const std::string& greeting() const { return greeting_; }
  [[nodiscard]] std::vector<std::string> uids() const { return mailbox.uids(); }

  Mailbox mailbox;
  VirtualTime now;

 private:
  // What the server says when these pieces arrive one after the other.
  std::string hear(const std::vector<std::string>& pieces) {
    std::string said;
    for (const std::string& piece : pieces) {
      session_->receive(piece, now);
      said += settle();
    }
    return line_->to_client(said);
  }

  // Answers and takes output until there is no more of either.
  std::string settle() {
    std::string said;
    while (true) {
      while (auto event = session_->next_event()) {
        mailbox.respond(*session_, *event);
        // The handshake itself is another layer's.
        if (std::holds_alternative<TlsBegins>(*event)) session_->tls_established(now);
        events_.push_back(std::move(*event));
      }
      std::string output = session_->take_output();
      if (output.empty()) return said;
      said += output;
    }
  }

  ServerConfig config_;
  std::unique_ptr<mailwalk::test::Line> line_;
  std::optional<ServerSession> session_;
  std::vector<ServerEvent> events_;
  std::string greeting_;
};

// Whether a reply is a whole +OK or -ERR line, or several lines after it.
inline bool is_ok(std::string_view reply) {
  return reply.substr(0, 3) == "+OK";
}
inline bool is_err(std::string_view reply) {
  return reply.substr(0, 4) == "-ERR";
}

// What follows the first line.
inline std::string_view after_first_line(std::string_view reply) {
  const std::size_t end = reply.find("\r\n");
  return end == std::string_view::npos ? std::string_view{} : reply.substr(end + 2);
}

}  // namespace mailwalk::pop3::test
