#include "cli/show_command.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>

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

void show_all(const ShowOptions& options, const journal::Journal& journal, Console& console) {
  exporting::TextOptions text = options.text;
  if (console.shows_colours()) text.colour = exporting::Colour::Ansi;
  console.print(exporting::text_transcript(journal, text));
}

ExitCode show_moment(std::uint64_t at, exporting::Language language,
                     const journal::Journal& journal, Console& console) {
  if (at >= journal.size()) {
    console.complain(
        fmt::format("there is no event {}; the last one is {}", at, journal.size() - 1));
    return ExitCode::Usage;
  }
  journal::WorldView before;
  while (before.events < at) {
    journal::advance(before, journal[EventPosition{before.events}]);
  }
  const journal::Event& event = journal[EventPosition{at}];
  const journal::WorldView after = journal::apply(before, event);
  const exporting::Narrator narrator(language);
  console.print(narrator.format("Event {} (of 0 to {})\n", "Kejadian {} (dari 0 sampai {})\n", at,
                                journal.size() - 1),
                Colour::Bold);
  console.print(exporting::event_words({event, before, after}, narrator) + "\n\n");
  console.print(exporting::situation_text(after, language));
  return ExitCode::Ok;
}

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

}  // namespace

ExitCode show_command(const ShowOptions& options, Console& console) {
  const Result<journal::Journal> journal = journal::read_recording(options.file);
  if (!journal) {
    console.complain(journal.error());
    return ExitCode::BadInput;
  }
  if (journal->empty()) {
    console.complain(Error{"nothing was recorded in it", {}, options.file});
    return ExitCode::BadInput;
  }
  ExitCode code = ExitCode::Ok;
  if (options.at) {
    code = show_moment(*options.at, options.text.language, *journal, console);
  } else if (options.letter) {
    code = show_letter(*options.letter, options.text.language, *journal, console);
  } else {
    show_all(options, *journal, console);
  }
  if (code == ExitCode::Ok && options.fingerprint == Print::Yes) {
    console.print(fmt::format("fingerprint {}\n", journal->fingerprint()));
  }
  return code;
}

}  // namespace mailwalk::cli
