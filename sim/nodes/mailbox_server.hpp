// The last server of a domain: keeps its letters in maildrops until their owners fetch them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/local_delivery.hpp"
#include "nodes/machine.hpp"
#include "store/maildrop.hpp"

namespace mailwalk::nodes {

// Somebody's maildrop and what proves that it is theirs.
struct Mailbox {
  std::string user;    // "budi"
  std::string domain;  // "kantor.example"
  std::string password;
  store::Maildrop drop;
};

struct MailboxServerConfig {
  std::vector<std::string> domains;
  smtp::ServerConfig smtp;
};

class MailboxServer final : public LocalDelivery, public MailAcceptor {
 public:
  // The machine must outlive it.
  MailboxServer(Machine& machine, MailboxServerConfig config);

  // Also records it. quota_bytes: 0 = without limit.
  void add_mailbox(const std::string& user, const std::string& domain, const std::string& password,
                   std::uint64_t quota_bytes);

  // Accepts mail for its own domains and nothing else. Not called where an MTA on the same machine
  // does the talking.
  void listen();

  // By "budi" or "budi@kantor.example", as people set up their devices; nullptr if there is none.
  [[nodiscard]] Mailbox* find(const std::string& login);
  // The same, for a dialogue that needs it; nullopt if there is no such mailbox.
  [[nodiscard]] std::optional<std::string> password_of(std::string_view login);
  [[nodiscard]] const std::map<std::string, Mailbox>& mailboxes() const { return mailboxes_; }

  // What happened at this machine in a run that is taken up again, event by event: letters lie
  // where they lay, and nothing is recorded.
  void recall(const journal::Event& event);
  // In that run the program ended here, and another one went on.
  void recall_take_up();
  // All of it was recalled.
  void go_on();

  [[nodiscard]] AnswerScript& script() { return script_; }

  bool is_local(const std::string& domain) const override;
  smtp::Reply check_recipient(const mail::Mailbox& recipient, std::uint64_t bytes) override;
  smtp::Reply deliver(const IncomingMail& mail) override;

  smtp::Reply sender_offered(const SmtpPeer& peer, const mail::ReversePath& sender,
                             std::uint64_t declared_bytes) override;
  smtp::Reply recipient_offered(const SmtpPeer& peer, const mail::Mailbox& recipient,
                                std::uint64_t declared_bytes) override;
  smtp::Reply verify(const std::string& text) override;
  smtp::Reply mail_offered(const IncomingMail& mail) override;

 private:
  void open_mailbox(const std::string& user, const std::string& domain, const std::string& password,
                    std::uint64_t quota_bytes);
  // Whose letter has that UID, or had it.
  [[nodiscard]] Mailbox* mailbox_with(const Bytes& uid);
  [[nodiscard]] Mailbox* mailbox_of(const mail::Mailbox& recipient);
  // Records that there is none, and says whether there may be some later.
  smtp::Reply no_room(const Mailbox& mailbox, std::uint64_t bytes, ConnectionId connection);

  Machine& machine_;
  MailboxServerConfig config_;
  std::string own_literal_;  // "[192.0.2.3]", a domain of its own too
  AnswerScript script_;
  std::map<std::string, Mailbox> mailboxes_;  // by "user@domain" in lower case
  std::uint64_t deliveries_ = 0;
  std::uint64_t skipped_uids_;  // of each maildrop
  // That are recalled, by "user@domain" as well: one at a time they would take a while to remove.
  std::map<std::string, std::vector<store::Uid>> expunged_;
};

}  // namespace mailwalk::nodes
