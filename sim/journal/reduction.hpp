// The parts of the reducer: for each payload what it changes, grouped by where it happens.
#pragma once

#include "journal/event.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::journal::reduction {

// One event on its way into a view.
struct Step {
  WorldView& view;
  const Event& event;

  // Where the event happened, to be changed; nullptr if the view does not know it. Good until
  // something is added to the view's machines or connections, or removed.
  [[nodiscard]] Machine* machine() const;
  [[nodiscard]] Connection* connection() const;
  // The end of the connection at which it happened; nullptr if there is no connection.
  [[nodiscard]] ConnectionEnd* end() const;
};

// ---- reduce_stage.cpp: the stage is set
void reduce(const Step& step, const RunStarted& run);
void reduce(const Step& step, const MachineAdded& added);
void reduce(const Step& step, const LinkAdded& added);
void reduce(const Step& step, const MaildropAdded& added);
void reduce(const Step& step, const AccountSet& account);

// ---- reduce_network.cpp: connections, sessions, what is under way
void reduce(const Step& step, const ConnectionOpening& opening);
void reduce(const Step& step, const ConnectionAccepted& accepted);
void reduce(const Step& step, const ConnectionOpened& opened);
void reduce(const Step& step, const ConnectionFailed& failed);
void reduce(const Step& step, const ConnectionClosing& closing);
void reduce(const Step& step, const ConnectionClosed& closed);
void reduce(const Step& step, const ConnectionReset& reset);
void reduce(const Step& step, const BytesSent& sent);
void reduce(const Step& step, const BytesDelivered& delivered);
void reduce(const Step& step, const BytesLost& lost);
void reduce(const Step& step, const DatagramSent& sent);
void reduce(const Step& step, const DatagramDelivered& delivered);
void reduce(const Step& step, const DatagramLost& lost);
void reduce(const Step& step, const CommandSent& sent);
void reduce(const Step& step, const ReplySent& sent);
void reduce(const Step& step, const ContentSent& sent);
void reduce(const Step& step, const SessionStateChanged& changed);
void reduce(const Step& step, const TlsBegun& begun);
void reduce(const Step& step, const TlsEstablished& established);

// ---- reduce_outbox.cpp: a device sends
void reduce(const Step& step, const MailComposed& composed);
void reduce(const Step& step, const SubmissionBegun& begun);
void reduce(const Step& step, const SubmissionDeferred& deferred);
void reduce(const Step& step, const MailSubmitted& submitted);
void reduce(const Step& step, const MailRefused& refused);

// ---- letter_tracing.cpp
void reduce(const Step& step, const ContentReceived& received);

// ---- reduce_queue.cpp: an MTA pushes mails on
void reduce(const Step& step, const MailQueued& queued);
void reduce(const Step& step, const RelayBegun& begun);
void reduce(const Step& step, const RecipientSettled& settled);
void reduce(const Step& step, const RetryScheduled& scheduled);
void reduce(const Step& step, const MailBounced& bounced);
void reduce(const Step& step, const MailDequeued& dequeued);

// ---- reduce_maildrop.cpp: a mailbox server keeps letters
void reduce(const Step& step, const LetterDelivered& delivered);
void reduce(const Step& step, const MaildropLocked& locked);
void reduce(const Step& step, const MaildropUnlocked& unlocked);
void reduce(const Step& step, const LetterRetrieved& retrieved);
void reduce(const Step& step, const LetterMarked& marked);
void reduce(const Step& step, const LetterUnmarked& unmarked);
void reduce(const Step& step, const LetterExpunged& expunged);

// ---- reduce_device.cpp: a device fetches
void reduce(const Step& step, const PollStarted& started);
void reduce(const Step& step, const PollFinished& finished);
void reduce(const Step& step, const LetterStored& stored);
void reduce(const Step& step, const DeviceFull& full);
void reduce(const Step& step, const LetterRead& read);
void reduce(const Step& step, const LetterRemoved& removed);

// ---- What is told and changes nothing that stands
inline void reduce(const Step&, const PersonActed&) {}
inline void reduce(const Step&, const FaultInjected&) {}
inline void reduce(const Step&, const CommandReceived&) {}
inline void reduce(const Step&, const ReplyReceived&) {}
inline void reduce(const Step&, const NameLookedUp&) {}
inline void reduce(const Step&, const QuotaExceeded&) {}
inline void reduce(const Step&, const MailFileGiven&) {}
inline void reduce(const Step&, const ModeOverridden&) {}
inline void reduce(const Step&, const MailOverridden&) {}
inline void reduce(const Step&, const TlsOverridden&) {}
inline void reduce(const Step&, const LineCut&) {}
inline void reduce(const Step&, const NetworkDisturbed&) {}
inline void reduce(const Step&, const AnswerReplaced&) {}
inline void reduce(const Step&, const CommandTyped&) {}
inline void reduce(const Step&, const ModeChosen&) {}
inline void reduce(const Step&, const SeedChanged&) {}
inline void reduce(const Step&, const MailWritten&) {}
inline void reduce(const Step&, const NextMailReplaced&) {}
inline void reduce(const Step&, const PollWanted&) {}
inline void reduce(const Step&, const LetterOpened&) {}
inline void reduce(const Step&, const LetterThrownAway&) {}
inline void reduce(const Step&, const RunServed&) {}
inline void reduce(const Step&, const RunTakenUp&) {}
inline void reduce(const Step&, const TlsBroken&) {}

}  // namespace mailwalk::journal::reduction
