// A scenario as values: which machines there are, how they are linked, what happens when.
//
// It is read from a lesson's TOML file by scenario_file.hpp and brought to life by world.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/ip_address.hpp"
#include "base/virtual_time.hpp"
#include "journal/vocabulary.hpp"
#include "net/sockets.hpp"
#include "pop3/limits.hpp"
#include "sasl/mechanism.hpp"
#include "smtp/limits.hpp"
#include "tls/policy.hpp"
#include "world/gate.hpp"
#include "world/local_text.hpp"

namespace mailwalk::world {

enum class Offered : std::uint8_t { Yes, No };

// How somebody logs in to POP3; Auth with a mechanism of SASL.
enum class Login : std::uint8_t { Pass, Apop, Auth };

// ---- Servers ---------------------------------------------------------------------------------

// What an SMTP server of this host offers and bears; the defaults are the protocol's.
struct SmtpSpec {
  std::uint64_t max_message_bytes = 20'000'000;  // announced as SIZE
  std::size_t max_recipients = smtp::ServerLimits{}.recipients;
  std::size_t max_errors = smtp::ServerLimits{}.errors;
  Duration idle = smtp::ServerLimits{}.idle;
  Offered eight_bit_mime = Offered::Yes;
  Offered pipelining = Offered::Yes;
  Offered smtputf8 = Offered::Yes;
  Offered enhanced_status_codes = Offered::Yes;
  tls::Offer tls = tls::Offer::None;
  std::vector<sasl::Mechanism> auth;  // for submission; if there are any, one of them is needed
  tls::ClearTextLogin auth_without_tls = tls::ClearTextLogin::Allowed;
};

struct MtaSpec {
  std::vector<std::string> relays_for;     // names of machines whose mail it takes for any domain
  std::vector<std::string> relay_domains;  // domains it takes from anybody (a backup MX)
  std::string next_hop;                    // host name of a smarthost; empty: ask the DNS for MX
  tls::Wish tls = tls::Wish::Never;        // towards the next host
  Duration retry_min = minutes(30);        // RFC 5321 section 4.5.4.1
  Duration retry_max = hours(4);
  Duration expiry = days(5);
};

// Somebody's maildrop on a mailbox server.
struct MaildropSpec {
  std::string user;
  std::string domain;
  std::string password;
  std::uint64_t quota_bytes = 0;  // 0 = without limit
};

struct MailboxSpec {
  std::vector<std::string> domains;  // for which it is the last server
  std::vector<MaildropSpec> maildrops;
};

struct MaaSpec {
  Offered user_pass = Offered::Yes;
  Offered apop = Offered::Yes;
  std::uint32_t max_errors = pop3::ServerLimits{}.errors_before_login;
  Duration idle = pop3::ServerLimits{}.idle_after_login;
  tls::Offer tls = tls::Offer::None;
  std::vector<sasl::Mechanism> auth;
  tls::ClearTextLogin login_without_tls = tls::ClearTextLogin::Allowed;
};

struct HostSpec {
  std::string name;  // its name in the DNS, and in the scenario: "mx.kantor.example"
  LocalText label;   // "Kantor's mailbox server"
  IpAddress address;
  SmtpSpec smtp;
  std::optional<MtaSpec> mta;
  std::optional<MailboxSpec> mailbox;
  std::optional<MaaSpec> maa;  // serves the maildrops of the same host
  bool name_server = false;
  // Somebody else's server plays this host, where time is real: calls go there, whatever port of
  // the host they are for. Roles say what it is; none of the programs above runs.
  std::optional<net::Endpoint> external;
};

// ---- Names -----------------------------------------------------------------------------------

enum class NameFailure : std::uint8_t { None, ServerFailure, NoAnswer };

struct MxSpec {
  std::uint16_t preference = 10;
  std::string host;  // empty: the null MX "0 ." of RFC 7505
};

struct DomainSpec {
  std::string name;
  std::vector<MxSpec> mx;            // none: the domain's own A record is used (implicit MX)
  std::optional<IpAddress> address;  // the domain's own A record
  NameFailure failure = NameFailure::None;
};

// ---- Devices ---------------------------------------------------------------------------------

// A POP3 account as it was set up by hand on one device.
struct FetchSpec {
  std::string user;
  std::string password;
  std::string server;  // host name
  Login login = Login::Pass;
  sasl::Mechanism mechanism = sasl::Mechanism::Plain;  // for Login::Auth
  tls::Wish tls = tls::Wish::Never;
  journal::FetchMode mode = journal::FetchMode::Keep;
  std::uint32_t keep_days = 0;
  Duration poll_interval;  // 0: asks only when told to
};

struct DeviceSpec {
  std::string name;  // "laptop-ani"
  LocalText label;   // "Ani's laptop"
  IpAddress address;
  std::string mail_address;  // reverse-path of what is sent from here; empty: it only fetches
  std::string display_name;  // for the From field
  std::string submit_to;     // host name of the MTA; empty: it only fetches
  tls::Wish tls = tls::Wish::Never;     // towards that MTA
  std::optional<sasl::Mechanism> auth;  // how it logs in there; none: it does not
  std::string password;                 // with which it does, by the name of mail_address
  Duration outbox_retry = minutes(5);   // how long the outbox waits before it tries again
  std::uint64_t capacity_bytes = 0;     // 0 = without limit
  std::vector<FetchSpec> accounts;
};

struct LinkSpec {
  std::string a, b;  // names of machines; both empty: every pair without a link of its own
  Duration latency = milliseconds(20);
  std::uint64_t bytes_per_second = 1'250'000;
  std::uint32_t segment_bytes = 1'460;  // as TCP over Ethernet
  bool random_segments = false;         // cut at random places, as TCP may
};

// ---- What happens ----------------------------------------------------------------------------

struct ComposeMail {
  std::string device;
  std::vector<std::string> to;
  std::string subject;
  std::string body;
  std::optional<Bytes>
      raw;  // a whole mail from an .eml file, in CRLF lines; then subject and body are not used
};
struct PollNow {
  std::string device;
  std::string account;  // empty: all of the device's accounts
};
struct ReadLetter {
  std::string device;
  std::uint32_t letter = 1;  // the nth that was stored on the device
};
struct RemoveLetter {
  std::string device;
  std::uint32_t letter = 1;
};
struct SetFetchMode {
  std::string device;
  std::string account;  // empty: all
  journal::FetchMode mode = journal::FetchMode::Keep;
  std::uint32_t keep_days = 0;
};

// A fault in the network between two machines, or at one machine towards all (b empty).
struct NetworkFault {
  journal::Fault kind = journal::Fault::Refuse;  // Refuse, Unreachable, Reset, Stall, Slow or Clear
  std::string a, b;
  std::optional<Port> port;            // only connections to this port
  std::uint64_t after_bytes = 0;       // Reset, Stall: once so many octets went over the connection
  std::uint64_t bytes_per_second = 0;  // Slow
  Duration lasts;                      // 0 = until cleared
};

// A server answers a command with a reply of the scenario's choice: "the second RCPT gets 451".
struct ScriptedAnswer {
  std::string host;
  journal::Verb verb;
  std::uint32_t nth = 1;    // counts from when the answer was given to the server
  std::uint32_t times = 1;  // 0 = from then on
  std::string reply;        // "451 4.7.1 Come back later", or "-ERR …"
};

// The line is cut when a command passes: "after the server has read DELE".
struct CutAtCommand {
  std::string host;  // the server
  journal::Verb verb;
  std::uint32_t nth = 1;
};

using Action = std::variant<ComposeMail, PollNow, ReadLetter, RemoveLetter, SetFetchMode,
                            NetworkFault, ScriptedAnswer, CutAtCommand>;

struct Happening {
  VirtualTime at;
  Action action;
};

// ----------------------------------------------------------------------------------------------

// A mail that the scenario names by its file, as it was read.
struct MailFile {
  std::string name;
  Bytes content;
};

// What was set before the run, against the text; scenario_overrides.hpp sets both it and what it
// changes.
struct Overrides {
  std::optional<journal::FetchMode> mode;
  std::optional<Bytes> mail;
  journal::Cast cast = journal::Cast::Everybody;
};

struct Scenario {
  std::string file;  // as it was named when it was read
  Bytes source;      // the whole text
  std::vector<MailFile> mail_files;
  Overrides overrides;
  std::string id;           // "whole-journey"
  std::uint32_t order = 0;  // place in the list of lessons, from 1; 0 = after the others
  LocalText title;
  LocalText summary;
  Calendar calendar;
  std::uint64_t seed = 1;
  Duration until;  // run at least so long; 0: until nothing but regular polls is left to happen
  std::vector<HostSpec> hosts;
  std::vector<DomainSpec> domains;
  std::vector<DeviceSpec> devices;
  std::vector<LinkSpec> links;
  std::vector<Happening> happenings;  // in order of time, then of the file
  std::vector<Gate> gates;            // in order of the file
};

}  // namespace mailwalk::world
