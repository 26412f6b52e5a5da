// The client's end of a POP3 connection: one poll, from the greeting to QUIT.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "nodes/device.hpp"
#include "nodes/session_conversation.hpp"
#include "pop3/client_session.hpp"
#include "sasl/client_dialogue.hpp"
#include "store/device_store.hpp"

namespace mailwalk::nodes {

// Begins TLS if it is to, logs in, asks what is there (STAT, UIDL, LIST), fetches what this device
// has not seen, marks what is to go, says QUIT. That a letter is deleted is the client's choice:
// the mode decides whether DELE is sent, and the protocol has no say in it.
class Pop3Fetch final : public SessionConversation<pop3::ClientSession, pop3::ClientEvent> {
 public:
  // trouble: None if the session came to its end in order. reason: the server's words, if it said
  // any.
  using Done = std::function<void(std::uint32_t new_letters, journal::Trouble trouble,
                                  const std::string& reason)>;

  // The store must outlive the conversation.
  Pop3Fetch(Machine& machine, FetchAccount account, store::DeviceStore& store, Done done);

  // If the typed command is the one that was to be sent, its reply is taken as the reply to that.
  // After another one the poll goes on: without the letter that RETR or DELE was about, and with
  // the command that was to be sent if it cannot do without its reply.
  mailwalk::Done type_instead(const journal::CommandTyped& typed) override;

 private:
  // One letter on the server.
  struct Offered {
    pop3::MessageNumber number;
    store::Uid uid;
    std::uint64_t octets = 0;
  };

  void failed(net::ConnectFailure why) override;
  void ended(net::CloseKind how) override;
  void begin_tls() override { begin_tls_as_client(account_.server, account_.tls); }
  void covered() override;
  void cover_failed(const std::string& why) override;
  void handle(const pop3::ClientEvent& event) override;

  void on(const pop3::Greeting& event);
  void on(const pop3::CommandSent& event);
  void on(const pop3::ReplyReceived& event);
  void on(const pop3::ClientTlsBegins&) { begin_tls_after_output(); }
  void on(const pop3::StateChanged& event);
  void on(const pop3::Ended& event);

  // TLS and logging in: pop3_fetch_login.cpp.
  [[nodiscard]] bool wants_tls() const;
  void log_in();
  void capabilities_known();
  void tls_answered(const pop3::ReplyReceived& reply);
  void log_in_by_apop();
  void log_in_by_auth();
  void auth_answered(const pop3::ReplyReceived& reply);
  void respond(std::string line);
  void logged_in_or_not(const pop3::ReplyReceived& reply);
  void uids_known(const std::vector<pop3::UniqueIdListing>& listing);
  void sizes_known(const std::vector<pop3::ScanListing>& listing);
  void next_letter();
  void retrieved(const pop3::ReplyReceived& reply);
  [[nodiscard]] bool is_to_go(const store::Uid& uid) const;
  void send(const pop3::Command& command);
  void typed_was_answered(const pop3::Command& displaced, const pop3::Reply& reply);
  // QUIT, because of this.
  void give_up(journal::Trouble trouble, std::string reason);
  void report(journal::Trouble trouble);

  FetchAccount account_;
  store::DeviceStore& store_;
  Done done_;
  std::optional<std::string> stamp_;  // of the greeting
  enum class Tls : std::uint8_t { NotYet, Asked, Decided } tls_stage_ = Tls::NotYet;
  std::optional<sasl::ClientDialogue> dialogue_;  // from AUTH to its end
  std::vector<Offered> offered_;
  std::size_t next_ = 0;  // into offered_; the letter before it is being dealt with
  std::uint32_t new_letters_ = 0;
  std::optional<journal::CommandTyped> typed_;  // waits for its turn
  std::uint32_t commands_ahead_ = 0;            // of it
  std::optional<pop3::Command> displaced_;      // by what was typed, and its reply has not come
  journal::Trouble trouble_ = journal::Trouble::None;
  std::string reason_;
};

}  // namespace mailwalk::nodes
