// A run as a story: what is told, in which order, before anybody thinks of its looks.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "export/narrator.hpp"
#include "journal/journal.hpp"
#include "journal/session_lines.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::exporting {

// A sentence about an event.
struct Note {
  journal::Moment moment;
  std::string text;
  bool is_fault = false;
};

// A session with the notes that belong between its lines.
struct SessionBlock {
  journal::Session session;
  std::string client;  // as people call them
  std::string server;
  std::vector<Note> notes;  // by moment
};

using StoryItem = std::variant<Note, SessionBlock>;
[[nodiscard]] const journal::Moment& begins(const StoryItem& item);
[[nodiscard]] const journal::Moment& ends(const StoryItem& item);

struct Story {
  std::vector<StoryItem> items;  // by the moment in which they begin
  journal::WorldView end;        // how things stand at the end
};

Story make_story(const journal::Journal& journal, const Narrator& narrator);

}  // namespace mailwalk::exporting
