#include "cli/serve_command.hpp"

#include <sys/resource.h>

#include <memory>
#include <utility>

#include "cli/load_lesson.hpp"
#include "cli/run_notes.hpp"
#include "cli/serve_notes.hpp"
#include "cli/write_file.hpp"
#include "export/live_text.hpp"
#include "journal/recording_reader.hpp"
#include "world/live_run.hpp"
#include "world/problems.hpp"
#include "world/recipe.hpp"
#include "world/scenario_load.hpp"
#include "world/scenario_overrides.hpp"

namespace mailwalk::cli {
namespace {

// A chain of certificates has a few thousand.
constexpr std::size_t kMostPemOctets = 1'000'000;

// Each connection is a file to the system, and its usual limit of 1024 would be the first to be
// hit.
void allow_many_connections() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

// What is served: a lesson, or a recorded run of one that goes on in its recording.
struct Prepared {
  world::Scenario scenario;
  journal::Journal past;
  std::unique_ptr<journal::RecordingWriter> recording;
};

Error of_file(Error error, const std::string& file) {
  error.file = file;
  return error;
}

Result<Prepared> read_served_run(const std::string& file, world::OfferTls wanted) {
  auto recording = journal::RecordingWriter::reserve(file);
  if (!recording) return recording.error();
  Result<journal::Journal> past = journal::read_recording(file);
  if (!past) return past.error();
  Result<world::Scenario> scenario = world::served_scenario_of(*past);
  if (!scenario) return of_file(scenario.error(), file);
  if (wanted == world::OfferTls::Everywhere &&
      scenario->overrides.tls != world::OfferTls::Everywhere) {
    return Error{"this recording does not say that there was --tls, and a run goes on as it began",
                 "leave --tls away, or begin a new run with it", file};
  }
  const Done goes_on = (*recording)->go_on(*past);
  if (!goes_on) return goes_on.error();
  return Prepared{std::move(*scenario), std::move(*past), std::move(*recording)};
}

std::optional<Prepared> prepare_recorded(const ServeOptions& options, Console& console) {
  Result<Prepared> prepared = read_served_run(*options.resume, options.tls);
  if (prepared) return std::move(*prepared);
  console.complain(prepared.error());
  return std::nullopt;
}

std::optional<Prepared> prepare_lesson(const ServeOptions& options, Console& console) {
  auto scenario = load_lesson(options.lesson, console);
  if (!scenario) return std::nullopt;
  if (options.actions == Skip::Yes) world::leave_servers_only(*scenario);
  if (options.tls == world::OfferTls::Everywhere) world::offer_tls(*scenario);
  return Prepared{std::move(*scenario), {}, nullptr};
}

class Service {
 public:
  Service(const ServeOptions& options, world::Scenario scenario, Console& console)
      : options_(options),
        console_(console),
        run_(std::move(scenario), options.network,
             options.waits == Skip::Yes ? world::Waiting::IsSkipped : world::Waiting::InRealTime),
        live_text_(options.text) {}

  // The journal is that of the run to go on with, and of its recording; empty if a new one begins.
  ExitCode serve(journal::Journal past, std::unique_ptr<journal::RecordingWriter> recording) {
    recording_ = std::move(recording);
    if (const Error* trouble = run_.trouble()) {
      console_.complain(*trouble);
      return ExitCode::CannotListen;
    }
    if (const Done shown = show_given_certificate(); !shown) {
      console_.complain(shown.error());
      return ExitCode::BadInput;
    }
    if (options_.resume && !resume(std::move(past))) return ExitCode::BadInput;
    if (!start_recording() || !save_authority()) return ExitCode::CannotWrite;
    run_.network().catch_signals();  // whoever reads "Ready" may send one at once
    announce();
    while (goes_on()) {
      run_.go_on(end());
      tell_news();
    }
    run_.shut_down();
    tell_news();
    return conclude();
  }

 private:
  [[nodiscard]] std::optional<VirtualTime> end() {
    if (!options_.for_seconds) return std::nullopt;
    return VirtualTime{} + seconds(static_cast<std::int64_t>(*options_.for_seconds)) +
           run_.network().skipped();
  }

  [[nodiscard]] bool goes_on() {
    const auto until = end();
    return run_.trouble() == nullptr && !run_.is_full() && !run_.network().signal_was_caught() &&
           !recording_failed() && (!until || run_.network().now() < *until);
  }

