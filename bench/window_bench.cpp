#include "window_bench.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "gui/app.hpp"
#include "gui/assets.hpp"
#include "long_run.hpp"
#include "report.hpp"
#include "world/world.hpp"

namespace mailwalk::bench {
namespace {

constexpr std::uint64_t kFewEvents = 1'000;
constexpr std::uint64_t kManyEvents = 1'000'000;
// Where letters fill every shelf as far as it can be seen, and lists are longer than their panels.
constexpr std::uint64_t kEventsOfFullShelves = 50'000;

// So many frames are drawn in one go; the short run has no more steps than this ahead of its
// middle.
constexpr int kFrames = 60;
constexpr int kRounds = 7;
constexpr double kFrame_s = 1.0 / 60;

using RunOf = world::Scenario (*)(int size);

// As long as it must be to have about so many events.
std::unique_ptr<gui::Document> run_with(RunOf scenario, std::uint64_t events) {
  const auto run = [&](int size) {
    auto world = std::make_shared<world::World>(scenario(size), kMostEvents);
    world->run();
    return world;
  };
  constexpr int kSample = 40;
  const std::uint64_t some = run(kSample)->journal().size();
  const std::uint64_t twice = run(2 * kSample)->journal().size();
  const std::uint64_t first = some - (twice - some);
  const auto size = static_cast<int>((events - first) * kSample / (twice - some) + 1);
  const auto world = run(size);
  return std::make_unique<gui::Document>(
      std::shared_ptr<const journal::Journal>(world, &world->journal()), gui::DocumentText{});
}

gui::Languages languages() {
  const auto load = [](exporting::Language which) {
    auto language = gui::Language::load(gui::assets_folder() / "lang", which);
    if (!language) std::abort();
    return std::move(*language);
  };
  return {load(exporting::Language::English), load(exporting::Language::Indonesian)};
}

// The tenth that was quickest ends here: whatever else this machine does can only make it slower.
double typical_of(std::vector<double> seconds) {
  const auto tenth = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 10);
  std::nth_element(seconds.begin(), tenth, seconds.end());
  return *tenth;
}

// A large screen that nobody looks at, with an ImGui of its own. Several can stand beside each
// other: whoever draws makes his the current one first.
class Screen {
 public:
  Screen() : context_(ImGui::CreateContext()) {
    make_current();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1'920, 1'080};
    io.DeltaTime = 1.0F / 60;
  }
  ~Screen() { ImGui::DestroyContext(context_); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void make_current() const { ImGui::SetCurrentContext(context_); }

 private:
  ImGuiContext* context_;
};

// The whole window on a screen.
class Desk {
 public:
  explicit Desk(std::unique_ptr<gui::Document> document,
                gui::ReducedMotion reduced = gui::ReducedMotion::Yes)
      : app_(settings(reduced), languages(), {}) {
    screen_.make_current();
    const ImGuiIO& io = ImGui::GetIO();
    app_.show(std::move(document));
    fonts_.build(*io.Fonts, app_.wanted_fonts(io.DisplaySize.x, io.DisplaySize.y, 1));
  }

  // Draws many frames, from the middle of the run on; after each the same is asked for.
  void draw_frames(const gui::Intent& asked, std::vector<double>& seconds) {
    screen_.make_current();
    stand_in_the_middle();
    frame_seconds(gui::intent::Select{});
    for (int i = 0; i < kFrames; ++i) seconds.push_back(frame_seconds(asked));
  }
  // Steps from the middle on, and draws while something travels. REQUIRES that motion is not
  // reduced.
  void draw_frames_of_motion(std::vector<double>& seconds) {
    screen_.make_current();
    stand_in_the_middle();
    for (int frames = 0; frames < kFrames;) {
      frame_seconds(gui::intent::Step{});
      for (; app_.playback()->motion() && frames < kFrames; ++frames) {
        seconds.push_back(frame_seconds(gui::intent::SetSpeed{gui::kNormalSpeed}, kFrame_s));
      }
    }
  }

 private:
  double frame_seconds(const gui::Intent& asked, double passed_s = 0) {
    app_.ask(asked);
    const double begun = seconds_now();
    app_.pass(passed_s);
    ImGui::NewFrame();
    app_.draw(fonts_);
    ImGui::Render();
    return seconds_now() - begun;
  }
  // At the poll nearest to the middle, where everything that is ahead was seen once.
  void stand_in_the_middle() {
    const journal::Journal& journal = app_.document()->journal();
    app_.show_position(EventPosition{journal.size() - 1});
    EventPosition position{journal.size() / 2};
    while (journal::payload_if<journal::PollStarted>(journal[position]) == nullptr) {
      position = EventPosition{position.value() + 1};
    }
    app_.show_position(position);
  }
  static gui::Settings settings(gui::ReducedMotion reduced) {
    gui::Settings settings;
    settings.reduced_motion = reduced;
    return settings;
  }

