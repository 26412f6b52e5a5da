// What an event means to a letter or a machine, in one sentence, in English or Indonesian.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/virtual_time.hpp"
#include "export/text.hpp"
#include "journal/event.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::exporting {

// An event between the views before and after it.
struct Happened {
  const journal::Event& event;
  const journal::WorldView& before;
  const journal::WorldView& after;
};

class Narrator {
 public:
  explicit Narrator(Language language) : language_(language) {}

  // Empty if the event says nothing that the lines of its session do not say themselves.
  [[nodiscard]] std::string tell(const Happened& happened) const;

  // "Ani's laptop"; the scenario's name where there is no label.
  [[nodiscard]] std::string machine(NodeId node, const journal::WorldView& view) const;
  // "delete mode", "mode simpan 14 hari" …
  [[nodiscard]] std::string mode(journal::FetchMode mode, std::uint32_t keep_days) const;
  [[nodiscard]] std::string failure(journal::ConnectFailure why) const;
  [[nodiscard]] std::string tls_trouble(journal::TlsTrouble trouble) const;
  // What went wrong: our words for it, or the server's own.
  [[nodiscard]] std::string trouble(journal::Trouble trouble, const Bytes& words) const;
  [[nodiscard]] std::string answer(const journal::NameLookedUp& name) const;
  [[nodiscard]] std::string answer(journal::LookupOutcome outcome) const;
  [[nodiscard]] Language language() const { return language_; }
  // The text for this language.
  [[nodiscard]] std::string_view pick(std::string_view english, std::string_view indonesian) const {
    return language_ == Language::English ? english : indonesian;
  }
  // The same with {0}, {1} … filled in.
  template <class... Arguments>
  [[nodiscard]] std::string format(std::string_view english, std::string_view indonesian,
                                   const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(pick(english, indonesian)), arguments...);
  }

 private:
  Language language_;
};

}  // namespace mailwalk::exporting
