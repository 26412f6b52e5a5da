#include "nodes/pop3_service.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "nodes/reply_payload.hpp"

namespace mailwalk::nodes {
namespace {

pop3::Verb verb_of(pop3::LoginMethod method) {
  switch (method) {
    case pop3::LoginMethod::Pass: return pop3::Verb::Pass;
    case pop3::LoginMethod::Apop: return pop3::Verb::Apop;
    case pop3::LoginMethod::Auth: break;
  }
  return pop3::Verb::Auth;
}

}  // namespace

Pop3Service::Pop3Service(Machine& machine, pop3::ServerConfig config, MailboxServer& mailboxes,
                         AnswerScript& script)
    : SessionConversation(
          machine, config,
          config.cover == pop3::LineCover::Encrypted ? Cover::FromTheStart : Cover::OnceAsked),
      mailboxes_(mailboxes),
      script_(script) {}

Done Pop3Service::answer_instead(const journal::AnswerReplaced& answer) {
  auto reply = pop3::parse_first_line(answer.line.view());
  if (!reply || reply->is_ok()) {
    return Error{"this cannot be answered instead: it is no refusal of POP3",
                 "write it like \"-ERR not today\"", "", 0, 0};
  }
  session().answer_instead(answer.commands_ahead, std::move(*reply));
  replaced_ = answer;
  return done();
}

// Whoever is still reading a large letter is not idle.
void Pop3Service::output_moved(std::uint64_t /*waiting_octets*/) {
  session().output_moved(now());
  pump();
}

// No UPDATE, and no word: RFC 1939 knows none that nobody asked for.
void Pop3Service::shut_down() {
  session().peer_closed(now());
  pump();
  hang_up();
}

void Pop3Service::handle(const pop3::ServerEvent& event) {
  std::visit([this](const auto& e) { on(e); }, event);
}

void Pop3Service::on(const pop3::CommandReceived& event) {
  record_arrival(journal::CommandReceived{
      event.verb, event.secret ? journal::Secrecy::Secret : journal::Secrecy::Open,
      Bytes(event.line)});
}

void Pop3Service::on(const pop3::ReplySent& event) {
  // With QUIT's the letters that were marked are gone, and the client forgets about them. With that
  // to the login it comes to know letters by their UIDs, which must never be those of others.
  const bool logs_in =
      event.to == pop3::Verb::Pass || event.to == pop3::Verb::Apop || event.to == pop3::Verb::Auth;
  if (mailbox_ != nullptr && (logs_in || event.to == pop3::Verb::Quit)) promise();
  record(reply_payload<journal::ReplySent>(event.reply, event.to));
}

void Pop3Service::on(const pop3::StateChanged& event) {
  record(journal::SessionStateChanged{journal::Side::Server, event.from, event.to});
}

void Pop3Service::on(const pop3::LoginAsked& event) {
  if (script_.take(verb_of(event.method)))
    return session().refuse_login(pop3::LoginRefusal::Temporary);
  Mailbox* mailbox = mailboxes_.find(event.user);
  if (mailbox == nullptr || mailbox->password.empty() || !event.matches(mailbox->password)) {
    return session().refuse_login(pop3::LoginRefusal::BadCredentials);
  }
  if (mailbox->drop.lock(connection()) == store::LockResult::InUse) {
    return session().refuse_login(pop3::LoginRefusal::InUse);
  }
  mailbox_ = mailbox;
  record(journal::MaildropLocked{Bytes(mailbox->user)});
  std::vector<pop3::MaildropMessage> messages;
  messages.reserve(mailbox->drop.messages().size());
  for (const store::StoredLetter& letter : mailbox->drop.messages()) {
    messages.push_back({letter.uid.text(), letter.content});
  }
  session().open(std::move(messages));
}

void Pop3Service::on(const pop3::Retrieved& event) {
  record(journal::LetterRetrieved{Bytes(mailbox_->user), Bytes(event.uid), event.number.value(),
                                  event.top_lines});
}

void Pop3Service::on(const pop3::Marked& event) {
  record(journal::LetterMarked{Bytes(mailbox_->user), Bytes(event.uid), event.number.value()});
}

void Pop3Service::on(const pop3::Unmarked& event) {
  for (const std::string& uid : event.uids) {
    record(journal::LetterUnmarked{Bytes(mailbox_->user), Bytes(uid)});
  }
}

void Pop3Service::on(const pop3::UpdateAsked& event) {
  std::vector<store::Uid> uids;
  for (const std::string& text : event.uids) {
    if (const auto uid = store::Uid::parse(text)) uids.push_back(*uid);
  }
  const std::size_t removed = mailbox_->drop.expunge(uids);
  for (const std::string& uid : event.uids) {
    record(journal::LetterExpunged{Bytes(mailbox_->user), Bytes(uid)});
  }
  session().update_done(removed == event.uids.size() ? pop3::UpdateResult::AllRemoved
                                                     : pop3::UpdateResult::SomeNotRemoved);
}

void Pop3Service::on(const pop3::Ended&) {
  if (mailbox_ == nullptr) return;
  mailbox_->drop.unlock(connection());
  record(journal::MaildropUnlocked{Bytes(mailbox_->user)});
  mailbox_ = nullptr;
}

}  // namespace mailwalk::nodes
