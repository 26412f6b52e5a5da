// What the stage shows at one position, as values: made of the view, drawn by the rest of this
// folder, and told in the report. Nothing here knows where anything stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/language.hpp"
#include "gui/link_history.hpp"
#include "gui/run_index.hpp"
#include "gui/selection.hpp"
#include "gui/stage/stage_plan.hpp"
#include "journal/journal.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::gui {

// How an envelope looks. Each has a shape of its own, so that none needs its colour.
enum class LetterShape : std::uint8_t {
  Closed,   // not read, or nobody can know
  Open,     // read on this device
  Ghost,    // marked by DELE: still there, and gone at QUIT
  Crossed,  // refused, or given up: it will not go on
};

struct SceneLetter {
  journal::CopyId copy;
  std::uint32_t number = 0;  // 0 is letter A
  LetterShape shape = LetterShape::Closed;
  std::optional<std::uint32_t> session_number;  // its message number while a session counts letters
};

// So much of so much, in octets; no limit: only what is used is told.
struct SceneMeter {
  std::uint64_t used = 0;
  std::uint64_t limit = 0;
};

enum class ShelfKind : std::uint8_t { Outbox, Sent, Queue, Maildrop, Inbox };

struct SceneShelf {
  ShelfKind kind = ShelfKind::Inbox;
  std::string title;                   // "Outbox", "Maildrop of budi"; safe to draw
  std::vector<SceneLetter> letters{};  // at most kMostLettersShown, around what is going on
  std::size_t first = 0;               // how many lie before them
  std::size_t focus = 0;               // that of the letters which has to be seen
  std::size_t total = 0;               // how many there are
  std::string note{};                  // "again at 09:30", "locked by Budi's phone"; may be empty
  bool is_locked = false;              // of a maildrop
  bool is_trouble = false;             // the note tells of one
  std::optional<SceneMeter> meter{};
};

struct SceneCard {
  NodeId id;
  CardKind kind = CardKind::Mta;
  std::string title, subtitle;  // safe to draw
  std::vector<SceneShelf> shelves;
  std::string known_uids;  // of a device: the letters that it will not fetch again, "A B"
  std::string trouble;     // of the last poll
  std::optional<SceneMeter> storage;
  bool is_acting = false;  // the event at the position happened here
};

enum class PacketKind : std::uint8_t { Command, Reply, Content, Records, Datagram };

// Something on its way from one machine to another.
struct ScenePacket {
  NodeId from, to;
  PacketKind kind = PacketKind::Command;
  Lane lane = Lane::Push;
  std::string label;                    // safe to draw
  std::optional<std::uint32_t> letter;  // the number of the letter that it brings
  bool is_bad = false;                  // a 4xx, 5xx or -ERR
  EventPosition says = kNoEvent;        // the event in which it was said
  ConnectionId connection = kNoConnection;
  float arrived = 0;                            // the part of its octets that is there already
  journal::Cover cover = journal::Cover::Open;  // Encrypted: who reads along does not see it
};

struct SceneLink {
  LinkEnds ends;
  LinkCondition condition = LinkCondition::Idle;
  Lane lane = Lane::Push;
  NodeId caller;
  ConnectionId connection = kNoConnection;  // the last one on it
  bool is_encrypted = false;                // what goes over it now
};

struct Scene {
  StagePlan plan;
  std::vector<SceneCard> cards;
  std::vector<SceneLink> links;
  std::vector<ScenePacket> packets;
};

inline constexpr std::size_t kMostLettersShown = 48;

struct SceneRequest {
  const journal::Journal& journal;
  const RunIndex& index;
  const journal::WorldView& view;
  EventPosition position = kNoEvent;
  const Language& language;
  exporting::Sight sight = exporting::Sight::Insider;
};
Scene make_scene(const SceneRequest& request);

// nullptr if there is none.
const SceneCard* find_card(const Scene& scene, NodeId id);

}  // namespace mailwalk::gui
