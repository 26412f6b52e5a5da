#include "gui/program.hpp"

#include <exception>
#include <memory>
#include <utility>
#include <variant>

#include "cli/serve_notes.hpp"
#include "gui/app.hpp"
#include "gui/assets.hpp"
#include "gui/lesson_list.hpp"
#include "gui/main_loop.hpp"
#include "gui/options.hpp"
#include "gui/window.hpp"

namespace mailwalk::gui {
namespace {

using cli::Console;
using cli::ExitCode;

Result<Languages> load_languages() {
  const auto folder = assets_folder() / "lang";
  auto english = Language::load(folder, exporting::Language::English);
  if (!english) return english.error();
  auto indonesian = Language::load(folder, exporting::Language::Indonesian);
  if (!indonesian) return indonesian.error();
  return Languages{std::move(*english), std::move(*indonesian)};
}

// As the person left them; for a picture always the same, so that it can be made again.
Settings initial_settings(const GuiOptions& options, Console& console) {
  Settings settings;
  if (!options.screenshot_file) {
    SettingsRead read = load_settings(settings_file());
    if (read.problem) {
      console.note("some settings cannot be used: " + read.problem->text());
    }
    settings = std::move(read.settings);
  }
  if (options.language) settings.language = *options.language;
  if (options.theme) settings.theme = *options.theme;
  if (options.size) {
    settings.window_width = options.size->width;
    settings.window_height = options.size->height;
  }
  return settings;
}

void keep_settings(const GuiOptions& options, const Settings& settings, Console& console) {
  const auto file = settings_file();
  if (options.screenshot_file || file.empty()) return;
  const Done kept = save_settings(settings, file);
  if (!kept) console.note(kept.error().text());
}

// The lesson that was named, or the first one.
Done open_first(App& app, const GuiOptions& options, const std::vector<LessonEntry>& lessons) {
  const std::string first = lessons.empty() ? std::string() : lessons.front().file;
  const std::string named = options.file.empty() ? first : options.file;
  if (named.empty()) return done();
  if (options.live) return app.go_live(named, *options.live);
  return app.begin_opening(named, options.at ? EventPosition{*options.at - 1} : kNoEvent);
}

void warn_if_open_to_others(const GuiOptions& options, Console& console) {
  if (!options.live || !options.live->listen_at) return;
  const auto language = options.language.value_or(exporting::Language::English);
  console.note(cli::open_to_others_words(*options.live->listen_at, language), language);
}

ExitCode show_window(const GuiOptions& options, Console& console) {
  auto languages = load_languages();
  if (!languages) {
    console.complain(languages.error());
    return ExitCode::Internal;
  }
  auto lessons = list_lessons();
  if (!lessons) console.note(lessons.error().text());
  const std::vector<LessonEntry> known = lessons ? *lessons : std::vector<LessonEntry>{};
  App app(initial_settings(options, console), std::move(*languages), known);
  app.set_mode(options.mode);
  app.set_sight(options.sight);
  const Done opened = open_first(app, options, known);
  if (!opened) {
    console.complain(opened.error());
    return ExitCode::BadInput;
  }
  warn_if_open_to_others(options, console);
  auto window =
      Window::open({app.settings().window_width, app.settings().window_height, "Mailwalk"});
  if (!window) {
    console.complain(window.error());
    return ExitCode::Internal;
  }
  const auto keep = [&](const Settings& settings) { keep_settings(options, settings, console); };
  return MainLoop(**window, app, options, console, keep).run();
}

ExitCode perform(const GuiOptions& options, Console& console) {
  return show_window(options, console);
}
ExitCode perform(const Answered& answered, Console& console) {
  if (answered.code == ExitCode::Ok) {
    console.print(answered.text);
  } else {
    console.complain(answered.text);
  }
  return answered.code;
}

}  // namespace

ExitCode run_program(int argc, const char* const* argv, Console& console) {
  ExitCode code = ExitCode::Internal;
  try {
    code = std::visit([&](const auto& options) { return perform(options, console); },
                      parse_command_line(argc, argv));
  } catch (const std::exception& exception) {
    // Of a library, or memory: our own code throws nothing.
    console.complain(exception.what());
  }
  const Done flushed = console.flush();
  if (flushed) return code;
  console.complain(flushed.error());
  return ExitCode::CannotWrite;
}

}  // namespace mailwalk::gui
