// The only maker of world views: what each event changes in what a person may see.
//
// Whatever the events say, also those of a recording that somebody made by hand: what they refer to
// and what is not there is passed over.
#pragma once

#include "journal/event.hpp"
#include "journal/journal.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::journal {

// The view after the event. The view before it stays as it is, and the two share what they can.
WorldView apply(const WorldView& view, const Event& event);

// The same, in place: for going on where nobody needs the view from before.
void advance(WorldView& view, const Event& event);

// After the last event.
WorldView view_at_end(const Journal& journal);

}  // namespace mailwalk::journal
