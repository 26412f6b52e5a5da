// Every table and key that a scenario file may have. lessons/README.md explains each of them.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace mailwalk::world {

// A kind of table: how messages and lessons/README.md call it, and its keys.
struct TableWords {
  std::string_view name;
  std::span<const std::string_view> keys;
};

namespace words {

using Key = std::string_view;

inline constexpr std::array kFileKeys{Key("lesson"), Key("run"),    Key("network"), Key("host"),
                                      Key("link"),   Key("domain"), Key("account"), Key("device"),
                                      Key("event"),  Key("gate")};
inline constexpr TableWords kFile{"the file", kFileKeys};

inline constexpr std::array kLessonKeys{Key("id"), Key("order"), Key("title"), Key("summary")};
inline constexpr TableWords kLesson{"[lesson]", kLessonKeys};

inline constexpr std::array kTextKeys{Key("en"), Key("id")};
inline constexpr TableWords kText{"a text in two languages", kTextKeys};

inline constexpr std::array kRunKeys{Key("seed"), Key("start"), Key("until")};
inline constexpr TableWords kRun{"[run]", kRunKeys};

inline constexpr std::array kNetworkKeys{Key("latency"), Key("bandwidth"), Key("segment"),
                                         Key("random_segments")};
inline constexpr TableWords kNetwork{"[network]", kNetworkKeys};

inline constexpr std::array kLinkKeys{Key("between"), Key("latency"), Key("bandwidth"),
                                      Key("segment"), Key("random_segments")};
inline constexpr TableWords kLink{"[[link]]", kLinkKeys};

inline constexpr std::array kHostKeys{Key("name"),    Key("label"), Key("address"),
                                      Key("roles"),   Key("smtp"),  Key("mta"),
                                      Key("mailbox"), Key("maa"),   Key("external")};
inline constexpr TableWords kHost{"[[host]]", kHostKeys};

inline constexpr std::array kSmtpKeys{
    Key("max_message"), Key("max_recipients"),        Key("max_errors"),
    Key("idle"),        Key("eight_bit_mime"),        Key("pipelining"),
    Key("smtputf8"),    Key("enhanced_status_codes"), Key("tls"),
    Key("auth"),        Key("auth_without_tls")};
inline constexpr TableWords kSmtp{"host.smtp", kSmtpKeys};

inline constexpr std::array kMtaKeys{Key("relays_for"), Key("relay_domains"), Key("next_hop"),
                                     Key("retry_min"),  Key("retry_max"),     Key("expiry"),
                                     Key("tls")};
inline constexpr TableWords kMta{"host.mta", kMtaKeys};

inline constexpr std::array kMailboxKeys{Key("domains")};
inline constexpr TableWords kMailbox{"host.mailbox", kMailboxKeys};

inline constexpr std::array kMaaKeys{
    Key("user_pass"), Key("apop"), Key("max_errors"),       Key("idle"),
    Key("tls"),       Key("auth"), Key("login_without_tls")};
inline constexpr TableWords kMaa{"host.maa", kMaaKeys};

inline constexpr std::array kDomainKeys{Key("name"), Key("mx"), Key("null_mx"), Key("address"),
                                        Key("failure")};
inline constexpr TableWords kDomain{"[[domain]]", kDomainKeys};

inline constexpr std::array kMxKeys{Key("host"), Key("preference"), Key("missing")};
inline constexpr TableWords kMx{"domain.mx", kMxKeys};

inline constexpr std::array kAccountKeys{Key("address"), Key("password"), Key("host"),
                                         Key("quota")};
inline constexpr TableWords kAccount{"[[account]]", kAccountKeys};

inline constexpr std::array kDeviceKeys{Key("name"),         Key("label"),   Key("address"),
                                        Key("owner"),        Key("mail"),    Key("submit_to"),
                                        Key("outbox_retry"), Key("storage"), Key("fetch"),
                                        Key("tls"),          Key("auth"),    Key("password")};
inline constexpr TableWords kDevice{"[[device]]", kDeviceKeys};

inline constexpr std::array kFetchKeys{Key("account"), Key("from"),  Key("password"), Key("login"),
                                       Key("mode"),    Key("every"), Key("tls")};
inline constexpr TableWords kFetch{"[[device.fetch]]", kFetchKeys};

inline constexpr std::array kEventKeys{Key("at"),    Key("compose"), Key("poll"),
                                       Key("read"),  Key("remove"),  Key("mode"),
                                       Key("fault"), Key("answer"),  Key("cut")};
inline constexpr TableWords kEvent{"[[event]]", kEventKeys};

inline constexpr std::array kComposeKeys{Key("device"), Key("to"),   Key("subject"),
                                         Key("body"),   Key("fill"), Key("eml")};
inline constexpr TableWords kCompose{"event.compose", kComposeKeys};

inline constexpr std::array kPollKeys{Key("device"), Key("account")};
inline constexpr TableWords kPoll{"event.poll", kPollKeys};

inline constexpr std::array kLetterKeys{Key("device"), Key("letter")};
inline constexpr TableWords kRead{"event.read", kLetterKeys};
inline constexpr TableWords kRemove{"event.remove", kLetterKeys};

inline constexpr std::array kModeKeys{Key("device"), Key("account"), Key("to")};
inline constexpr TableWords kMode{"event.mode", kModeKeys};

inline constexpr std::array kFaultKeys{Key("kind"),  Key("between"),   Key("machine"), Key("port"),
                                       Key("after"), Key("bandwidth"), Key("lasts")};
inline constexpr TableWords kFault{"event.fault", kFaultKeys};

inline constexpr std::array kAnswerKeys{Key("host"), Key("verb"), Key("nth"), Key("times"),
                                        Key("reply")};
inline constexpr TableWords kAnswer{"event.answer", kAnswerKeys};

inline constexpr std::array kCutKeys{Key("host"), Key("verb"), Key("protocol"), Key("nth")};
inline constexpr TableWords kCut{"event.cut", kCutKeys};

inline constexpr std::array kGateKeys{Key("before"), Key("question"), Key("answers"), Key("right"),
                                      Key("why")};
inline constexpr TableWords kGate{"[[gate]]", kGateKeys};

inline constexpr std::array kBeforeKeys{Key("calls"), Key("sends"), Key("answers"), Key("by"),
                                        Key("nth")};
inline constexpr TableWords kBefore{"gate.before", kBeforeKeys};

// All of them, in the order of the file.
inline constexpr std::array kAll{kFile,   kLesson,  kText,   kRun,     kNetwork, kHost,  kSmtp,
                                 kMta,    kMailbox, kMaa,    kLink,    kDomain,  kMx,    kAccount,
                                 kDevice, kFetch,   kEvent,  kCompose, kPoll,    kRead,  kRemove,
                                 kMode,   kFault,   kAnswer, kCut,     kGate,    kBefore};

}  // namespace words
}  // namespace mailwalk::world
