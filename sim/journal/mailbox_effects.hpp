// What changes where letters lie: in an outbox, a queue, a maildrop or on a device.
#pragma once

#include "base/one_of.hpp"
#include "journal/payloads.hpp"

namespace mailwalk::journal {

template <class P>
inline constexpr bool kIsMailboxEffect =
    is_one_of<P, MailComposed, SubmissionDeferred, MailSubmitted, MailRefused, MailQueued,
              RecipientSettled, RetryScheduled, MailBounced, MailDequeued, LetterDelivered,
              QuotaExceeded, MaildropLocked, MaildropUnlocked, LetterMarked, LetterUnmarked,
              LetterExpunged, LetterStored, DeviceFull, LetterRead, LetterRemoved>;

}  // namespace mailwalk::journal
