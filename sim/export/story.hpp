// A run as a story: what is told, in which order, before anybody thinks of its looks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "export/narrator.hpp"
#include "journal/journal.hpp"
#include "journal/session_collector.hpp"
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

// Makes it step by step: of a long run, all at once takes longer than a window may stand still.
class StoryMaker {
 public:
  // Both must outlive it. What is appended to the journal from now on is no part of the story.
  StoryMaker(const journal::Journal& journal, const Narrator& narrator);

  // False: there is no more to be read.
  bool read_next();
  [[nodiscard]] double progress() const;  // 0 to 1
  // Once, when all is read.
  Story take() { return std::move(story_); }

 private:
  void gather_sessions();
  void tell(const journal::Event& event);

  const journal::Journal& journal_;
  const Narrator& narrator_;
  std::uint64_t events_;
  std::uint64_t gathered_ = 0, told_ = 0;  // of them
  std::unique_ptr<journal::SessionCollector> collector_;
  std::map<EventPosition, journal::Session> by_begin_;
  std::map<ConnectionId, std::size_t> block_of_;  // into the items
  Story story_;                                   // its end is how things stand so far
};

}  // namespace mailwalk::exporting
