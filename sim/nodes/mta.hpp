// A message transfer agent: takes mail, keeps it in its queue, pushes it on, reports what it cannot
// deliver.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "nodes/local_delivery.hpp"
#include "nodes/machine.hpp"
#include "nodes/relay_attempt.hpp"
#include "nodes/resolver.hpp"
#include "nodes/smtp_reception.hpp"
#include "store/mta_queue.hpp"

namespace mailwalk::nodes {

// Who may submit mail with a name and a password, and how.
struct MtaLogin {
  std::vector<sasl::Mechanism> mechanisms;  // none: nobody needs to log in
  tls::ClearTextLogin without_tls = tls::ClearTextLogin::Allowed;
  std::map<std::string, std::string> passwords;  // by mail address in lower case
};

struct MtaConfig {
  smtp::ServerConfig smtp;  // its TLS is that of submission
  MtaLogin login;
  smtp::ClientConfig client;
  // Machines whose mail is taken for any domain. Nobody else's is: an MTA is no open relay.
  std::vector<IpAddress> relays_for;
  // Domains for which mail is taken from anybody, as a backup MX does.
  std::vector<std::string> relay_domains;
  // Domains for which mail is taken from programs outside the scenario: those within it. Whatever
  // address such a program has, nothing of its mail leaves the scenario.
  std::vector<std::string> domains_for_visitors;
  // Whether mail can get to another computer from the scenario. What nobody there has submitted
  // does not: notices and mail for <Postmaster> go to domains_for_visitors only, then.
  enum class Reach : std::uint8_t { Near, FarAway } reach = Reach::Near;
  std::string next_hop;  // a smarthost's host name; empty: the recipients' MX
  std::string
      postmaster_domain;  // where mail for <Postmaster> goes, if no mailbox is on this machine
  store::RetrySchedule retry;
  store::QueueLimits queue_limits;
  std::size_t trials_at_once = 100;  // Postfix's default_process_limit
};

class Mta final : public MailAcceptor {
 public:
  // local: the mailbox server on the same machine, or nullptr. All but the config must outlive it.
  Mta(Machine& machine, Resolver& resolver, MtaConfig config, LocalDelivery* local);

  // On port 25 for other MTAs, on 587 for user agents (RFC 6409), and with TLS on 465 (RFC 8314).
  void listen();

  // What happened at this machine in a run that is taken up again, event by event: mails lie in the
  // queue as they lay, and nothing is recorded …
  void recall(const journal::Event& event);
  // … then, for all to see, what the next host took over although nobody here lived to hear it …
  void was_taken(store::QueueId id, const std::vector<mail::Mailbox>& recipients);
  // … and after the last of them: what was being tried is tried again at once.
  void go_on();

  [[nodiscard]] const store::MtaQueue& queue() const { return queue_; }
  [[nodiscard]] AnswerScript& script() { return script_; }

  smtp::Reply sender_offered(const SmtpPeer& peer, const mail::ReversePath& sender,
                             std::uint64_t declared_bytes) override;
  smtp::Reply recipient_offered(const SmtpPeer& peer, const mail::Mailbox& recipient,
                                std::uint64_t declared_bytes) override;
  smtp::Reply verify(const std::string& text) override;
  smtp::Reply mail_offered(const IncomingMail& mail) override;

 private:
  void recall(const journal::MailQueued& queued, VirtualTime when);
  void recall(const journal::RecipientSettled& settled);
  // A queued mail that is being tried: one attempt for each of its domains.
  struct Trial {
    std::size_t running = 0;
    std::vector<RelayResult> results;
  };

  [[nodiscard]] smtp::ServerConfig relay_config() const;
  [[nodiscard]] smtp::ServerConfig submission_config(smtp::Line line);
  [[nodiscard]] std::optional<std::string> password_of(std::string_view user) const;
  [[nodiscard]] bool is_local(const mail::Mailbox& recipient) const;
  [[nodiscard]] bool is_user_agent(const SmtpPeer& peer) const;
  [[nodiscard]] bool may_relay(const SmtpPeer& peer, const mail::Mailbox& recipient) const;
  // Whether mail that nobody has submitted may go there.
  [[nodiscard]] bool may_write_to(const std::string& domain) const;
  smtp::Reply take_responsibility(const IncomingMail& mail);
  // False: the queue is full.
  bool enqueue(ConnectionId connection, mail::Envelope envelope, Bytes content);
  [[nodiscard]] std::string missing_fields(const IncomingMail& mail);
  void work_on_queue();
  void try_to_deliver(store::QueueId id);
  std::vector<RelayResult> deliver_here(store::QueueId id, mail::Envelope envelope,
                                        const Bytes& content);
  void attempt_finished(store::QueueId id, const std::vector<RelayResult>& results);
  void trial_finished(store::QueueId id, const std::vector<RelayResult>& results);
  // Returns those that failed for good, for the notification.
  std::vector<RelayResult> settle_recipients(store::QueueId id,
                                             const std::vector<RelayResult>& results);
  void bounce(store::QueueId id, const std::vector<RelayResult>& failed);

  Machine& machine_;
  Resolver& resolver_;
  MtaConfig config_;
  LocalDelivery* local_;
  AnswerScript script_;
  store::MtaQueue queue_;
  net::Timer next_work_;
  std::map<store::QueueId, Trial> trials_;
  std::map<std::uint64_t, std::unique_ptr<RelayAttempt>> attempts_;
  std::uint64_t next_attempt_ = 0;
  std::uint64_t message_ids_ = 0;         // made so far
  std::set<store::QueueId> interrupted_;  // of a run that is taken up again: being tried at its end
};

}  // namespace mailwalk::nodes
