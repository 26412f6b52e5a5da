#include "cli/diff_command.hpp"

#include "export/comparison_text.hpp"
#include "journal/comparison.hpp"
#include "journal/recording_reader.hpp"

namespace mailwalk::cli {

ExitCode diff_command(const DiffOptions& options, Console& console) {
  const Result<journal::Journal> left = journal::read_recording(options.left);
  const Result<journal::Journal> right = journal::read_recording(options.right);
  for (const auto* journal : {&left, &right}) {
    if (!*journal) console.complain(journal->error());
  }
  if (!left || !right) return ExitCode::BadInput;
  console.print(
      exporting::comparison_text(*left, *right, {options.left, options.right}, options.language));
  const journal::Divergence divergence = journal::find_divergence(*left, *right);
  return divergence.how == journal::Parting::Never ? ExitCode::Ok : ExitCode::Different;
}

}  // namespace mailwalk::cli
