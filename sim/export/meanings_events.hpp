// What each kind of event means: why it is worth a look, whichever machine it happened at.
#pragma once

#include "export/meaning.hpp"
#include "journal/payloads.hpp"

namespace mailwalk::exporting {

// Of the kind alone. Never empty.
Meaning meaning_of(const journal::Payload& payload);

// What a teacher would say to it: of a command its verb's meaning, of a reply its code's, of
// anything else its kind's. Never empty.
Meaning explain(const journal::Payload& payload);

}  // namespace mailwalk::exporting
