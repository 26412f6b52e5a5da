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
constexpr int kFrames = 300;

std::unique_ptr<gui::Document> run_of(std::uint64_t events) {
  const auto run = [](int mails) {
    auto world = std::make_shared<world::World>(long_run(mails), kMostEvents);
    world->run();
    return world;
  };
  constexpr int kSample = 40;
  const std::uint64_t events_per_mail = run(kSample)->journal().size() / kSample;
  const auto world = run(static_cast<int>(events / events_per_mail) + 1);
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

// The whole window on a large screen, drawn for nobody.
class Desk {
 public:
  explicit Desk(std::uint64_t events) : app_(settings(), languages(), {}) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1'920, 1'080};
    io.DeltaTime = 1.0F / 60;
    app_.show(run_of(events));
    fonts_.build(*io.Fonts, app_.wanted_fonts(io.DisplaySize.x, io.DisplaySize.y, 1));
  }
  ~Desk() { ImGui::DestroyContext(); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // Seconds for a frame after this was asked for, the middle of many.
  double frame_seconds(const gui::Intent& asked) {
    std::vector<double> seconds;
    for (int i = 0; i < kFrames; ++i) {
      app_.ask(asked);
      const double begun = seconds_now();
      app_.pass(0);
      ImGui::NewFrame();
      app_.draw(fonts_);
      ImGui::Render();
      seconds.push_back(seconds_now() - begun);
    }
    std::nth_element(seconds.begin(), seconds.begin() + kFrames / 2, seconds.end());
    return seconds[kFrames / 2];
  }
  // To the middle of the run, where everything that is ahead was seen once.
  void stand_in_the_middle() {
    const std::uint64_t events = app_.document()->index().size();
    app_.show_position(EventPosition{events - 1});
    app_.show_position(EventPosition{events / 2});
  }

 private:
  static gui::Settings settings() {
    gui::Settings settings;
    settings.reduced_motion = gui::ReducedMotion::Yes;
    return settings;
  }

  gui::App app_;
  gui::Fonts fonts_;
};

struct FrameCosts {
  double still = 0, stepping = 0;  // seconds
};

FrameCosts measure(std::uint64_t events) {
  Desk desk(events);
  desk.stand_in_the_middle();
  FrameCosts costs;
  costs.still = desk.frame_seconds(gui::intent::Select{});
  costs.stepping = desk.frame_seconds(gui::intent::Step{});
  return costs;
}

}  // namespace

void measure_window() {
  const FrameCosts few = measure(kFewEvents);
  const FrameCosts many = measure(kManyEvents);
  print_figure("a frame, run of a million events", many.still * 1e6, "us");
  print_figure("a frame that steps", many.stepping * 1e6, "us");
  print_ratio("a frame, beside one of a run of 1,000 events", many.still / few.still, Aim::AtMost,
              1.2);
  print_ratio("a frame that steps, beside one of 1,000 events", many.stepping / few.stepping,
              Aim::AtMost, 1.2);
}

}  // namespace mailwalk::bench
