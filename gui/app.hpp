// The window's whole state, and the only place that changes it. Knows Dear ImGui, but no window.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <imgui.h>

#include "gui/beside_work.hpp"
#include "gui/documents.hpp"
#include "gui/fonts.hpp"
#include "gui/fork_work.hpp"
#include "gui/keys.hpp"
#include "gui/language.hpp"
#include "gui/lesson_list.hpp"
#include "gui/live.hpp"
#include "gui/modes_work.hpp"
#include "gui/open_run.hpp"
#include "gui/opening.hpp"
#include "gui/panels/call_page.hpp"
#include "gui/panels/keys_page.hpp"
#include "gui/panels/live_bar.hpp"
#include "gui/panels/offers_menu.hpp"
#include "gui/panels/open_field.hpp"
#include "gui/panels/panel.hpp"
#include "gui/panels/panel_focus.hpp"
#include "gui/panels/transport.hpp"
#include "gui/panels/workspace.hpp"
#include "gui/playback.hpp"
#include "gui/saving.hpp"
#include "gui/selection.hpp"
#include "gui/settings.hpp"
#include "gui/side_by_side.hpp"
#include "gui/stage/stage.hpp"
#include "gui/transcript_work.hpp"
#include "gui/ui_frame.hpp"
#include "gui/ui_intent.hpp"
#include "gui/view_cache.hpp"

namespace mailwalk::gui {

// What the app cannot do itself: it asks whoever owns the window.
enum class FullScreen : std::uint8_t { No, Yes };

struct Languages {
  Language english, indonesian;
};

// What takes longer than a frame, and is being done: one thing at a time.
using LongWork = std::variant<std::monostate, std::unique_ptr<Opening>, std::unique_ptr<Saving>,
                              std::unique_ptr<ForkWork>, std::unique_ptr<ModesWork>,
                              std::unique_ptr<BesideWork>, std::unique_ptr<TranscriptWork>>;

class App {
 public:
  App(Settings settings, Languages languages, std::vector<LessonEntry> lessons);
  ~App();

  // Opens a lesson or a recording and shows it; an error leaves everything as it is.
  Done open(std::string_view named);
  // The same, a slice in each frame, as far as it is not there at once. Stands there in the end.
  Done begin_opening(std::string_view named, EventPosition at);
  // Serves a lesson on real TCP and shows it.
  Done go_live(std::string_view lesson, net::TcpOptions options,
               std::uint64_t most_events = world::kMostEvents);
  // Shows a run that is there already. With its branches it takes the place of what was open.
  void show(std::shared_ptr<Document> document);
  void show_position(EventPosition position);
  void set_mode(Mode mode) { mode_ = mode; }
  void set_sight(exporting::Sight sight);
  // A line for the person that stays until the next thing is asked for.
  void tell(std::string note) { note_ = std::move(note); }

  // ---- Input and time
  void press(const KeyStroke& stroke);
  void ask(Intent intent) { intents_.ask(std::move(intent)); }
  // Does what was asked for since the last call, and lets so much real time pass.
  void pass(double seconds);
  [[nodiscard]] bool is_moving() const;
  // Something may come in from outside at any time.
  [[nodiscard]] bool is_listening() const { return live_ != nullptr; }
  // Takes it in. True: there is something new to be shown.
  bool listen();
  // Whoever ends programs wants this one to end, and it has a good-bye to say first.
  [[nodiscard]] bool is_told_to_end() const { return live_ && live_->signal_was_caught(); }
  // Before the window closes: whoever is connected is told good-bye.
  void end_live();

  // ---- Drawing
  // The fonts that a window of this size needs, in pixels. `scale` is the screen's.
  [[nodiscard]] FontSizes wanted_fonts(float width, float height, float scale) const;
  // Into the current ImGui frame.
  void draw(const Fonts& fonts);