  Screen screen_;
  gui::App app_;
  gui::Fonts fonts_;
};

// What Dear ImGui shows of itself, as large as the screen.
class Demo {
 public:
  // Full: so many of its sections are opened, as a person who reads it does, that they take the
  // whole height.
  enum class Opened : std::uint8_t { AsItStarts, Full };

  explicit Demo(Opened opened) {
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    frame();
    if (opened == Opened::AsItStarts) return;
    ImGui::NewFrame();
    ImGui::Begin("Dear ImGui Demo");
    for (const char* part : {"Widgets", "Basic", "Trees", "Bullets", "Text", "Selectables",
                             "Text Input", "Layout & Scrolling", "Tables & Columns"}) {
      ImGui::GetStateStorage()->SetInt(ImGui::GetID(part), 1);
    }
    ImGui::End();
    ImGui::Render();
  }
  void draw_frames(std::vector<double>& seconds) {
    screen_.make_current();
    for (int i = 0; i < kFrames; ++i) {
      const double begun = seconds_now();
      frame();
      seconds.push_back(seconds_now() - begun);
    }
  }

 private:
  static void frame() {
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::ShowDemoWindow();
    ImGui::Render();
  }

  Screen screen_;
};

// Of two runs that show the same and are not of the same length. They take turns, so that whatever
// else this machine does hinders both.
void compare_runs(const char* what, RunOf scenario, std::uint64_t few_events) {
  Desk few(run_with(scenario, few_events));
  Desk many(run_with(scenario, kManyEvents));
  const auto compare = [&](const char* frame, const gui::Intent& asked) {
    std::vector<double> few_seconds;
    std::vector<double> many_seconds;
    for (int round = 0; round < kRounds; ++round) {
      few.draw_frames(asked, few_seconds);
      many.draw_frames(asked, many_seconds);
    }
    const double many_typical = typical_of(std::move(many_seconds));
    print_ratio(fmt::format("{}, {}", frame, what),
                many_typical / typical_of(std::move(few_seconds)), Aim::AtMost, 1.2);
    return many_typical;
  };
  print_figure(fmt::format("a frame, {}", what), compare("still", gui::intent::Select{}) * 1e6,
               "us");
  print_figure("a frame that steps", compare("stepping", gui::intent::Step{}) * 1e6, "us");
}

// A window that is full of text and controls beside one that is: the demo that nobody has opened
// yet is empty but for ten lines, which is told too.
void compare_with_demo() {
  Demo closed(Demo::Opened::AsItStarts);
  Demo full(Demo::Opened::Full);
  Desk desk(run_with(polling_run, kFewEvents));
  std::vector<double> ours;
  std::vector<double> of_closed;
  std::vector<double> of_full;
  for (int round = 0; round < kRounds; ++round) {
    closed.draw_frames(of_closed);
    full.draw_frames(of_full);
    desk.draw_frames(gui::intent::Select{}, ours);
  }
  const double own = typical_of(std::move(ours));
  const double starts = typical_of(std::move(of_closed));
  const double read = typical_of(std::move(of_full));
  print_figure("a frame of Dear ImGui's demo window, all closed", starts * 1e6, "us");
  print_figure("a frame of it, sections open until it is full", read * 1e6, "us");
  print_ratio("a still frame / one of the demo that is full", own / read, Aim::AtMost, 2);
}

void measure_motion() {
  Desk desk(run_with(full_shelves_run, kEventsOfFullShelves), gui::ReducedMotion::No);
  std::vector<double> seconds;
  for (int round = 0; round < kRounds; ++round) desk.draw_frames_of_motion(seconds);
  print_figure("a frame in which something travels, full shelves",
               typical_of(std::move(seconds)) * 1e6, "us");
}

}  // namespace

void measure_window() {
  compare_runs("1,000,000 events / 1,000, few letters", polling_run, kFewEvents);
  compare_runs("1,000,000 events / 50,000, full shelves", full_shelves_run, kEventsOfFullShelves);
  measure_motion();
  compare_with_demo();
}

}  // namespace mailwalk::bench
