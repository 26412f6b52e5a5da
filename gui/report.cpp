#include "gui/report.hpp"

#include <nlohmann/json.hpp>

#include <variant>

namespace mailwalk::gui {
namespace {

using nlohmann::json;

json selection_json(const Selection& selection) {
  struct Visitor {
    json operator()(std::monostate) const { return nullptr; }
    json operator()(EventPosition event) const { return {{"event", event.value()}}; }
    json operator()(journal::LetterId letter) const { return {{"letter", letter.value()}}; }
    json operator()(const journal::CopyId& copy) const {
      return {{"letter", copy.letter.value()}, {"copy", copy.made.value()}};
    }
    json operator()(NodeId machine) const { return {{"machine", machine.value()}}; }
    json operator()(ConnectionId connection) const { return {{"connection", connection.value()}}; }
    json operator()(LinkEnds link) const { return {{"link", {link.a.value(), link.b.value()}}}; }
  };
  return std::visit(Visitor{}, selection);
}

json run_json(const App& app) {
  const Document& document = *app.document();
  const EventPosition position = app.playback()->position();
  json run{{"named", document.text().named},
           {"events", document.index().size()},
           {"start", document.index().start().value()},
           {"position", nullptr},
           {"event", nullptr},
           {"time_us", app.view().after().now.us},
           {"playing", app.playback()->is_playing()},
           {"moving", app.playback()->is_moving()}};
  if (position != kNoEvent) {
    run["position"] = position.value();
    run["event"] = journal::payload_name(document.journal()[position].payload);
  }
  return run;
}

}  // namespace

std::string report_json(const App& app, std::uint64_t frames) {
  const Settings& settings = app.settings();
  json report{
      {"language", settings.language == exporting::Language::English ? "en" : "id"},
      {"theme", settings.theme == ThemeName::Light ? "light" : "dark"},
      {"mode", app.mode() == Mode::Work ? "work" : "present"},
      {"keys_page", app.shows_keys()},
      {"selection", selection_json(app.selection())},
      {"caption", app.caption()},
      {"note", app.note()},
      {"frames", frames},
      {"run", nullptr},
  };
  if (app.document() != nullptr) report["run"] = run_json(app);
  // What a peer said may be no UTF-8; captions are, but names of files need not be.
  return report.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace mailwalk::gui
