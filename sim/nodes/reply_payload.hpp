// Replies of both protocols as the journal keeps them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "journal/payloads.hpp"
#include "pop3/reply.hpp"
#include "smtp/reply.hpp"

namespace mailwalk::nodes {

// Payload: journal::ReplySent or journal::ReplyReceived.
template <class Payload>
Payload reply_payload(const smtp::Reply& reply, std::optional<smtp::Verb> to) {
  Payload payload;
  payload.protocol = journal::Protocol::Smtp;
  if (to) payload.to = journal::Verb(*to);
  payload.code = static_cast<std::uint16_t>(reply.code());
  std::string wire = reply.to_wire();
  wire.resize(wire.size() - 2);  // the last CRLF
  payload.text = Bytes(std::move(wire));
  return payload;
}

constexpr std::uint16_t code_of(pop3::Status status) {
  switch (status) {
    case pop3::Status::Ok: return 200;
    case pop3::Status::Continue: return 300;
    case pop3::Status::Err: break;
  }
  return 500;
}

template <class Payload>
Payload reply_payload(const pop3::Reply& reply, std::optional<pop3::Verb> to) {
  Payload payload;
  payload.protocol = journal::Protocol::Pop3;
  if (to) payload.to = journal::Verb(*to);
  payload.code = code_of(reply.status);
  payload.text = Bytes(reply.first_line());
  if (reply.content) payload.content = *reply.content;
  return payload;
}

}  // namespace mailwalk::nodes
