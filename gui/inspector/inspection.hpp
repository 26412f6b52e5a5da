// What the inspector tells about one thing, as values: blocks one below the other, each ready to be
// drawn. Every text in it is safe to draw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "gui/selection.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::gui {

// Which colour it has: by the protocol it belongs to, or because it is bad news.
enum class Tint : std::uint8_t { None, Smtp, Pop3, Names, Fault, Quiet };

// Where a click leads: to an event in time, or to another thing at the same position.
struct Jump {
  EventPosition to;
};
using Lead = std::variant<std::monostate, Jump, Selection>;

// A line from the wire taken apart: each piece stands over its name.
struct Parts {
  struct Part {
    std::string text;
    std::string name;  // may be empty
    Tint tint = Tint::None;
  };
  std::vector<Part> parts;
  bool shows_line_end = true;  // CR LF follows
};

// A sentence or two.
struct Paragraph {
  std::string text;
  Tint tint = Tint::None;
};

// Rows of "what: which", under a heading if there is one.
struct Facts {
  struct Fact {
    std::string label;
    std::string value;
    Lead lead;
    bool from_wire = false;  // the value was said by somebody: it is set as such
    Tint tint = Tint::None;
    std::optional<std::uint32_t> letter;  // its number: its envelope is drawn before the value
  };
  std::string heading;
  std::vector<Fact> facts;
};

// Where the session stands, on the map of its protocol's states.
struct StateMap {
  struct Move {
    std::string verb;
    std::size_t to = 0;   // index into states
    bool chosen = false;  // this is what was said
  };
  Tint tint = Tint::None;
  std::vector<std::string> states;  // in the order of a session
  std::vector<std::pair<std::size_t, std::size_t>>
      ways;  // which leads to which, no state to itself
  std::size_t now = 0;
  std::string now_means;
  std::vector<Move> moves;  // legal now
};

// Octets, to be shown as text or as numbers.
struct Octets {
  std::string heading;
  Bytes bytes;
};

// A drawing of what stands beside what: envelope, header, body.
struct Columns {
  struct Column {
    std::string heading;
    std::vector<std::string> lines;
  };
  std::vector<Column> columns;
};

using Block = std::variant<Parts, Paragraph, Facts, StateMap, Octets, Columns>;

struct Inspection {
  std::string heading;
  std::optional<std::uint32_t> letter;  // that it is about, by its number
  std::vector<Block> blocks;
  std::string source;  // "RFC 1939 section 5"; may be empty
};

}  // namespace mailwalk::gui
