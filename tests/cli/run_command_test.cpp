#include <string>
#include <vector>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"

using namespace mailwalk::test;

namespace {

const std::string kLessons = MAILWALK_SOURCE_DIR "/lessons";

std::string fingerprint_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  arguments.push_back("--fingerprint");
  const ProgramRun run = run_mailwalk(arguments);
  REQUIRE(run.code == 0);
  const std::string label = "\nfingerprint ";
  const std::size_t at = run.out.rfind(label);
  REQUIRE(at != std::string::npos);
  const std::string line = run.out.substr(at + label.size());
  REQUIRE(line.size() == 17);  // it is the last line
  return line;
}

}  // namespace

TEST_CASE("The transcripts of the lessons are as they were looked at", "[cli][run][golden]") {
  for (const std::string lesson :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    for (const std::string language : {"en", "id"}) {
      INFO(lesson << " in " << language);
      const ProgramRun run = run_mailwalk({"run", lesson, "--lang", language});
      CHECK(run.code == 0);
      CHECK(run.err.empty());
      CHECK(golden_difference("cli/golden/" + lesson + "." + language + ".txt", run.out) == "");
    }
  }
}

TEST_CASE("What README shows of the second lesson is what the second lesson prints", "[cli][run]") {
  const std::string readme = read_text(MAILWALK_SOURCE_DIR "/README.md");
  const std::string begin = "```text\n", end = "```\n";
  const std::size_t from = readme.find(begin);
  REQUIRE(from != std::string::npos);
  const std::size_t until = readme.find(end, from + begin.size());
  REQUIRE(until != std::string::npos);
  const std::string excerpt = readme.substr(from + begin.size(), until - from - begin.size());
  CHECK_THAT(run_mailwalk({"run", "2"}).out, ContainsSubstring(excerpt));
}

// The golden file holds for every compiler, at every level of optimisation. Of lessons with TLS it
// would hold for one version of OpenSSL.
TEST_CASE("Every lesson has the same fingerprint on every machine", "[cli][run][golden]") {
  std::string fingerprints;
  for (const std::string lesson : {"whole-journey", "delete-mode", "keep-mode", "logging-in"}) {
    fingerprints += lesson + " " + fingerprint_of({lesson});
  }
  CHECK(golden_difference("cli/golden/fingerprints.txt", fingerprints) == "");
}

TEST_CASE("The same lesson and seed give the same run, another seed another", "[cli][run]") {
  for (const std::string lesson :
       {"whole-journey", "delete-mode", "keep-mode", "reading-along", "logging-in"}) {
    INFO(lesson);
    const std::string first = fingerprint_of({lesson});
    CHECK(fingerprint_of({lesson}) == first);
    CHECK(fingerprint_of({lesson, "--seed", "12345"}) != first);
    CHECK(fingerprint_of({lesson, "--seed", "12345"}) == fingerprint_of({lesson, "--seed=12345"}));
  }
}

TEST_CASE("A number and an id name the same run", "[cli][run]") {
  CHECK(fingerprint_of({"1"}) == fingerprint_of({"whole-journey"}));
  CHECK(fingerprint_of({"3"}) == fingerprint_of({"keep-mode"}));
}

TEST_CASE("With --wire a transcript shows what somebody on the line sees", "[cli][run]") {
  const std::string plain = run_mailwalk({"run", "reading-along"}).out;
  const std::string wire = run_mailwalk({"run", "reading-along", "--wire"}).out;
  CHECK_THAT(plain, ContainsSubstring("C tls: MAIL FROM:<ani@kampus.example>"));
  CHECK_THAT(wire, !ContainsSubstring("C tls: MAIL FROM:"));
  CHECK_THAT(wire, ContainsSubstring("C: MAIL FROM:<ani@kampus.example>"));
  CHECK_THAT(wire, ContainsSubstring("handshake: ClientHello, TLS 1.3, TLS 1.2; for "));
  CHECK_THAT(wire, ContainsSubstring("handshake: ServerHello, TLS 1.3, TLS_AES_128_GCM_SHA256"));
  CHECK_THAT(run_mailwalk({"run", "reading-along", "--wire", "--lang", "id"}).out,
             ContainsSubstring(" oktet, terenkripsi"));
  CHECK(run_mailwalk({"run", "1", "--wire"}).out == run_mailwalk({"run", "1"}).out);
}

TEST_CASE("How a run is shown does not change it", "[cli][run]") {
  const std::string plain = fingerprint_of({"1"});
  CHECK(fingerprint_of({"1", "--lang", "id", "--show-crlf", "--show-passwords", "--full"}) ==
        plain);
}

TEST_CASE("Passwords are masked unless they are asked for", "[cli][run]") {
  const ProgramRun masked = run_mailwalk({"run", "1"});
  CHECK(masked.out.find("kopi-tubruk") == std::string::npos);
  CHECK_THAT(masked.out, ContainsSubstring("PASS "));
  const ProgramRun shown = run_mailwalk({"run", "1", "--show-passwords"});
  CHECK_THAT(shown.out, ContainsSubstring("PASS kopi-tubruk"));
}

TEST_CASE("Ends of lines are shown if they are asked for", "[cli][run]") {
  CHECK(run_mailwalk({"run", "1"}).out.find("␍␊") == std::string::npos);
  CHECK_THAT(run_mailwalk({"run", "1", "--show-crlf"}).out, ContainsSubstring("QUIT␍␊"));
}

TEST_CASE("The option --mode sets every device for the whole run", "[cli][run]") {
  CHECK(run_mailwalk({"run", "keep-mode"}).out.find("DELE 1") == std::string::npos);
  CHECK_THAT(run_mailwalk({"run", "keep-mode", "--mode", "delete"}).out,
             ContainsSubstring("DELE 1"));
  CHECK(run_mailwalk({"run", "delete-mode", "--mode", "keep"}).out.find("DELE 1") ==
        std::string::npos);
}

TEST_CASE("The option --export writes what is printed", "[cli][run]") {
  const TemporaryFolder folder;
  const ProgramRun run =
      run_mailwalk({"run", "1", "--lang", "id", "--fingerprint", "--export", folder / "run.TXT"});
  CHECK(run.code == 0);
  const std::string exported = read_text(folder / "run.TXT");
  CHECK_FALSE(exported.empty());
  CHECK(run.out.substr(0, exported.size()) == exported);
  CHECK(run.out.substr(exported.size()).find("fingerprint ") == 0);
}

TEST_CASE("Mail that does not arrive is told by the exit code", "[cli][run]") {
  const TemporaryFolder folder;
  const std::string lesson = read_text(kLessons + "/whole-journey/lesson.toml");
  const std::string known = "to = \"budi@kantor.example\"";
  const auto with = [&](const std::string& to, const std::string& more) {
    std::string changed = lesson;
    changed.replace(changed.find(known), known.size(), to);
    write_text(folder / "lesson.toml", changed + more);
    return run_mailwalk({"run", folder.path().string()});
  };
  const ProgramRun unknown_user = with("to = \"eka@kantor.example\"", "");
  CHECK(unknown_user.code == 1);
  CHECK_THAT(unknown_user.err, ContainsSubstring("not everything arrived"));
  CHECK_FALSE(unknown_user.out.empty());
  const ProgramRun unknown_domain = with("to = \"eka@nowhere.example\"", "");
  CHECK(unknown_domain.code == 1);
  CHECK(with(known, "").code == 0);
}
