#include "cli/serve_command.hpp"

#include <sys/resource.h>

#include <memory>
#include <utility>

#include "cli/load_lesson.hpp"
#include "cli/run_notes.hpp"
#include "cli/serve_notes.hpp"
#include "cli/write_file.hpp"
#include "export/live_text.hpp"
#include "world/live_run.hpp"
#include "world/problems.hpp"
#include "world/scenario_load.hpp"
#include "world/scenario_overrides.hpp"

namespace mailwalk::cli {
namespace {

// The journal holds every octet that went over the wire, for as long as the run lasts.
constexpr std::uint64_t kMostOctets = 2'000'000'000;

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

std::optional<world::Scenario> prepare_served(const ServeOptions& options, Console& console) {
  auto scenario = load_lesson(options.lesson, console);
  if (scenario && options.tls == OfferTls::Everywhere) world::offer_tls(*scenario);
  if (scenario && options.actions == Skip::Yes) world::leave_servers_only(*scenario);
  return scenario;
}

class Service {
 public:
  Service(const ServeOptions& options, world::Scenario scenario, Console& console)
      : options_(options),
        console_(console),
        run_(std::move(scenario), options.network,
             options.waits == Skip::Yes ? world::Waiting::IsSkipped : world::Waiting::InRealTime),
        live_text_(options.text) {}

  ExitCode serve() {
    if (const Error* trouble = run_.trouble()) {
      console_.complain(*trouble);
      return ExitCode::CannotListen;
    }
    if (const Done shown = show_given_certificate(); !shown) {
      console_.complain(shown.error());
      return ExitCode::BadInput;
    }
    if (!start_recording() || !save_authority()) return ExitCode::CannotWrite;
    run_.network().catch_signals();  // before anybody is told that it is ready
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
    return run_.trouble() == nullptr && !run_.network().signal_was_caught() &&
           !recording_failed() && octets_ <= kMostOctets &&
           (!until || run_.network().now() < *until);
  }

  void announce() {
    if (const auto address = options_.network.listen_at) {
      console_.note(open_to_others_words(*address, options_.text.language), options_.text.language);
    }
    console_.print(how_to_call(run_.world(), run_.network().doors(), options_.text.language));
    console_.flush();
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

  bool save_authority() {
    if (!options_.authority_file) return true;
    const Done written =
        write_file(*options_.authority_file, run_.world().issuer().authority_pem());
    if (!written) console_.complain(written.error());
    return written.ok();
  }

  // False: it cannot be recorded, and nobody said that this does not matter.
  bool start_recording() {
    if (!options_.record) return true;
    auto writer =
        journal::RecordingWriter::create(options_.record->file, options_.record->existing);
    if (!writer) return goes_on_without(writer.error());
    recording_ = std::move(*writer);
    recording_->follow(run_.world().journal());
    return true;
  }

  bool goes_on_without(const Error& why) {
    if (options_.record->otherwise == Unrecorded::Stop) {
      console_.complain(why);
      return false;
    }
    console_.note(unrecorded_words(why, options_.text.language), options_.text.language);
    return true;
  }

  [[nodiscard]] bool recording_failed() const {
    return recording_ && recording_->error() != nullptr &&
           options_.record->otherwise == Unrecorded::Stop;
  }

  void tell_news() {
    const journal::Journal& journal = run_.world().journal();
    for (; told_ < journal.size(); ++told_) {
      const journal::Event& event = journal[EventPosition{told_}];
      if (const auto* sent = journal::payload_if<journal::BytesSent>(event)) {
        octets_ += sent->bytes.size();
      }
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
    if (octets_ > kMostOctets) {
      console_.complain(
          "more than 2 GB went over the wire, and memory holds all of it; start anew");
      return ExitCode::Internal;
    }
    return ExitCode::Ok;
  }

  const ServeOptions& options_;
  Console& console_;
  world::LiveRun run_;
  exporting::LiveText live_text_;
  std::unique_ptr<journal::RecordingWriter> recording_;
  std::uint64_t told_ = 0;    // events
  std::uint64_t octets_ = 0;  // that were sent in them
};

}  // namespace

ExitCode serve_command(const ServeOptions& options, Console& console) {
  auto scenario = prepare_served(options, console);
  if (!scenario) return ExitCode::BadInput;
  allow_many_connections();
  return Service(options, std::move(*scenario), console).serve();
}

}  // namespace mailwalk::cli
