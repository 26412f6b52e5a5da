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

const char* shape_name(LetterShape shape) {
  switch (shape) {
    case LetterShape::Closed: return "closed";
    case LetterShape::Open: return "open";
    case LetterShape::Ghost: return "ghost";
    case LetterShape::Crossed: return "crossed";
  }
  return "";
}

const char* shelf_name(ShelfKind kind) {
  switch (kind) {
    case ShelfKind::Outbox: return "outbox";
    case ShelfKind::Sent: return "sent";
    case ShelfKind::Queue: return "queue";
    case ShelfKind::Maildrop: return "maildrop";
    case ShelfKind::Inbox: return "inbox";
  }
  return "";
}

const char* condition_name(LinkCondition condition) {
  switch (condition) {
    case LinkCondition::Idle: return "idle";
    case LinkCondition::Calling: return "calling";
    case LinkCondition::Open: return "open";
    case LinkCondition::Stalled: return "stalled";
    case LinkCondition::Cut: return "cut";
    case LinkCondition::Refused: return "refused";
  }
  return "";
}

json shelf_json(const SceneShelf& shelf) {
  json letters = json::array();
  for (const SceneLetter& letter : shelf.letters) {
    letters.push_back(
        {{"letter", journal::letter_name(letter.number)}, {"shape", shape_name(letter.shape)}});
  }
  return {{"kind", shelf_name(shelf.kind)}, {"title", shelf.title},      {"letters", letters},
          {"total", shelf.total},           {"locked", shelf.is_locked}, {"note", shelf.note}};
}

json stage_json(const Scene& scene, const journal::WorldView& view) {
  const auto name = [&](NodeId id) {
    const journal::Machine* machine = view.machine(id);
    return machine == nullptr ? std::string() : std::string(machine->name.view());
  };
  json machines = json::array();
  for (const SceneCard& card : scene.cards) {
    json shelves = json::array();
    for (const SceneShelf& shelf : card.shelves) shelves.push_back(shelf_json(shelf));
    machines.push_back({{"name", name(card.id)},
                        {"title", card.title},
                        {"shelves", shelves},
                        {"acting", card.is_acting}});
  }
  json packets = json::array();
  for (const ScenePacket& packet : scene.packets) {
    packets.push_back(
        {{"from", name(packet.from)}, {"to", name(packet.to)}, {"label", packet.label}});
  }
  json links = json::array();
  for (const SceneLink& link : scene.links) {
    links.push_back({{"a", name(link.ends.a)},
                     {"b", name(link.ends.b)},
                     {"condition", condition_name(link.condition)}});
  }
  return {{"machines", machines}, {"packets", packets}, {"links", links}};
}

json branches_json(const App& app) {
  json names = json::array();
  for (const OpenRun& run : app.runs()) names.push_back(app.language().pick(run.name));
  return {{"names", names}, {"shown", app.shown_run()}};
}

json menu_json(const App& app) {
  if (!app.offers().is_open()) return nullptr;
  json open = json::array();
  json what_if = json::array();
  const Offers& offers = app.offers().offers();
  for (const OpenChoice& choice : offers.open) open.push_back(choice.label);
  for (std::size_t i = 0; i < offers.what_if.count(); ++i) {
    what_if.push_back(offers.what_if.choice(i).label);
  }
  return {{"open", open}, {"what_if", what_if}, {"highlighted", app.offers().highlighted()}};
}

json side_json(const App& app, const OneSide& side) {
  return {{"name", app.language().pick(side.run.name)},
          {"caption", side.caption},
          {"unlike", side.stage.unlike().size()},
          {"stage", stage_json(side.stage.scene(), side.view.after())}};
}

json side_by_side_json(const App& app) {
  const SideBySide* sides = app.side_by_side();
  if (sides == nullptr) return nullptr;
  json summary = json::array();
  for (const SummaryRow& row : sides->summary()) {
    summary.push_back(
        {{"what", row.what}, {"left", row.left}, {"right", row.right}, {"differs", row.differs}});
  }
  return {{"at", sides->at()},
          {"steps", sides->size()},
          {"left", side_json(app, sides->left())},
          {"right", side_json(app, sides->right())},
          {"summary", summary}};
}

json gate_json(const App& app) {
  const auto open = app.gate();
  if (!open) return nullptr;
  json gate{{"index", open->index},
            {"question", app.language().pick(open->gate->question)},
            {"answers", open->gate->answers.size()},
            {"has_room", app.gate_has_room()},
            {"chosen", nullptr},
            {"right", nullptr}};
  if (open->chosen) {
    gate["chosen"] = *open->chosen + 1;
    gate["right"] = *open->chosen == open->gate->right;
  }
  return gate;
}

json live_json(const App& app) {
  const auto status = app.live_status();
  if (!status) return nullptr;
  return {{"ending", status->phase == Live::Phase::SayingGoodBye},
          {"following", status->following == Following::Newest},
          {"news", status->news},
          {"call_page", app.shows_call_page()},
          {"how_to_call", app.live()->how_to_call(app.settings().language)}};
}

// Where letters can be clicked, in pixels of the window.
json letter_places_json(const App& app) {
  json places = json::array();
  for (const StageSpot& spot : app.stage_spots()) {
    const auto* copy = std::get_if<journal::CopyId>(&spot.what);
    if (copy == nullptr) continue;
    places.push_back({{"letter", copy->letter.value()},
                      {"copy", copy->made.value()},
                      {"x", spot.rect.center().x},
                      {"y", spot.rect.center().y}});
  }
  return places;
}

}  // namespace

std::string report_json(const App& app, std::uint64_t frames) {
  const Settings& settings = app.settings();
  json report{
      {"language", settings.language == exporting::Language::English ? "en" : "id"},
      {"theme", settings.theme == ThemeName::Light ? "light" : "dark"},
      {"mode", app.mode() == Mode::Work ? "work" : "present"},
      {"sight", app.sight() == exporting::Sight::Insider ? "insider" : "eavesdropper"},
      {"keys_page", app.keys_page().is_open()},
      {"selection", selection_json(app.selection())},
      {"focus", app.focus().panel()},
      {"caption", app.caption()},
      {"note", app.note()},
      {"frames", frames},
      {"run", nullptr},
  };
  if (app.document() != nullptr) {
    report["run"] = run_json(app);
    report["stage"] = stage_json(app.scene(), app.view().after());
    report["letter_places"] = letter_places_json(app);
    report["live"] = live_json(app);
    report["branches"] = branches_json(app);
    report["menu"] = menu_json(app);
    report["gate"] = gate_json(app);
    report["side_by_side"] = side_by_side_json(app);
  }
  // What a peer said may be no UTF-8; captions are, but names of files need not be.
  return report.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace mailwalk::gui