  // ---- For whoever owns the window, and for the report
  [[nodiscard]] FullScreen full_screen() const { return full_screen_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  void set_window_size(int width, int height);
  [[nodiscard]] const Document* document() const;
  [[nodiscard]] const Playback* playback() const;
  [[nodiscard]] const Selection& selection() const { return selection_; }
  [[nodiscard]] const PanelFocus& focus() const { return focus_; }
  [[nodiscard]] const Language& language() const;
  [[nodiscard]] Mode mode() const { return mode_; }
  // Of what is encrypted, in the one run that is shown; two side by side are shown to who knows
  // all.
  [[nodiscard]] exporting::Sight sight() const { return sight_; }
  [[nodiscard]] const std::string& caption() const { return caption_; }
  [[nodiscard]] const std::string& note() const { return note_; }
  [[nodiscard]] const ViewCache& view() const { return view_; }
  [[nodiscard]] const Scene& scene() const { return stage_.scene(); }
  [[nodiscard]] const KeysPage& keys_page() const { return keys_page_; }
  [[nodiscard]] const OpenRuns& runs() const { return runs_; }
  [[nodiscard]] std::size_t shown_run() const { return shown_; }
  // The gate that asks where somebody stands, in the one run that is shown.
  [[nodiscard]] std::optional<OpenGate> gate() const;
  // In presentation mode, when it was drawn last: nothing of it has to be scrolled to.
  [[nodiscard]] bool gate_has_room() const { return gate_has_room_; }
  // nullptr while one run is shown.
  [[nodiscard]] const SideBySide* side_by_side() const { return side_by_side_.get(); }
  [[nodiscard]] const OffersMenu& offers() const { return offers_; }
  // nullptr: nothing is served.
  [[nodiscard]] const Live* live() const { return live_.get(); }
  // nullopt: what is shown is not live.
  [[nodiscard]] std::optional<LiveStatus> live_status() const;
  [[nodiscard]] bool shows_call_page() const { return call_page_.is_open(); }
  [[nodiscard]] const std::vector<StageSpot>& stage_spots() const { return stage_.spots(); }

 private:
  // One overload for each intent that is the app's; the rest goes to the panels.
  template <class I>
  void apply(const I& it);
  void perform(const intent::Step& it);
  void perform(const intent::JumpTo& it);
  void perform(const intent::JumpToStart& it);
  void perform(const intent::JumpToEnd& it);
  void perform(const intent::TogglePlay& it);
  void perform(const intent::SetSpeed& it);
  void perform(const intent::Select& it);
  void perform(const intent::ShowIn& it);
  void perform(const intent::OpenFile& it);
  void perform(const intent::ShowDocument& it);
  void perform(const intent::SetLanguage& it);
  void perform(const intent::ToggleLanguage& it);
  void perform(const intent::SetTheme& it);
  void perform(const intent::ToggleTheme& it);
  void perform(const intent::ChangeTextSize& it);
  void perform(const intent::ToggleReducedMotion& it);
  void perform(const intent::TogglePresentation& it);
  void perform(const intent::ToggleSight& it);
  void perform(const intent::AnswerGate& it);
  void perform(const intent::ToggleFullScreen& it);
  void perform(const intent::ToggleKeysPage& it);
  void perform(const intent::Leave& it);
  void perform(const intent::FindText& it);
  void perform(const intent::FoldPanel& it);
  void perform(const intent::ResizeDocks& it);
  void perform(const intent::ResizePanel& it);
  void perform(const intent::FocusPanel& it);
  void perform(const intent::ScrollPanel& it);
  void perform(const intent::CopyText& it);
  // gui/app_runs.cpp has these.
  void perform(const intent::OfferMenu& it);
  void perform(const intent::OfferMenuHere& it);
  void offer(const Selection& what, float x, float y, BeginAt begin);
  void perform(const intent::MakeFork& it);
  void perform(const intent::ShowNextDocument& it);
  void perform(const intent::AskForFile& it);
  void perform(const intent::SaveRecording& it);
  void perform(const intent::ExportTranscript& it);
  void perform(const intent::ShowSideBySide& it);
  Done show_opened(Opening& opening);
  // gui/app_live.cpp has these.
  void perform(const intent::ToggleLive& it);
  void perform(const intent::ToggleCallPage& it);
  // True: it would lose what cannot be had back. The person is told, and it is done if it is the
  // next thing that is asked for as well.
  bool asks_first(const Intent& intent);
  [[nodiscard]] std::string loss_by(const Intent& intent) const;
  [[nodiscard]] bool is_live() const;
  // True: it is live, and the person is told that this cannot be done with it.
  bool refuse_while_live();
  [[nodiscard]] bool follows_behind() const;
  void follow_live(double seconds);
  // gui/app_work.cpp has these.
  void go_on_with_work();
  void finish(Opening& opening);
  void finish(Saving& saving);
  void finish(ForkWork& fork);
  void finish(ModesWork& modes);
  void finish(BesideWork& beside);
  void finish(TranscriptWork& transcript);
  [[nodiscard]] std::string note_of_work() const;
  [[nodiscard]] bool is_working() const { return !std::holds_alternative<std::monostate>(work_); }
  [[nodiscard]] float side_by_side_text_px(float width, float height, float em) const;
  // What is asked for while two runs stand side by side goes to both. False: it is nothing for
  // them.
  bool perform_side_by_side(const Intent& intent);
  void show_run(std::size_t index);
  void forget_what_was_shown();

  // Whether the panel is drawn: what is not seen does nothing.
  [[nodiscard]] bool shows(const Panel& panel) const;
  // Something lies over the run, and has the keys. Those of the whole window work all the same.
  [[nodiscard]] bool is_covered() const;
  [[nodiscard]] bool reaches(const Intent& intent) const;  // by a key
  [[nodiscard]] OpenRun* current();
  [[nodiscard]] const OpenRun* current() const;
  [[nodiscard]] MotionStyle motion_style() const;
  [[nodiscard]] Course course() const;  // REQUIRES a run
  // The last place up to there where a step would stop; the start if there is none. REQUIRES a run.
  [[nodiscard]] EventPosition told_place(EventPosition place) const;
  // A key that can do nothing says why.
  void tell_why_it_stays(const intent::Step& step);
  [[nodiscard]] Offers offers_for(EventPosition position, const Selection& what) const;
  void meet_gate();
  // gui/app_view.cpp has the rest.
  // Heights in em; 0 is not there. From top to bottom.
  struct BarsOverStage {
    float branch = 0, sight = 0, live = 0;
    [[nodiscard]] float height() const { return branch + sight + live; }
  };
  [[nodiscard]] BarsOverStage bars_over_stage() const;
  [[nodiscard]] Workspace workspace(float width, float height, float em) const;
  void look();
  void draw_run(const UiFrame& frame, const Workspace& space);
  void draw_bars_over_stage(const UiFrame& frame, const Rect& place);
  void draw_docks(const UiFrame& frame, const Workspace& space);
  void draw_note(const UiFrame& frame, const Workspace& space);
  [[nodiscard]] Tips tips();

  Settings settings_;
  Languages languages_;
  std::vector<LessonEntry> lessons_;
  OpenRuns runs_;
  std::size_t shown_ = 0;  // index into runs_
  ViewCache view_;
  Selection selection_;
  Mode mode_ = Mode::Work;
  exporting::Sight sight_ = exporting::Sight::Insider;
  FullScreen full_screen_ = FullScreen::No;
  std::string note_;
  bool gate_has_room_ = true;
  std::optional<ImVec2> mouse_rests_at_;  // since a key was pressed

  // Made of the view, and anew only when it or the language changes.
  std::string caption_;
  Duration skipped_;
  std::uint64_t told_version_ = 0;
  exporting::Language told_language_ = exporting::Language::English;
  exporting::Sight told_sight_ = exporting::Sight::Insider;

  Intents intents_;
  std::vector<std::unique_ptr<Panel>> panels_;
  PanelFocus focus_;
  Transport transport_;
  Arrivals arrivals_;
  Stage stage_;
  OffersMenu offers_;
  KeysPage keys_page_;
  OpenField open_field_;
  LongWork work_;
  EventPosition opens_at_ = kNoEvent;  // where to stand once it is open; kNoEvent: at its start
  std::unique_ptr<Live> live_;         // until it is over, whatever is shown
  Following following_ = Following::Newest;
  std::optional<Intent> unsure_;  // what was asked for, and has to be once more
  CallPage call_page_;
  std::unique_ptr<SideBySide> side_by_side_;  // what is shown instead of the one run
};

}  // namespace mailwalk::gui
