// Scenario files: any text is a scenario, or comes with errors that say what is wrong and where.
#include "tests/fuzz/fuzzing.hpp"
#include "world/scenario_file.hpp"

using namespace mailwalk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  const auto read_mail = [](const std::string&) -> Result<Bytes> {
    return Bytes(std::string("Subject: one\r\n\r\nHello.\r\n"));
  };
  const world::ScenarioResult result = world::parse_scenario(input, "lesson.toml", read_mail);
  fuzz::require(result.ok() == result.errors().empty(), "there is a scenario or an error");
  for (const Error& error : result.errors()) {
    fuzz::require(!error.what.empty(), "an error says what is wrong");
    fuzz::require(error.file == "lesson.toml", "an error names the file");
    fuzz::require(error.line >= 0 && error.column >= 0, "an error has a place, or none");
  }
  return 0;
}
