// A machine's resolver: asks the name server by real datagrams and tells who wanted to know.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "dns/resolver.hpp"
#include "nodes/machine.hpp"

namespace mailwalk::nodes {

class Resolver {
 public:
  // The name server that this machine was told to ask. The machine must outlive the resolver.
  Resolver(Machine& machine, IpAddress name_server);
  ~Resolver();

  using MxKnown = std::function<void(const dns::MxResult&)>;
  using AddressKnown = std::function<void(const dns::AddressResult&)>;

  // Where mail for the domain goes. The answer never comes before the call has returned.
  void look_up_mx(const std::string& domain, MxKnown known);
  // The addresses of a host.
  void look_up_address(const std::string& host, AddressKnown known);

 private:
  // One question under way, on a port of its own.
  class Question;
  template <class Lookup, class Result>
  class LookupQuestion;

  [[nodiscard]] Port next_port();
  void begin(Port port, std::unique_ptr<Question> question);
  void end(Port port);

  Machine& machine_;
  IpAddress name_server_;
  std::uint16_t ports_used_ = 0;
  std::map<Port, std::unique_ptr<Question>> questions_;
};

}  // namespace mailwalk::nodes
