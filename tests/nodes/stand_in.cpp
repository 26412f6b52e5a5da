#include "stand_in.hpp"

#include <utility>

#include "base/ascii.hpp"

namespace mailwalk::test {

StandInServer::StandInServer(net::Network& network, NodeId id, Manners manners)
    : network_(network), id_(id), manners_(std::move(manners)) {}

void StandInServer::on_accepted(ConnectionId connection, Port /*local_port*/,
                                const net::Caller& /*caller*/) {
  talks_[connection];
  say(connection, manners_.greeting);
}

void StandInServer::on_closed(ConnectionId connection, net::CloseKind /*how*/) {
  network_.close(connection, id_);
  talks_.erase(connection);
}

void StandInServer::on_bytes(ConnectionId connection, std::string_view bytes) {
  talks_[connection].unread += bytes;
  for (;;) {
    const auto talk = talks_.find(connection);
    if (talk == talks_.end()) return;
    const std::size_t end = talk->second.unread.find("\r\n");
    if (end == std::string::npos) return;
    const std::string line = talk->second.unread.substr(0, end);
    talk->second.unread.erase(0, end + 2);
    lines_.push_back(line);
    take_line(connection, line);
  }
}

void StandInServer::take_line(ConnectionId connection, const std::string& line) {
  Talk& talk = talks_[connection];
  if (talk.in_content && line != ".") {
    talk.content += line + "\r\n";
    return;
  }
  if (talk.in_content) {
    talk.in_content = false;
    mails_.push_back(std::exchange(talk.content, {}));
    return say(connection, reply_to("."));
  }
  const std::string verb = line.substr(0, line.find(' '));
  const std::string reply = reply_to(verb);
  talk.in_content = reply.starts_with("354");
  say(connection, reply);
  if (verb == "QUIT") network_.close(connection, id_);
}

std::string StandInServer::reply_to(const std::string& verb) const {
  const auto found = manners_.replies.find(verb);
  if (found != manners_.replies.end()) return found->second;
  if (verb == "DATA") return "354 go on";
  return verb == "QUIT" ? "221 bye" : "250 ok";
}

void StandInServer::say(ConnectionId connection, const std::string& reply) {
  if (reply.empty()) return;
  if (reply == "cut") {
    talks_.erase(connection);
    return network_.abort(connection, id_);
  }
  network_.send(connection, id_, Bytes(reply + "\r\n"));
}

StandInCaller::StandInCaller(net::Network& network, NodeId id, std::vector<std::string> lines)
    : network_(network), id_(id), lines_(std::move(lines)) {}

void StandInCaller::call(IpAddress to, Port port) {
  network_.connect(id_, to, port);
}

void StandInCaller::on_bytes(ConnectionId connection, std::string_view bytes) {
  heard_ += bytes;
  if (!heard_.ends_with("\r\n") || next_ == lines_.size()) return;
  const std::string& line = lines_[next_++];
  if (line == kCut) return network_.abort(connection, id_);
  network_.send(connection, id_, Bytes(line + "\r\n"));
}

void StandInCaller::on_closed(ConnectionId connection, net::CloseKind /*how*/) {
  closed_ = true;
  network_.close(connection, id_);
}

}  // namespace mailwalk::test