  void announce() {
    if (const auto address = options_.network.listen_at) {
      console_.note(open_to_others_words(*address, options_.text.language), options_.text.language);
    }
    for (const world::HostSpec& host : run_.world().scenario().hosts) {
      if (!host.external || net::is_loopback(host.external->address)) continue;
      console_.note(reaches_out_words(*host.external, options_.text.language),
                    options_.text.language);
    }
    console_.print(how_to_call(run_.world(), run_.network().doors(), options_.text.language));
    console_.print(ready_words(options_.text.language));
    console_.flush();
  }

  // False: it cannot be taken up, and that was told.
  bool resume(journal::Journal past) {
    for (const journal::Event& event : past) live_text_.pass_over(event);
    told_ = past.size();
    const Done taken_up = run_.take_up(std::move(past));
    if (!taken_up) console_.complain(of_file(taken_up.error(), *options_.resume));
    return taken_up.ok();
  }

  Done show_given_certificate() {
    if (!options_.certificate) return done();
    const auto chain = world::load_file(options_.certificate->certificate, kMostPemOctets);
    if (!chain) return chain.error();
    const auto key = world::load_file(options_.certificate->key, kMostPemOctets);
    if (!key) return key.error();
    Done used =
        run_.world().issuer().use_given(std::string(chain->view()), std::string(key->view()));
    if (used) return used;
    Error why = used.error();
    why.file = options_.certificate->certificate + ", " + options_.certificate->key;
    return why;
  }

  // False: it cannot be written, and that was told.
  bool save_authority() {
    if (!options_.authority_file) return true;
    const Done written =
        write_file(*options_.authority_file, run_.world().issuer().authority_pem());
    if (!written) console_.complain(written.error());
    return written.ok();
  }

  // False: it cannot be recorded, and nobody said that this does not matter.
  bool start_recording() {
    if (options_.record) {
      auto writer =
          journal::RecordingWriter::create(options_.record->file, options_.record->existing);
      if (!writer) return goes_on_without(can_be_resumed(writer.error()));
      recording_ = std::move(*writer);
    }
    if (!recording_) return true;
    recording_->follow(run_.world().journal(), journal::Commits::BetweenSteps);
    run_.keep_in(*recording_, options_.keeping);
    const Done written = recording_->commit();
    return written || goes_on_without(written.error());
  }

  // Whoever gives the same command again after a crash wants to go on.
  [[nodiscard]] Error can_be_resumed(Error why) const {
    if (options_.record->existing == journal::Existing::Refuse &&
        journal::read_recording(options_.record->file)) {
      why.remedy = "go on with it: mailwalk serve --resume " + options_.record->file +
                   "; or choose another name, or replace it with --force";
    }
    return why;
  }

  [[nodiscard]] bool must_record() const {
    return !options_.record || options_.record->otherwise == Unrecorded::Stop;
  }

  bool goes_on_without(const Error& why) {
    if (must_record()) {
      console_.complain(why);
      return false;
    }
    console_.note(unrecorded_words(why, options_.text.language), options_.text.language);
    return true;
  }

  [[nodiscard]] bool recording_failed() const {
    return recording_ && recording_->error() != nullptr && must_record();
  }

  void tell_news() {
    const journal::Journal& journal = run_.world().journal();
    for (; told_ < journal.size(); ++told_) {
      const journal::Event& event = journal[EventPosition{told_}];
      if (options_.transcript == Print::Yes) console_.print(live_text_.tell(event));
    }
    console_.flush();
  }

  ExitCode conclude() {
    if (recording_) {
      const Done finished = recording_->finish();
      if (!finished && !goes_on_without(finished.error())) return ExitCode::CannotWrite;
    }
    if (const Error* trouble = run_.trouble()) {
      console_.complain(*trouble);
      return ExitCode::Internal;
    }
    if (run_.is_full()) {
      console_.complain(
          run_.octets() > world::LiveRun::kMostOctets
              ? "more than 2 GB went over the wire, and memory holds all of it; start anew"
              : "the run has as many events as memory may hold; start anew");
      return ExitCode::Internal;
    }
    return ExitCode::Ok;
  }

  const ServeOptions& options_;
  Console& console_;
  world::LiveRun run_;
  exporting::LiveText live_text_;
  std::unique_ptr<journal::RecordingWriter> recording_;
  std::uint64_t told_ = 0;  // events
};

}  // namespace

ExitCode serve_command(const ServeOptions& options, Console& console) {
  auto prepared =
      options.resume ? prepare_recorded(options, console) : prepare_lesson(options, console);
  if (!prepared) return ExitCode::BadInput;
  allow_many_connections();
  return Service(options, std::move(prepared->scenario), console)
      .serve(std::move(prepared->past), std::move(prepared->recording));
}

}  // namespace mailwalk::cli
