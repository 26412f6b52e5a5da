// The few words that stand on a row's arrow, and its colours.
#pragma once

#include <string>

#include "gui/language.hpp"
#include "gui/run_rows.hpp"
#include "gui/theme.hpp"
#include "gui/ui_frame.hpp"

namespace mailwalk::gui {

// "DELE 2", "+OK 1706 octets …", "MX kantor.example?": the first line of what is said, else what is
// done. Empty for a note. Safe to draw.
std::string row_label(const UiFrame& frame, const Row& row);

// By what it belongs to, or that it went wrong: SMTP, POP3, names, fault.
const Hue& row_hue(const UiFrame& frame, const Row& row);

// "#7 :110"; empty if there is no such session.
std::string session_label(const UiFrame& frame, ConnectionId connection);

// "#7 Budi's phone → Mailbox server, POP3 pulls, port 110". This and the next one as they are told:
// safe() makes them fit to be drawn.
std::string session_title(const UiFrame& frame, ConnectionId connection);

// "Budi's phone", "192.0.2.9" or "elsewhere".
std::string machine_name(const UiFrame& frame, NodeId machine);

}  // namespace mailwalk::gui
