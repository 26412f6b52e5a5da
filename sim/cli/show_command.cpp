#include "cli/show_command.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "export/event_words.hpp"
#include "export/journey.hpp"
#include "export/narrator.hpp"
#include "export/situation.hpp"
#include "export/text.hpp"
#include "journal/recording_reader.hpp"
#include "journal/reducer.hpp"
#include "world/problems.hpp"

namespace mailwalk::cli {
namespace {

Error nothing_recorded(const std::string& file) {
  return {"nothing was recorded in it", {}, file};
}

void show_all(const ShowOptions& options, const journal::Journal& journal, Console& console) {
  exporting::TextOptions text = options.text;
  if (console.shows_colours()) text.colour = exporting::Colour::Ansi;
  console.print(exporting::text_transcript(journal, text));
}

void print_fingerprint(const ShowOptions& options, const std::string& fingerprint,
                       Console& console) {
  if (options.fingerprint == Print::Yes) console.print("fingerprint " + fingerprint + "\n");
}

// ---- One moment ------------------------------------------------------------------------------

struct Moment {
  journal::WorldView before;
  std::optional<journal::Event> event;  // none: the recording has not so many
  std::uint64_t events = 0;             // of the whole recording
};

// Keeps no event but the one: a long recording takes little more memory than its mails.
Result<Moment> read_moment(journal::RecordingReader& reader, std::uint64_t at) {
  Moment moment;
  for (;; ++moment.events) {
    Result<std::optional<journal::Event>> next = reader.next();
    if (!next) return next.error();
    if (!*next) return moment;
    if (moment.events < at) journal::advance(moment.before, **next);
    if (moment.events == at) moment.event = std::move(**next);
  }
}

ExitCode show_moment(const ShowOptions& options, journal::RecordingReader& reader,
                     Console& console) {
  const std::uint64_t at = *options.at;
  const Result<Moment> moment = read_moment(reader, at);
  if (!moment || moment->events == 0) {
    console.complain(moment ? nothing_recorded(options.file) : moment.error());
    return ExitCode::BadInput;
  }
  const std::uint64_t last = moment->events - 1;
  if (!moment->event) {
    console.complain(fmt::format("there is no event {}; the last one is {}", at, last));
    return ExitCode::Usage;
  }
  const journal::Event& event = *moment->event;
  const journal::WorldView after = journal::apply(moment->before, event);
  const exporting::Narrator narrator(options.text.language);
  console.print(
      narrator.format("Event {} (of 0 to {})\n", "Kejadian {} (dari 0 sampai {})\n", at, last),
      Colour::Bold);
  console.print(exporting::event_words({event, moment->before, after}, narrator) + "\n\n");
  console.print(exporting::situation_text(after, options.text.language));
  print_fingerprint(options, reader.fingerprint(), console);
  return ExitCode::Ok;
}

// ---- All of it, or one letter ----------------------------------------------------------------

ExitCode show_letter(const std::string& name, exporting::Language language,
                     const journal::Journal& journal, Console& console) {
  const journal::WorldView end = journal::view_at_end(journal);
  const auto letter = exporting::find_letter(end, name);
  if (!letter) {
    console.complain(world::make_error(
        fmt::format("there is no letter {}", world::in_quotes(name)),
        end.letters.empty() ? "nobody wrote one"
                            : fmt::format("the letters are A to {}",
                                          journal::letter_name(end.letters.back().value->number))));
    return ExitCode::Usage;
  }
  console.print(exporting::journey_text(journal, *letter, language));
  return ExitCode::Ok;
}

ExitCode show_run(const ShowOptions& options, journal::RecordingReader& reader, Console& console) {
  const Result<journal::Journal> journal = journal::read_all(reader);
  if (!journal || journal->empty()) {
    console.complain(journal ? nothing_recorded(options.file) : journal.error());
    return ExitCode::BadInput;
  }
  ExitCode code = ExitCode::Ok;
  if (options.letter) {
    code = show_letter(*options.letter, options.text.language, *journal, console);
  } else {
    show_all(options, *journal, console);
  }
  if (code == ExitCode::Ok) print_fingerprint(options, reader.fingerprint(), console);
  return code;
}

}  // namespace

ExitCode show_command(const ShowOptions& options, Console& console) {
  Result<journal::RecordingReader> reader = journal::RecordingReader::open(options.file);
  if (!reader) {
    console.complain(reader.error());
    return ExitCode::BadInput;
  }
  return options.at ? show_moment(options, *reader, console) : show_run(options, *reader, console);
}

}  // namespace mailwalk::cli
