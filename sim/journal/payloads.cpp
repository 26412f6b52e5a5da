#include "journal/payloads.hpp"

#include <array>

namespace mailwalk::journal {
namespace {

// In the order of the variant.
constexpr std::array<const char*, std::variant_size_v<PayloadVariant>> kNames{
    "RunStarted",       "MachineAdded",      "LinkAdded",           "MaildropAdded",
    "AccountSet",       "PersonActed",       "ConnectionOpening",   "ConnectionAccepted",
    "ConnectionOpened", "ConnectionFailed",  "ConnectionClosing",   "ConnectionClosed",
    "ConnectionReset",  "BytesSent",         "BytesDelivered",      "BytesLost",
    "DatagramSent",     "DatagramDelivered", "DatagramLost",        "FaultInjected",
    "CommandSent",      "CommandReceived",   "ReplySent",           "ReplyReceived",
    "ContentSent",      "ContentReceived",   "SessionStateChanged", "NameLookedUp",
    "MailComposed",     "SubmissionBegun",   "SubmissionDeferred",  "MailSubmitted",
    "MailRefused",      "MailQueued",        "RelayBegun",          "RecipientSettled",
    "RetryScheduled",   "MailBounced",       "MailDequeued",        "LetterDelivered",
    "QuotaExceeded",    "MaildropLocked",    "MaildropUnlocked",    "LetterRetrieved",
    "LetterMarked",     "LetterUnmarked",    "LetterExpunged",      "PollStarted",
    "PollFinished",     "LetterStored",      "DeviceFull",          "LetterRead",
    "LetterRemoved",    "MailFileGiven",     "ModeOverridden",      "MailOverridden",
    "LineCut",          "NetworkDisturbed",  "AnswerReplaced",      "CommandTyped",
    "ModeChosen",       "SeedChanged",       "MailWritten",         "NextMailReplaced",
    "PollWanted",       "LetterOpened",      "LetterThrownAway",    "RunServed",
    "RunTakenUp",       "TlsBegun",          "TlsEstablished",      "TlsBroken",
    "TlsOverridden",
};
static_assert(std::variant_size_v<PayloadVariant> == 73);

}  // namespace

Payload::Payload() = default;
Payload::Payload(const Payload&) = default;
Payload::Payload(Payload&&) noexcept = default;
Payload& Payload::operator=(const Payload&) = default;
Payload& Payload::operator=(Payload&&) noexcept = default;
Payload::~Payload() = default;

const char* payload_name(const Payload& payload) {
  return kNames[payload.index()];
}

}  // namespace mailwalk::journal
