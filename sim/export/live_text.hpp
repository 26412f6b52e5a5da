// A run told as it happens. Sessions run side by side, so each line bears its connection's number.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "export/narrator.hpp"
#include "export/text.hpp"
#include "export/wire_tap.hpp"
#include "journal/reducer.hpp"
#include "journal/session_lines.hpp"
#include "journal/world_view.hpp"

namespace mailwalk::exporting {

class LiveText {
 public:
  explicit LiveText(const TextOptions& options);
  LiveText(const LiveText&) = delete;
  LiveText& operator=(const LiveText&) = delete;

  // The lines that tell of the event; empty if it says nothing new to people. REQUIRES every event
  // of a journal, in order.
  std::string tell(const journal::Event& event);
  // The same for one that was told before, or need not be.
  void pass_over(const journal::Event& event) { journal::advance(view_, event); }

 private:
  struct Talk {
    bool client_tells = false;  // it is a machine of ours: its commands are told where it sends
    bool said_quit = false;
    std::deque<bool> asks_for_lines;  // of each command that was not answered yet
  };

  [[nodiscard]] std::string opening(const journal::Event& event,
                                    const journal::ConnectionOpening& opening) const;
  // REQUIRES that the event has not been applied yet.
  [[nodiscard]] std::string hanging_up(const journal::Event& event) const;
  [[nodiscard]] std::string session_line(const journal::Event& event);
  // "09:00:00.123  #8 ".
  [[nodiscard]] std::string prefix(const journal::Event& event) const;

  [[nodiscard]] std::string records(const journal::Event& event);

  TextOptions options_;
  Narrator narrator_;
  WireTap tap_;
  journal::WorldView view_;
  std::map<ConnectionId, Talk> talks_;
};

}  // namespace mailwalk::exporting
