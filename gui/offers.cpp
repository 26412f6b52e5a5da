#include "gui/offers.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace mailwalk::gui {
namespace {

constexpr const char* kInspector = "inspector";
constexpr const char* kTranscript = "transcript";

class OpenFinder {
 public:
  OpenFinder(const Document& document, EventPosition position, exporting::Sight sight,
             const Language& language)
      : document_(document),
        position_(position),
        telling_(document.index().telling(sight)),
        language_(language) {}

  void operator()(std::monostate) {
    if (position_ != kNoEvent) find_for_event(position_, {});
  }
  void operator()(EventPosition event) { find_for_event(event, event); }
  void operator()(journal::LetterId letter) { show("open.letter", letter, kInspector); }

  // What the line shows nothing of is nowhere to go to.
  void operator()(const journal::CopyId& copy) {
    show("open.letter", copy, kInspector);
    const journal::WorldView view = document_.timeline().view_at(position_);
    const journal::Copy* found = view.copies.find(copy);
    if (!telling_.hides(copy.made)) go("open.made", copy.made);
    if (found == nullptr || found->changed == copy.made || telling_.hides(found->changed)) return;
    go("open.changed", found->changed);
  }

  void operator()(NodeId machine) {
    show("open.machine", machine, kInspector);
    show("open.machine_lines", machine, kTranscript);
    const EventPosition latest = latest_of(machine);
    if (latest != kNoEvent) go("open.latest", latest);
  }
  void operator()(ConnectionId connection) {
    show("open.connection", connection, kInspector);
    find_for_session(connection);
  }
  void operator()(LinkEnds link) {
    show("open.connection", link, kInspector);
    find_for_session(document_.index().links().at(link, position_).connection);
  }

  std::vector<OpenChoice> take() { return std::move(found_); }

 private:
  void show(std::string_view label, const Selection& what, const char* panel) {
    found_.push_back({std::string(language_.text(label)), intent::ShowIn{what, panel}});
  }
  // Who stands there already needs no way to it.
  void go(std::string_view label, EventPosition to) {
    if (to == position_) return;
    found_.push_back({std::string(language_.text(label)), intent::JumpTo{to}});
  }

  void find_for_event(EventPosition event, const Selection& what) {
    show("open.event", what, kInspector);
    const ConnectionId connection = document_.journal()[event].connection;
    if (connection != kNoConnection) show("open.session", connection, kTranscript);
    if (event != position_) return go("open.there", event);
    const auto cause = told_cause(document_.index().inspector().causes(), telling_.told(), event);
    if (cause) go("open.cause", *cause);
  }

  void find_for_session(ConnectionId connection) {
    const auto& events = document_.index().events_of(connection);
    if (events.empty()) return;
    show("open.session", connection, kTranscript);
    go("open.begin", events.front());
  }

  // The last thing before this one that is told of the machine; kNoEvent: there is none.
  [[nodiscard]] EventPosition latest_of(NodeId machine) const {
    if (position_ == kNoEvent) return kNoEvent;
    const std::vector<EventPosition>& told = telling_.told().all();
    const auto here = std::lower_bound(told.begin(), told.end(), position_);
    const auto found =
        std::find_if(std::make_reverse_iterator(here), told.rend(),
                     [&](EventPosition at) { return document_.journal()[at].node == machine; });
    return found == told.rend() ? kNoEvent : *found;
  }

  const Document& document_;
  EventPosition position_;
  const Telling& telling_;
  const Language& language_;
  std::vector<OpenChoice> found_;
};

}  // namespace

std::vector<OpenChoice> make_open_choices(const Document& document, EventPosition position,
                                          const Selection& what, exporting::Sight sight,
                                          const Language& language) {
  OpenFinder finder(document, position, sight, language);
  std::visit(finder, what);
  return finder.take();
}

Offers make_offers(const Document& document, EventPosition position, const Selection& what,
                   exporting::Sight sight, const Language& language) {
  return {position, make_open_choices(document, position, what, sight, language),
          make_what_if(document, position, what, sight, language)};
}

}  // namespace mailwalk::gui
