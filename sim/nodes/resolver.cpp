#include "nodes/resolver.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "nodes/trouble.hpp"

namespace mailwalk::nodes {
namespace {

// Ports for what a machine asks by itself (RFC 6335 section 6: 49152 to 65535).
constexpr std::uint16_t kFirstPort = 49'152;
constexpr std::uint16_t kPortCount = 16'384;

std::string text(const std::vector<IpAddress>& addresses) {
  std::string text;
  for (const IpAddress address : addresses) {
    if (!text.empty()) text += ", ";
    text += address.text();
  }
  return text;
}

// What was found, in the words of the DNS alone, which need no translation.
std::string answer_text(const dns::MxResult& result) {
  if (result.status != dns::MxResult::Status::Found) return result.detail;
  std::string answer = result.implicit ? "no MX; A " : "";  // RFC 5321 section 5.1
  bool first = true;
  for (const dns::MxHost& host : result.hosts) {
    if (!first) answer += ", ";
    first = false;
    if (!result.implicit) answer += std::to_string(host.preference) + " ";
    answer += host.name + " (" + text(host.addresses) + ")";
  }
  return answer;
}

std::string answer_text(const dns::AddressResult& result) {
  return result.status == dns::AddressResult::Status::Found ? text(result.addresses)
                                                            : result.detail;
}

}  // namespace

class Resolver::Question {
 public:
  virtual ~Question() = default;
  virtual void begin() = 0;
  virtual void receive(std::string_view datagram) = 0;
};

template <class Lookup, class Result>
class Resolver::LookupQuestion final : public Question {
 public:
  using Known = std::function<void(const Result&)>;

  LookupQuestion(Resolver& resolver, Port port, Lookup lookup, std::string question, Known known)
      : resolver_(resolver),
        port_(port),
        lookup_(std::move(lookup)),
        question_(std::move(question)),
        known_(std::move(known)),
        deadline_(resolver.machine_.scheduler(), [this] {
          lookup_.time_passed(resolver_.machine_.now());
          go_on();
        }) {}

  void begin() override {
    // An answer that needs no question (a name that cannot be one) waits for the next moment, too.
    if (lookup_.done()) {
      deadline_.set(resolver_.machine_.now());
    } else {
      go_on();
    }
  }

  void receive(std::string_view datagram) override {
    lookup_.receive(datagram, resolver_.machine_.now());
    go_on();
  }

 private:
  void go_on() {
    Machine& machine = resolver_.machine_;
    while (auto query = lookup_.take_query(machine.now())) {
      machine.send_datagram(port_, resolver_.name_server_, kDnsPort, std::move(*query));
    }
    while (lookup_.next_event()) {
      // The journal has the datagrams themselves.
    }
    if (!lookup_.done()) {
      deadline_.set(lookup_.deadline());
      return;
    }
    const Result result = lookup_.result();
    const Known known = std::move(known_);
    const EventPosition looked_up = machine.record(
        kNoConnection, journal::NameLookedUp{Bytes(question_), Bytes(answer_text(result)),
                                             outcome_of(result.status)});
    resolver_.end(port_);  // *this is gone from here
    const journal::Recorder::Because because(machine.recorder(), looked_up);
    known(result);
  }

  Resolver& resolver_;
  Port port_;
  Lookup lookup_;
  std::string question_;
  Known known_;
  net::Timer deadline_;
};

Resolver::Resolver(Machine& machine, IpAddress name_server)
    : machine_(machine), name_server_(name_server) {}

Resolver::~Resolver() = default;

Port Resolver::next_port() {
  for (;;) {
    const Port port{static_cast<std::uint16_t>(kFirstPort + ports_used_++ % kPortCount)};
    if (questions_.count(port) == 0) return port;
  }
}

void Resolver::begin(Port port, std::unique_ptr<Question> question) {
  Question& begun = *question;
  questions_[port] = std::move(question);
  machine_.listen_datagrams(
      port, [&begun](const net::Datagram& datagram) { begun.receive(datagram.bytes.view()); });
  begun.begin();
}

void Resolver::end(Port port) {
  machine_.listen_datagrams(port, nullptr);
  questions_.erase(port);
}

void Resolver::look_up_mx(const std::string& domain, MxKnown known) {
  const Port port = next_port();
  begin(port, std::make_unique<LookupQuestion<dns::MxLookup, dns::MxResult>>(
                  *this, port, dns::MxLookup(domain, machine_.host_name(), machine_.prng()),
                  "MX " + domain, std::move(known)));
}

void Resolver::look_up_address(const std::string& host, AddressKnown known) {
  const Port port = next_port();
  begin(port,
        std::make_unique<LookupQuestion<dns::AddressLookup, dns::AddressResult>>(
            *this, port, dns::AddressLookup(host, machine_.prng()), "A " + host, std::move(known)));
}

}  // namespace mailwalk::nodes
