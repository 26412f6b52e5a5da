// SMTP ClientSession: whatever a server says, each mail is finished once and the session ends.
#include "smtp/client_session.hpp"

#include <string>
#include <variant>

#include "tests/fuzz/fuzzing.hpp"

using namespace mailwalk;

namespace {

constexpr VirtualTime kNow{};
constexpr int kMails = 2;

struct Seen {
  int finished = 0;
  int ends = 0;
};

void take_events(smtp::ClientSession& session, Seen& seen) {
  while (const auto event = session.next_event()) {
    fuzz::require(seen.ends == 0, "nothing follows the end");
    if (std::holds_alternative<smtp::ClientEnded>(*event)) ++seen.ends;
    if (const auto* mail = std::get_if<smtp::MailFinished>(&*event)) {
      ++seen.finished;
      fuzz::require(mail->outcomes.size() == 2, "every recipient has an outcome");
    }
  }
  const std::string output = session.take_output();
  fuzz::require(output.empty() || output.ends_with("\r\n"), "whole lines are sent");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  mail::Envelope envelope;
  envelope.reverse_path = mail::Mailbox{"ani", "a.test"};
  envelope.recipients = {{"budi", "b.test"}, {"citra", "b.test"}};
  smtp::ClientConfig config;
  config.helo_name = "a.test";
  smtp::ClientSession session(config);
  Seen seen;

  session.start(kNow);
  const Bytes content(std::string("Subject: one\r\n\r\n.\r\n"));
  for (int i = 0; i < kMails; ++i) session.send_mail(envelope, content, kNow);
  session.quit(kNow);
  Prng choices = fuzz::choices_for(input);
  fuzz::in_segments(input, choices, [&](std::string_view segment) {
    if (session.wants_close()) return;
    session.receive(segment, kNow);
    take_events(session, seen);
  });
  if (!session.wants_close()) session.peer_closed(kNow);
  take_events(session, seen);

  fuzz::require(session.wants_close() && seen.ends == 1, "the session ends, once");
  fuzz::require(seen.finished == kMails, "every mail is finished, once");
  return 0;
}
