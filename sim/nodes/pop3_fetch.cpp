#include "nodes/pop3_fetch.hpp"

#include <map>
#include <utility>
#include <variant>

#include "nodes/reply_payload.hpp"
#include "nodes/trouble.hpp"

namespace mailwalk::nodes {

using pop3::Command;
using pop3::Verb;

Pop3Fetch::Pop3Fetch(Machine& machine, FetchAccount account, store::DeviceStore& store, Done done)
    : SessionConversation(
          machine, pop3::ClientConfig{},
          account.tls == tls::Wish::Implicit ? Cover::FromTheStart : Cover::OnceAsked),
      account_(std::move(account)),
      store_(store),
      done_(std::move(done)) {}

// ---- What is sent ----------------------------------------------------------------------------

mailwalk::Done Pop3Fetch::type_instead(const journal::CommandTyped& typed) {
  typed_ = typed;
  commands_ahead_ = typed.commands_ahead;
  return mailwalk::done();
}

void Pop3Fetch::send(const Command& command) {
  if (!typed_ || displaced_ || commands_ahead_ > 0) {
    if (commands_ahead_ > 0) --commands_ahead_;
    session().send(command, now());
    return;
  }
  displaced_ = command;
  session().send_line(std::string(typed_->line.view()), now());
}

// Whatever it was: it is over, and the poll goes on where it can.
void Pop3Fetch::typed_was_answered(const Command& displaced, const pop3::Reply& reply) {
  if (reply.status == pop3::Status::Continue) {
    // A dialogue has begun that nobody means to lead.
    displaced_ = displaced;
    return session().send_response(std::string(sasl::kCancel), now());
  }
  if (session().wants_close()) return;  // it was QUIT
  if (displaced.verb == Verb::Retr || displaced.verb == Verb::Dele) return next_letter();
  send(displaced);
}

// ---- What happens ----------------------------------------------------------------------------

void Pop3Fetch::failed(net::ConnectFailure why) {
  report(trouble_of(why));
}

void Pop3Fetch::ended(net::CloseKind how) {
  if (how == net::CloseKind::Reset) trouble_ = journal::Trouble::LineLost;
  SessionConversation::ended(how);
}

void Pop3Fetch::handle(const pop3::ClientEvent& event) {
  std::visit([this](const auto& e) { on(e); }, event);
}

void Pop3Fetch::on(const pop3::CommandSent& event) {
  // With this the server removes what is marked there: it must be kept here.
  if (event.verb == Verb::Quit) promise();
  if (typed_ && displaced_) record_as_cause(*std::exchange(typed_, std::nullopt));
  record(journal::CommandSent{event.verb,
                              event.secret ? journal::Secrecy::Secret : journal::Secrecy::Open,
                              Bytes(event.line)});
}

void Pop3Fetch::on(const pop3::StateChanged& event) {
  record(journal::SessionStateChanged{journal::Side::Client, event.from, event.to});
}

void Pop3Fetch::on(const pop3::Greeting& event) {
  record_arrival(reply_payload<journal::ReplyReceived>(event.reply, std::nullopt));
  stamp_ = event.stamp;
  if (event.reply.is_ok()) log_in();
}

void Pop3Fetch::on(const pop3::ReplyReceived& event) {
  record_arrival(reply_payload<journal::ReplyReceived>(event.reply, event.to));
  if (displaced_ && event.to) {
    const Command displaced = *std::exchange(displaced_, std::nullopt);
    const bool as_meant = event.to == displaced.verb && event.number == displaced.number;
    if (!as_meant) return typed_was_answered(displaced, event.reply);
  }
  switch (event.to.value_or(Verb::Unknown)) {
    case Verb::User:
      if (!event.reply.is_ok())
        return give_up(journal::Trouble::ServerSaid, event.reply.first_line());
      send(Command::pass(account_.password));
      break;
    case Verb::Capa: capabilities_known(); break;
    case Verb::Stls: tls_answered(event); break;
    case Verb::Auth: auth_answered(event); break;
    case Verb::Pass:
    case Verb::Apop: logged_in_or_not(event); break;
    case Verb::Stat:
      if (!event.reply.is_ok())
        return give_up(journal::Trouble::ServerSaid, event.reply.first_line());
      if (std::get<pop3::DropListing>(event.value).messages == 0) {
        store_.forget_all_but(account_.name(), {});
        send(Command::quit());
      } else {
        send(Command::uidl());
      }
      break;
    case Verb::Uidl:
      if (!event.reply.is_ok())
        return give_up(journal::Trouble::ServerSaid, event.reply.first_line());
      uids_known(std::get<std::vector<pop3::UniqueIdListing>>(event.value));
      send(Command::list());
      break;
    case Verb::List:
      if (!event.reply.is_ok())
        return give_up(journal::Trouble::ServerSaid, event.reply.first_line());
      sizes_known(std::get<std::vector<pop3::ScanListing>>(event.value));
      next_letter();
      break;
    case Verb::Retr: retrieved(event); break;
    case Verb::Dele: next_letter(); break;
    default: break;  // QUIT: the session ends
  }
}

void Pop3Fetch::logged_in_or_not(const pop3::ReplyReceived& reply) {
  if (!reply.reply.is_ok()) return give_up(journal::Trouble::ServerSaid, reply.reply.first_line());
  send(Command::stat());
}

void Pop3Fetch::uids_known(const std::vector<pop3::UniqueIdListing>& listing) {
  std::vector<store::Uid> on_server;
  for (const pop3::UniqueIdListing& entry : listing) {
    const auto uid = store::Uid::parse(entry.uid);
    if (!uid) continue;
    offered_.push_back({entry.number, *uid, 0});
    on_server.push_back(*uid);
  }
  store_.forget_all_but(account_.name(), on_server);
}

void Pop3Fetch::sizes_known(const std::vector<pop3::ScanListing>& listing) {
  std::map<pop3::MessageNumber, std::uint64_t> octets;
  for (const pop3::ScanListing& entry : listing) octets[entry.number] = entry.octets;
  for (Offered& offered : offered_) offered.octets = octets[offered.number];
}

// One letter after the other: RETR if it is new, DELE if it is to go. One that was fetched earlier
// (and whose DELE a cut line took back) is only marked.
void Pop3Fetch::next_letter() {
  while (next_ < offered_.size()) {
    const Offered& offered = offered_[next_++];
    const bool known = store_.first_seen(account_.name(), offered.uid).has_value();
    if (known && !is_to_go(offered.uid)) continue;
    if (known) return send(Command::dele(offered.number));
    if (store_.would_fit(offered.octets)) return send(Command::retr(offered.number));
    record(journal::DeviceFull{Bytes(account_.name()), Bytes(offered.uid.text()), offered.octets});
  }
  send(Command::quit());
}

bool Pop3Fetch::is_to_go(const store::Uid& uid) const {
  switch (account_.mode) {
    case journal::FetchMode::Delete: return true;
    case journal::FetchMode::Keep: return false;
    case journal::FetchMode::KeepDays: {
      const auto seen = store_.first_seen(account_.name(), uid);
      return seen && *seen + days(account_.keep_days) <= now();
    }
  }
  return false;
}

void Pop3Fetch::retrieved(const pop3::ReplyReceived& reply) {
  if (!reply.reply.is_ok()) return next_letter();
  const Offered& offered = offered_[next_ - 1];
  const Bytes& content = std::get<Bytes>(reply.value);
  const auto stored = store_.add(account_.name(), offered.uid, content, now());
  if (!std::holds_alternative<store::DeviceLetterIndex>(stored)) {
    record(journal::DeviceFull{Bytes(account_.name()), Bytes(offered.uid.text()), content.size()});
    return next_letter();
  }
  ++new_letters_;
  record_as_cause(journal::LetterStored{std::get<store::DeviceLetterIndex>(stored),
                                        Bytes(account_.name()), Bytes(offered.uid.text()),
                                        content});
  if (is_to_go(offered.uid)) return send(Command::dele(offered.number));
  next_letter();
}

void Pop3Fetch::give_up(journal::Trouble trouble, std::string reason) {
  trouble_ = trouble;
  reason_ = std::move(reason);
  send(Command::quit());
}

void Pop3Fetch::on(const pop3::Ended& event) {
  report(trouble_ != journal::Trouble::None ? trouble_ : trouble_of(event.why));
}

void Pop3Fetch::report(journal::Trouble trouble) {
  if (const Done done = std::exchange(done_, nullptr)) done(new_letters_, trouble, reason_);
}

}  // namespace mailwalk::nodes
