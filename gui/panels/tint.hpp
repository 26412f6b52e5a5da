// The colours in which an inspection's tints are shown.
#pragma once

#include "gui/inspector/inspection.hpp"
#include "gui/theme.hpp"

namespace mailwalk::gui {

inline const Hue& hue_of_tint(const Theme& theme, Tint tint) {
  switch (tint) {
    case Tint::Smtp: return theme.smtp;
    case Tint::Pop3: return theme.pop3;
    case Tint::Names: return theme.names;
    case Tint::Fault: return theme.fault;
    default: return theme.ghost;
  }
}

// For text: what has no tint is ink.
inline Color text_color(const Theme& theme, Tint tint) {
  if (tint == Tint::None) return theme.ink;
  return tint == Tint::Quiet ? theme.muted : hue_of_tint(theme, tint).text;
}

}  // namespace mailwalk::gui
