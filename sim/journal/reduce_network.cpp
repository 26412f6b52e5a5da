#include <algorithm>
#include <utility>

#include "journal/reduction.hpp"

namespace mailwalk::journal::reduction {
namespace {

ConnectionEnd& other(Connection& connection, const ConnectionEnd& end) {
  return &end == &connection.client ? connection.server : connection.client;
}

void forget_if_over(const Step& step) {
  const Connection* connection = step.view.connection(step.event.connection);
  if (connection == nullptr) return;
  for (const ConnectionEnd* end : {&connection->client, &connection->server}) {
    if (end->state != EndState::Elsewhere && end->state != EndState::Ended) return;
  }
  step.view.connections.erase(step.event.connection);
}

void end_own_side(const Step& step) {
  if (ConnectionEnd* end = step.end()) end->state = EndState::Ended;
  forget_if_over(step);
}

// Octets have arrived or were lost. They do so in their order.
void land(const Step& step, EventPosition sent, std::uint32_t octets) {
  Connection* connection = step.connection();
  if (connection == nullptr) return;
  for (ConnectionEnd* end : {&connection->client, &connection->server}) {
    InFlight* flight = end->in_flight.edit(sent);
    if (flight == nullptr) continue;
    const auto whole = static_cast<std::uint32_t>(flight->bytes.size());
    flight->arrived += std::min(octets, whole - flight->arrived);
    if (flight->arrived == whole) end->in_flight.erase(sent);
    return;
  }
}

// What is said goes out with the next bytes; several commands may go out together.
void say(const Step& step) {
  ConnectionEnd* end = step.end();
  if (end != nullptr && end->says_next == kNoEvent) end->says_next = step.event.position;
}

}  // namespace

// ---- Connections -----------------------------------------------------------------------------

void reduce(const Step& step, const ConnectionOpening& opening) {
  if (step.event.connection == kNoConnection) return;
  Connection connection;
  connection.id = step.event.connection;
  connection.client.node = step.event.node;
  connection.server.node = opening.to;
  if (opening.to == kNoNode) connection.server.state = EndState::Elsewhere;
  connection.address = opening.address;
  connection.port = opening.port;
  connection.begun = step.event.time;
  step.view.connections.set(connection.id, Shared<Connection>(connection));
}

void reduce(const Step& step, const ConnectionAccepted& /*accepted*/) {
  if (step.event.connection == kNoConnection) return;
  if (!step.view.connections.contains(step.event.connection)) {
    // Nobody of ours called.
    Connection connection;
    connection.id = step.event.connection;
    connection.client.state = EndState::Elsewhere;
    connection.begun = step.event.time;
    step.view.connections.set(connection.id, Shared<Connection>(connection));
  }
  ConnectionEnd& server = step.connection()->server;
  server.node = step.event.node;
  server.state = EndState::Open;
}

void reduce(const Step& step, const ConnectionOpened& /*opened*/) {
  Connection* connection = step.connection();
  if (connection != nullptr) connection->client.state = EndState::Open;
}

void reduce(const Step& step, const ConnectionFailed& /*failed*/) {
  step.view.connections.erase(step.event.connection);
}

void reduce(const Step& step, const ConnectionClosing& /*closing*/) {
  end_own_side(step);
}

void reduce(const Step& step, const ConnectionReset& /*reset*/) {
  end_own_side(step);
}

void reduce(const Step& step, const ConnectionClosed& /*closed*/) {
  ConnectionEnd* end = step.end();
  if (end == nullptr) return;
  ConnectionEnd& closed = other(*step.connection(), *end);
  if (closed.state != EndState::Elsewhere) closed.state = EndState::Ended;
  forget_if_over(step);
}

// ---- What is under way -----------------------------------------------------------------------

void reduce(const Step& step, const BytesSent& sent) {
  ConnectionEnd* end = step.end();
  if (end == nullptr || sent.bytes.empty()) return;
  const EventPosition says = std::exchange(end->says_next, kNoEvent);
  // What goes elsewhere is never seen to arrive.
  if (other(*step.connection(), *end).state == EndState::Elsewhere) return;
  end->in_flight.set(step.event.position, {sent.bytes, 0, step.event.time, says});
}

void reduce(const Step& step, const BytesDelivered& delivered) {
  land(step, delivered.sent, delivered.size);
}

void reduce(const Step& step, const BytesLost& lost) {
  land(step, lost.sent, lost.size);
}

void reduce(const Step& step, const DatagramSent& sent) {
  if (sent.to == kNoNode) return;  // it is lost at once
  step.view.datagrams.set(step.event.position, {step.event.node, sent.to, sent.from_port,
                                                sent.to_port, sent.bytes, step.event.time});
}

void reduce(const Step& step, const DatagramDelivered& delivered) {
  step.view.datagrams.erase(delivered.sent);
}

void reduce(const Step& step, const DatagramLost& lost) {
  step.view.datagrams.erase(lost.sent);
}

// ---- Sessions --------------------------------------------------------------------------------

void reduce(const Step& step, const CommandSent& /*sent*/) {
  say(step);
}
void reduce(const Step& step, const ReplySent& /*sent*/) {
  say(step);
}
void reduce(const Step& step, const ContentSent& /*sent*/) {
  say(step);
}

void reduce(const Step& step, const SessionStateChanged& changed) {
  Connection* connection = step.connection();
  if (connection == nullptr) return;
  connection->end(changed.side).session = changed.to;
}

void reduce(const Step& step, const TlsBegun& begun) {
  Connection* connection = step.connection();
  if (connection != nullptr) connection->end(begun.side).cover = Cover::Handshake;
}

void reduce(const Step& step, const TlsEstablished& established) {
  Connection* connection = step.connection();
  if (connection != nullptr) connection->end(established.side).cover = Cover::Encrypted;
}

}  // namespace mailwalk::journal::reduction
