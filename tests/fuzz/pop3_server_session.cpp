// POP3 ServerSession: only what was marked and followed by QUIT is removed, and the session ends.
#include "pop3/server_session.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

constexpr VirtualTime kNow{};

// What happened to the maildrop, by the session's own events.
class Maildrop {
 public:
  void take(const pop3::ServerEvent& event) {
    fuzz::require(!ended_, "nothing follows the end");
    if (const auto* marked = std::get_if<pop3::Marked>(&event)) marked_.push_back(marked->uid);
    if (std::holds_alternative<pop3::Unmarked>(event)) marked_.clear();
    if (std::holds_alternative<pop3::Ended>(event)) ended_ = true;
    if (const auto* update = std::get_if<pop3::UpdateAsked>(&event)) {
      std::vector<std::string> uids = update->uids;
      std::sort(uids.begin(), uids.end());
      std::sort(marked_.begin(), marked_.end());
      fuzz::require(uids == marked_, "QUIT removes what is marked");
    }
  }
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  std::vector<std::string> marked_;
  bool ended_ = false;
};

std::vector<pop3::MaildropMessage> messages() {
  return {{"u1", Bytes(std::string("Subject: one\r\n\r\nfirst\r\n"))},
          {"u2", Bytes(std::string(".\r\n..\r\nno header, no end"))},
          {"u3", Bytes()}};
}

void serve(pop3::ServerSession& session, Maildrop& maildrop, std::string& output) {
  while (true) {
    const auto event = session.next_event();
    if (!event) {
      const std::string said = session.take_output();
      if (said.empty()) return;
      output += said;
      continue;
    }
    maildrop.take(*event);
    if (std::holds_alternative<pop3::LoginAsked>(*event)) session.open(messages());
    if (std::holds_alternative<pop3::UpdateAsked>(*event)) {
      session.update_done(pop3::UpdateResult::AllRemoved);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  Prng choices = fuzz::choices_for(input);
  pop3::ServerConfig config;
  config.host_name = "mx.b.test";
  pop3::ServerSession session(config);
  Maildrop maildrop;
  std::string output;

  session.start(kNow);
  serve(session, maildrop, output);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    if (session.wants_close()) return;
    session.receive(segment, kNow);
    serve(session, maildrop, output);
  });
  if (!session.wants_close()) session.peer_closed(kNow);
  serve(session, maildrop, output);

  fuzz::require(session.wants_close() && maildrop.ended(), "the session ends");
  fuzz::require(output.starts_with("+OK") && output.ends_with("\r\n"), "whole lines are said");
  return 0;
}
