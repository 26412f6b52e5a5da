// A program from outside: a plain socket of the operating system, which never waits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"

namespace mailwalk::test {

class RawClient {
 public:
  // Calls; whether somebody is there, it learns later. bind_to: its own address, if not any.
  RawClient(IpAddress address, std::uint16_t port, IpAddress bind_to = {});
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // Sends what the system takes now: so many octets. 0 as well where the line is broken.
  std::size_t send_some(std::string_view bytes);
  // Reads what is there now.
  void read();
  // Says that it sends no more, and still reads.
  void finish();
  // Hangs up without a word (RST).
  void reset();
  void close();

  enum class End : std::uint8_t { Open, Closed, Broken };
  // What it has read so far, and how the other side ended it.
  [[nodiscard]] const std::string& heard() const { return heard_; }
  [[nodiscard]] End end() const { return end_; }

 private:
  int socket_ = -1;
  std::string heard_;
  End end_ = End::Open;
};

}  // namespace mailwalk::test
