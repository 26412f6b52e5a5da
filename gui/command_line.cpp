#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "gui/options.hpp"

namespace mailwalk::gui {
namespace {

constexpr const char* kExamples = R"(Examples:
  mailwalk-gui                                   the first lesson
  mailwalk-gui delete-mode --lang id             a lesson by its id, in Indonesian
  mailwalk-gui 3 --present                       as a class sees it
  mailwalk-gui my-lessons/spam --at 97           a lesson of your own, at its 97th event
  mailwalk-gui 1 --live                          served here, for telnet, curl and other mail programs
  mailwalk-gui 2 --play-keys "end" --size 1280x720 --screenshot end.png

Keys of --play-keys, divided by blanks: space, left, right, up, down, home, end, pageup, pagedown,
tab, enter, escape, f11, or any character; with ctrl+, alt+ or shift+ before it.

Exit codes:
  0  all went well
  2  the command line is wrong
  3  a lesson cannot be read, or has mistakes
  4  a file cannot be written
  5  a fault of Mailwalk itself, or there is no screen

Environment:
  MAILWALK_LESSONS  the folder with the lessons
  XDG_CONFIG_HOME   the folder in which mailwalk/settings.toml is kept)";

const std::map<std::string, exporting::Language> kLanguages{
    {"en", exporting::Language::English}, {"id", exporting::Language::Indonesian}};
const std::map<std::string, ThemeName> kThemes{{"light", ThemeName::Light},
                                               {"dark", ThemeName::Dark}};

template <class T>
CLI::Validator one_of(const std::map<std::string, T>& words) {
  std::vector<std::string> known;
  for (const auto& [word, value] : words) known.push_back(word);
  return CLI::IsMember(known);
}

// "1280x720".
std::optional<WindowSize> parse_size(const std::string& text) {
  const std::size_t cross = text.find('x');
  if (cross == std::string::npos) return std::nullopt;
  const auto width = ascii::parse_number(text.substr(0, cross));
  const auto height = ascii::parse_number(text.substr(cross + 1));
  const auto fits = [](const auto& n, std::uint64_t low) { return n && *n >= low && *n <= 16'384; };
  if (!fits(width, 320) || !fits(height, 200)) return std::nullopt;
  return WindowSize{static_cast<int>(*width), static_cast<int>(*height)};
}

// "97": counted from 1, as the window shows it.
std::optional<std::uint64_t> parse_event_number(const std::string& text) {
  const auto number = ascii::parse_number(text);
  return number && *number > 0 ? std::optional<std::uint64_t>(*number) : std::nullopt;
}

// "25=2525": a port of the lesson, and where it is here; 0 is any that is free.
std::optional<std::pair<Port, Port>> parse_port_pair(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return std::nullopt;
  const auto lesson = ascii::parse_number(text.substr(0, equals));
  const auto here = ascii::parse_number(text.substr(equals + 1));
  constexpr std::uint64_t kMost = 65'535;
  if (!lesson || !here || *lesson == 0 || *lesson > kMost || *here > kMost) return std::nullopt;
  return std::pair{Port{static_cast<std::uint16_t>(*lesson)},
                   Port{static_cast<std::uint16_t>(*here)}};
}

struct Words {
  std::string at, language, theme, size, strokes, screenshot, report, listen;
  std::vector<std::string> ports;
  float scale = 1;
  bool present = false;
  bool live = false;
  bool wire = false;
};

void add_live_options(CLI::App& app, Words& words) {
  CLI::Option* live = app.add_flag(
      "--live", words.live, "serve the lesson on real TCP: other mail programs can take part");
  app.add_option("--port", words.ports, "with --live: where a port of the lesson is")
      ->check([](const std::string& text) {
        return parse_port_pair(text)
                   ? std::string()
                   : std::string("expected a port of the lesson, = and a port: 25=2525");
      })
      ->option_text("N=M")
      ->needs(live);
  app.add_option("--listen", words.listen, "with --live: let others call this computer as well")
      ->check([](const std::string& text) {
        return IpAddress::parse(text) ? std::string()
                                      : std::string("expected an address of this computer");
      })
      ->option_text("ADDRESS")
      ->needs(live);
}

std::optional<net::TcpOptions> live_options(const Words& words) {
  if (!words.live) return std::nullopt;
  net::TcpOptions options;
  for (const std::string& port : words.ports) {
    const auto pair = parse_port_pair(port);
    options.ports[pair->first] = pair->second;
  }
  if (!words.listen.empty()) options.listen_at = IpAddress::parse(words.listen);
  return options;
}

void add_options(CLI::App& app, GuiOptions& options, Words& words) {
  app.add_option("FILE", options.file, "a lesson: id, number, folder or file; or a recording");
  app.add_option("--at", words.at, "go to this event, counted from 1")
      ->check([](const std::string& text) {
        return parse_event_number(text) ? std::string()
                                        : std::string("expected the number of an event, from 1");
      })
      ->option_text("N");
  app.add_option("--lang", words.language, "language of what is not protocol")
      ->check(one_of(kLanguages))
      ->option_text("en|id");
  app.add_flag("--present", words.present, "only the stage, in large type");
  app.add_flag("--wire", words.wire, "of what is encrypted, what somebody sees who reads along");
  app.add_option("--theme", words.theme, "colours for daylight or a dark room")
      ->check(one_of(kThemes))
      ->option_text("light|dark");
  app.add_option("--size", words.size, "of the window")
      ->check([](const std::string& text) {
        return parse_size(text) ? std::string() : "expected a size such as 1280x720";
      })
      ->option_text("WxH");
  app.add_option("--scale", words.scale, "of everything, instead of the screen's own")
      ->check(CLI::Range(0.5F, 4.0F))
      ->option_text("X");
  app.add_option("--play-keys", words.strokes, "press these keys, one after the other")
      ->option_text("KEYS");
  app.add_option("--screenshot", words.screenshot,
                 "write a picture once nothing moves, and leave; settings are not used")
      ->option_text("OUT.png");
  app.add_option("--report", words.report,
                 "write what is shown, as JSON, whenever it comes to rest")
      ->option_text("FILE");
  add_live_options(app, words);
}

Answered wrong(const std::string& what) {
  return {what + "\nTry: mailwalk-gui --help\n", cli::ExitCode::Usage};
}

std::variant<GuiOptions, Answered> take(const CLI::App& app, GuiOptions options,
                                        const Words& words) {
  const auto given = [&](const char* name) { return app.count(name) > 0; };
  if (given("--at")) options.at = parse_event_number(words.at);
  if (given("--lang")) options.language = kLanguages.at(words.language);
  if (given("--theme")) options.theme = kThemes.at(words.theme);
  if (given("--size")) options.size = parse_size(words.size);
  if (given("--scale")) options.scale = words.scale;
  options.live = live_options(words);
  if (words.present) options.mode = Mode::Present;
  if (words.wire) options.sight = exporting::Sight::Eavesdropper;
  if (given("--screenshot")) options.screenshot_file = words.screenshot;
  if (given("--report")) options.report_file = words.report;
  auto strokes = parse_strokes(words.strokes);
  if (!strokes) return wrong("--play-keys: " + strokes.error().text());
  options.strokes = std::move(*strokes);
  return options;
}

}  // namespace

std::variant<GuiOptions, Answered> parse_command_line(int argc, const char* const* argv) {
  CLI::App app("Mailwalk's window: watch mail travel, step by step.", "mailwalk-gui");
  app.set_version_flag("--version", "mailwalk-gui " MAILWALK_VERSION);
  app.footer(kExamples);
  GuiOptions options;
  Words words;
  add_options(app, options, words);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    return Answered{std::string(version.what()) + "\n", cli::ExitCode::Ok};
  } catch (const CLI::Success&) {
    return Answered{app.help(), cli::ExitCode::Ok};
  } catch (const CLI::ParseError& error) {
    return wrong(error.what());
  }
  return take(app, std::move(options), words);
}

}  // namespace mailwalk::gui
