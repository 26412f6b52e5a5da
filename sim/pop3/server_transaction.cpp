// The server's commands of the TRANSACTION state (RFC 1939 sections 5 and 7).
#include <fmt/format.h>

#include <utility>

#include "pop3/message_part.hpp"
#include "pop3/server_session.hpp"

namespace mailwalk::pop3 {
namespace {

template <class Listing>
Bytes lines_of(const std::vector<Listing>& listings) {
  std::string lines;
  for (const Listing& listing : listings) lines.append(text(listing)).append("\r\n");
  return Bytes(std::move(lines));
}

}  // namespace

void ServerSession::stat() {
  const DropListing listing = maildrop_.drop_listing();
  events_.push_back(Listed{Verb::Stat, listing});
  answer(ok(text(listing)));
}

void ServerSession::list(const Command& command) {
  if (command.number) {
    if (!message_there(*command.number)) return;
    return answer(ok(text(ScanListing{*command.number, maildrop_.octets(*command.number)})));
  }
  events_.push_back(Listed{Verb::List, maildrop_.drop_listing()});
  answer(ok(maildrop_.summary(), lines_of(maildrop_.scan_listings())));
}

void ServerSession::uidl(const Command& command) {
  if (command.number) {
    if (!message_there(*command.number)) return;
    const std::string& uid = maildrop_.message(*command.number).uid;
    return answer(ok(text(UniqueIdListing{*command.number, uid})));
  }
  events_.push_back(Listed{Verb::Uidl, maildrop_.drop_listing()});
  answer(ok(maildrop_.summary(), lines_of(maildrop_.unique_id_listings())));
}

void ServerSession::retr(const Command& command) {
  const MessageNumber number = *command.number;
  if (!message_there(number)) return;
  const MaildropMessage& message = maildrop_.message(number);
  events_.push_back(Retrieved{number, message.uid, std::nullopt, Extent::Whole});
  answer(ok(fmt::format("{} octets", maildrop_.octets(number)), message.content));
}

void ServerSession::top(const Command& command) {
  const MessageNumber number = *command.number;
  if (!message_there(number)) return;
  const MaildropMessage& message = maildrop_.message(number);
  Bytes part = top_part(message.content, command.body_lines);
  const Extent extent = part.size() == message.content.size() ? Extent::Whole : Extent::Part;
  events_.push_back(Retrieved{number, message.uid, command.body_lines, extent});
  answer(ok("top of message follows", std::move(part)));
}

void ServerSession::dele(const Command& command) {
  const MessageNumber number = *command.number;
  if (!message_there(number)) return;
  maildrop_.mark(number);
  events_.push_back(Marked{number, maildrop_.message(number).uid});
  answer(ok(fmt::format("message {} marked for deletion", number.value())));
}

void ServerSession::rset() {
  unmark(UnmarkReason::Rset);
  answer(ok(maildrop_.summary()));
}

bool ServerSession::message_there(MessageNumber number) {
  switch (maildrop_.presence(number)) {
    case SessionMaildrop::Presence::There: return true;
    case SessionMaildrop::Presence::Marked:
      answer(err(fmt::format("message {} is marked for deletion", number.value())));
      return false;
    case SessionMaildrop::Presence::NoSuchMessage:
      answer(err(fmt::format("there is no message {}", number.value())));
      return false;
  }
  return false;
}

void ServerSession::unmark(UnmarkReason why) {
  std::vector<std::string> uids = maildrop_.unmark_all();
  if (!uids.empty()) events_.push_back(Unmarked{std::move(uids), why});
}

}  // namespace mailwalk::pop3
