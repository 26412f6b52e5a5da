// Final delivery: into a maildrop of the same machine, without another hop.
#pragma once

#include <cstdint>
#include <string>

#include "nodes/smtp_reception.hpp"

namespace mailwalk::nodes {

// What an MTA on the same machine may ask of the mailbox server.
class LocalDelivery {
 public:
  // Whether this machine is the last one for the domain.
  [[nodiscard]] virtual bool is_local(const std::string& domain) const = 0;
  // 250, or why this mailbox takes no mail of that size. REQUIRES a local domain, or none
  // (<Postmaster>).
  virtual smtp::Reply check_recipient(const mail::Mailbox& recipient, std::uint64_t bytes) = 0;
  // Puts the mail into the maildrops of all its recipients, or into none of them. REQUIRES that
  // check_recipient() took each of them.
  virtual smtp::Reply deliver(const IncomingMail& mail) = 0;

 protected:
  ~LocalDelivery() = default;
};

}  // namespace mailwalk::nodes
