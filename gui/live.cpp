#include "gui/live.hpp"

#include <utility>

#include "cli/lesson_finder.hpp"
#include "cli/serve_notes.hpp"
#include "world/scenario_load.hpp"

namespace mailwalk::gui {

Result<std::unique_ptr<Live>> Live::begin(std::string_view lesson, net::TcpOptions options,
                                          std::uint64_t most_events) {
  const auto file = cli::find_lesson(lesson, cli::lessons_folder());
  if (!file) return file.error();
  world::ScenarioResult scenario = world::load_scenario(file->string());
  if (!scenario) return scenario.errors().front();
  DocumentText text{std::string(lesson), scenario->title, scenario->summary};
  auto run = std::make_shared<world::LiveRun>(std::move(*scenario), std::move(options),
                                              world::Waiting::InRealTime, most_events);
  if (run->trouble() != nullptr) return *run->trouble();
  return std::unique_ptr<Live>(new Live(std::move(run), std::move(text)));
}

Live::Live(std::shared_ptr<world::LiveRun> run, DocumentText text) : run_(std::move(run)) {
  signals_.emplace();
  const auto doors = run_->network().doors();
  call_english_ = cli::how_to_call(run_->world(), doors, exporting::Language::English);
  call_indonesian_ = cli::how_to_call(run_->world(), doors, exporting::Language::Indonesian);
  document_ = std::make_shared<Document>(
      std::shared_ptr<const journal::Journal>(run_, &std::as_const(run_->world()).journal()),
      std::move(text));
}

bool Live::advance(const TimeSlice& slice) {
  if (phase_ == Phase::Over) return false;
  const std::uint64_t before = document_->journal().size();
  std::uint64_t events = before;
  do {
    events = document_->journal().size();
    run_->go_on(run_->network().now());
  } while (document_->journal().size() > events && !slice.is_over() && !run_->is_full());
  if (run_->is_full()) end();
  document_->catch_up();
  const bool ends = run_->trouble() != nullptr || run_->is_shut_down();
  if (ends) {
    hang_up();
    document_->catch_up();
  }
  return ends || document_->journal().size() > before;
}

std::size_t Live::visitors() const {
  std::size_t count = 0;
  for (std::uint32_t number = 1; number <= document_->index().connection_count(); ++number) {
    const auto ends = run_->network().ends_of(ConnectionId{number});
    // A machine of the journal that nobody of the lesson lives at is one from outside.
    if (ends && run_->world().find(ends->first) == nullptr) ++count;
  }
  return count;
}

void Live::end() {
  if (phase_ != Phase::Serving) return;
  phase_ = Phase::SayingGoodBye;
  run_->begin_shut_down();
}

void Live::end_now() {
  end();
  while (phase_ != Phase::Over) {
    if (advance(TimeSlice())) continue;
    run_->go_on(run_->network().now() + milliseconds(20));
  }
}

// The journal may be looked at for hours: nobody shall be kept waiting by its sockets.
void Live::hang_up() {
  phase_ = Phase::Over;
  signals_.reset();
  net::TcpNetwork& network = run_->network();
  network.stop_listening();
  if (run_->trouble() != nullptr) return;
  for (std::uint32_t number = 1; number <= document_->index().connection_count(); ++number) {
    const ConnectionId connection{number};
    if (network.ends_of(connection)) network.cut(connection);
  }
  run_->go_on(network.now());
}

}  // namespace mailwalk::gui
