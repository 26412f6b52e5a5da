#include "cli/run_command.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/ascii.hpp"
#include "cli/kept_mail.hpp"
#include "cli/load_lesson.hpp"
#include "cli/mail_file.hpp"
#include "cli/recorded_run.hpp"
#include "cli/run_notes.hpp"
#include "cli/undelivered.hpp"
#include "cli/write_file.hpp"
#include "journal/reducer.hpp"
#include "world/problems.hpp"
#include "world/scenario_overrides.hpp"
#include "world/suggest.hpp"
#include "world/world.hpp"

namespace mailwalk::cli {
namespace {

// ---- Before the run --------------------------------------------------------------------------

// The endings that --export knows.
constexpr std::array<std::string_view, 1> kExportEndings{".txt"};

Done check_export(const std::string& file) {
  const std::string ending = ascii::to_lower(std::filesystem::path(file).extension().string());
  for (const std::string_view known : kExportEndings) {
    if (ending == known) return done();
  }
  const std::string what = ending.empty()
                               ? fmt::format("{} has no ending", world::in_quotes(file))
                               : fmt::format("there is no export to {}", world::in_quotes(ending));
  return world::make_error(what,
                           fmt::format("the endings are: {}", fmt::join(kExportEndings, ", ")));
}

// Whether two names are the same file's, also if there is none yet.
bool is_same_file(const std::string& a, const std::string& b) {
  const auto canonical = [](const std::string& name) {
    std::error_code ignored;
    return std::filesystem::weakly_canonical(std::filesystem::absolute(name, ignored), ignored);
  };
  return canonical(a) == canonical(b);
}

ExitCode check_export_target(const RunOptions& options, Console& console) {
  Done good = check_export(*options.export_file);
  if (good && options.record && is_same_file(*options.export_file, options.record->file)) {
    good = world::make_error("--export and --record name the same file", "choose two names");
  }
  if (!good) {
    console.complain(good.error());
    return ExitCode::Usage;
  }
  const Done writable = check_writable(*options.export_file);
  if (writable) return ExitCode::Ok;
  console.complain(writable.error());
  return ExitCode::CannotWrite;
}

// Everything that can be refused before a long run is. Ok if there is nothing to refuse.
ExitCode check_targets(const RunOptions& options, Console& console) {
  if (options.export_file) {
    const ExitCode code = check_export_target(options, console);
    if (code != ExitCode::Ok) return code;
  }
  if (options.save_mail_folder) {
    const Done empty = make_empty_folder(*options.save_mail_folder);
    if (!empty) {
      console.complain(empty.error());
      return ExitCode::CannotWrite;
    }
  }
  return ExitCode::Ok;
}

bool put_mail(const std::string& file, world::Scenario& scenario, exporting::Language language,
              Console& console) {
  const Result<MailFile> mail = read_mail_file(file);
  if (!mail) {
    console.complain(mail.error());
    return false;
  }
  if (mail->lines_changed > 0) {
    console.note(lines_changed_words(file, mail->lines_changed, language), language);
  }
  const Done replaced = world::replace_mail(scenario, mail->content);
  if (!replaced) console.complain(replaced.error());
  return replaced.ok();
}

// The lesson as the options change it.
std::optional<world::Scenario> prepare(const RunOptions& options, Console& console) {
  auto scenario = load_lesson(options.lesson, console);
  if (!scenario) return std::nullopt;
  if (options.seed) scenario->seed = *options.seed;
  if (options.mode) world::override_mode(*scenario, *options.mode);
  const bool good =
      !options.mail_file || put_mail(*options.mail_file, *scenario, options.text.language, console);
  if (!good) return std::nullopt;
  return scenario;
}

// ---- After it --------------------------------------------------------------------------------

void print_run(const RunOptions& options, const journal::Journal& journal, Console& console) {
  exporting::TextOptions text = options.text;
  if (console.shows_colours()) text.colour = exporting::Colour::Ansi;
  console.print(exporting::text_transcript(journal, text));
  if (options.fingerprint == Print::Yes) {
    console.print(fmt::format("fingerprint {}\n", journal.fingerprint()));
  }
}

Done write_results(const RunOptions& options, const journal::Journal& journal,
                   const journal::WorldView& view) {
  if (options.export_file) {
    const Done written =
        write_file(*options.export_file, exporting::text_transcript(journal, options.text));
    if (!written) return written;
  }
  if (options.save_mail_folder) return save_mail(kept_mail(view), *options.save_mail_folder);
  return done();
}

}  // namespace

ExitCode run_command(const RunOptions& options, Console& console) {
  auto scenario = prepare(options, console);
  if (!scenario) return ExitCode::BadInput;
  const ExitCode targets = check_targets(options, console);  // makes a folder: not for no lesson
  if (targets != ExitCode::Ok) return targets;
  for (const world::HostSpec& host : scenario->hosts) {
    if (!host.external) continue;
    console.note(only_served_words(host.name, options.text.language), options.text.language);
  }

  world::World world(std::move(*scenario));
  if (!options.record) {
    world.run();
  } else if (run_recorded(world, *options.record, options.text.language, console) ==
             RunEnd::Stopped) {
    return ExitCode::CannotWrite;
  }
  if (world.trouble()) console.complain(*world.trouble());
  const journal::WorldView view = journal::view_at_end(world.journal());

  print_run(options, world.journal(), console);
  const Done written = write_results(options, world.journal(), view);
  if (!written) {
    console.complain(written.error());
    return ExitCode::CannotWrite;
  }
  if (world.trouble()) return ExitCode::BadInput;
  const Undelivered undelivered = count_undelivered(world.journal(), view);
  if (!undelivered.any()) return ExitCode::Ok;
  console.note(undelivered_words(undelivered, options.text.language), options.text.language);
  return ExitCode::NotDelivered;
}

}  // namespace mailwalk::cli
