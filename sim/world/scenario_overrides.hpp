// What a person may change about a lesson without editing its file.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "journal/vocabulary.hpp"
#include "world/scenario.hpp"

namespace mailwalk::world {

// Every account on every device has this mode from the beginning to the end: events of the lesson
// that would set another mode are taken out. REQUIRES Delete or Keep.
void override_mode(Scenario& scenario, journal::FetchMode mode);

// The first mail that the lesson composes has this content, in CRLF lines; its envelope, who sends
// it to whom, stays the lesson's. An error if the lesson composes none.
Done replace_mail(Scenario& scenario, Bytes mail);

// Every server offers TLS that offered none.
void offer_tls(Scenario& scenario);

// Nobody in the scenario does anything by themselves, and nothing breaks: it is left to whoever
// calls its servers.
void leave_servers_only(Scenario& scenario);

}  // namespace mailwalk::world
