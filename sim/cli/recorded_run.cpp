#include "cli/recorded_run.hpp"

#include "cli/run_notes.hpp"

namespace mailwalk::cli {
namespace {

// It cannot be recorded from here on: tells why, and goes on without if that is wanted.
RunEnd go_on_unrecorded(world::World& world, const RecordOptions& options, const Error& why,
                        exporting::Language language, Console& console) {
  if (options.otherwise == Unrecorded::Stop) {
    console.complain(why);
    return RunEnd::Stopped;
  }
  console.note(unrecorded_words(why, language), language);
  world.run();
  return RunEnd::Over;
}

}  // namespace

RunEnd run_recorded(world::World& world, const RecordOptions& options, exporting::Language language,
                    Console& console) {
  auto writer = journal::RecordingWriter::create(options.file, options.existing);
  if (!writer) return go_on_unrecorded(world, options, writer.error(), language, console);
  (*writer)->follow(world.journal());
  while ((*writer)->error() == nullptr && world.step()) {
  }
  const Done finished = (*writer)->finish();
  if (!finished) return go_on_unrecorded(world, options, finished.error(), language, console);
  return RunEnd::Over;
}

}  // namespace mailwalk::cli
