// A gate of a lesson: at a moment of the run it asks what will happen, before that happens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "journal/vocabulary.hpp"
#include "world/local_text.hpp"
#include "world/problems.hpp"

namespace mailwalk::world {

inline constexpr std::size_t kMostGates = 100;
// Each has a digit on the keyboard.
inline constexpr std::size_t kFewestAnswers = 2, kMostAnswers = 9;

// ---- Moments that a lesson can name; machines by their names ----------------------------------

// `by` calls `called`.
struct MachineCalls {
  std::string by, called;
};
// `by` sends a command, as a client; the end of a mail's content is one.
struct ClientSends {
  std::string by;
  std::vector<journal::Verb> verbs;  // one, or both protocols know the word
};
// `by` replies to a command, as a server.
struct ServerAnswers {
  std::string by;
  std::vector<journal::Verb> verbs;
};

struct GateMoment {
  std::variant<MachineCalls, ClientSends, ServerAnswers> what;
  std::uint32_t nth = 1;  // since the run began
};

// ----------------------------------------------------------------------------------------------

struct Gate {
  GateMoment before;  // it asks right before this
  LocalText question;
  std::vector<LocalText> answers;
  std::size_t right = 0;  // index into answers
  LocalText why;          // it is right; told afterwards
  Place place{};          // in the lesson's file
};

}  // namespace mailwalk::world
