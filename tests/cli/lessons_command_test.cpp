// mailwalk list and check, and how lessons are found.
#include <filesystem>
#include <string>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk::test;

namespace {

const std::string kLessonFiles = MAILWALK_SOURCE_DIR "/lessons";

std::string lesson_text(const std::string& id, const std::string& more_of_lesson = {}) {
  return "[lesson]\nid = \"" + id + "\"\n" + more_of_lesson +
         "[[host]]\nname = \"ns.example\"\nroles = [\"names\"]\n";
}

}  // namespace

TEST_CASE("The lessons that come along are listed in their order", "[cli][list]") {
  const ProgramRun english = run_mailwalk({"list"});
  CHECK(english.code == 0);
  CHECK(english.err.empty());
  CHECK(english.out.find("  1  whole-journey  A letter's whole journey\n") == 0);
  CHECK_THAT(english.out, ContainsSubstring("\n  2  delete-mode    Delete mode\n"));
  CHECK_THAT(english.out, ContainsSubstring("\n  3  keep-mode      Keep mode, two devices\n"));
  const ProgramRun indonesian = run_mailwalk({"list", "--lang", "id"});
  CHECK_THAT(indonesian.out, ContainsSubstring("Perjalanan sepucuk surat\n"));
}

TEST_CASE("MAILWALK_LESSONS names another folder of lessons", "[cli][list]") {
  const TemporaryFolder folder;
  write_text(folder / "zebra/lesson.toml", lesson_text("zebra"));
  write_text(folder / "apple/lesson.toml", lesson_text("apple", "order = 20\n"));
  write_text(folder / "notes.txt", "no lesson");
  const std::string setting = "MAILWALK_LESSONS=" + folder.path().string();
  const ProgramRun list = run_mailwalk({"list"}, {setting});
  CHECK(list.code == 0);
  CHECK(list.out == " 20  apple  apple\n     zebra  zebra\n");
  CHECK(run_mailwalk({"check", "apple", "20"}, {setting}).code == 0);
  CHECK(run_mailwalk({"check", "whole-journey"}, {setting}).code == 3);

  const ProgramRun nowhere = run_mailwalk({"list"}, {"MAILWALK_LESSONS=" + (folder / "nowhere")});
  CHECK(nowhere.code == 3);
  CHECK_THAT(nowhere.err, ContainsSubstring("cannot be read"));
  CHECK_THAT(nowhere.err, ContainsSubstring("MAILWALK_LESSONS"));
}

TEST_CASE("An installed program finds the lessons that were installed with it", "[cli][list]") {
  const TemporaryFolder folder;
  write_text(folder / "share/mailwalk/lessons/here/lesson.toml", lesson_text("here"));
  std::filesystem::create_directories(folder / "bin");
  std::filesystem::copy_file(MAILWALK_PROGRAM, folder / "bin/mailwalk");
  const std::string out = folder / "out";
  CHECK(run_shell("env -u MAILWALK_LESSONS '" + (folder / "bin/mailwalk") + "' list > '" + out +
                  "'") == 0);
  CHECK(read_text(out) == "     here  here\n");
}

TEST_CASE("A lesson with mistakes does not hide the others", "[cli][list]") {
  const TemporaryFolder folder;
  write_text(folder / "bad/lesson.toml", "[lesson\n");
  write_text(folder / "good/lesson.toml", lesson_text("good"));
  const ProgramRun list = run_mailwalk({"list"}, {"MAILWALK_LESSONS=" + folder.path().string()});
  CHECK(list.code == 3);
  CHECK_THAT(list.out, ContainsSubstring("good"));
  CHECK_THAT(list.err, ContainsSubstring("bad/lesson.toml:1:8: this is not TOML"));
}

TEST_CASE("Lessons are found by id, number, folder and file", "[cli][check]") {
  for (const std::string& lesson :
       {std::string("whole-journey"), std::string("1"), kLessonFiles + "/whole-journey",
        kLessonFiles + "/whole-journey/", kLessonFiles + "/whole-journey/lesson.toml"}) {
    INFO(lesson);
    const ProgramRun check = run_mailwalk({"check", lesson});
    CHECK(check.code == 0);
    CHECK(check.out == "ok  whole-journey: 5 machines, 3 events, 2 gates\n");
    CHECK(check.err.empty());
  }
}

TEST_CASE("A lesson that is not there is told with the nearest", "[cli][check]") {
  struct Case {
    std::string lesson;
    const char* complaint;
  };
  const Case cases[] = {
      {"whole-jurney", "there is no lesson \"whole-jurney\"; did you mean \"whole-journey\"?"},
      {"deletemode", "did you mean \"delete-mode\"?"},
      {"xyz", "known are: delete-mode, keep-mode, logging-in, reading-along, whole-journey"},
      {"99", "there is no lesson 99; `mailwalk list` shows the numbers"},
      {kLessonFiles, "holds no lesson; a lesson's folder has a file lesson.toml"},
      {"no/such/folder", "there is no lesson \"no/such/folder\""},
      {"x.toml", "there is no lesson \"x.toml\""},
      {"", "there is no lesson \"\""},
  };
  for (const Case& c : cases) {
    INFO(c.lesson);
    const ProgramRun check = run_mailwalk({"check", c.lesson});
    CHECK(check.code == 3);
    CHECK_THAT(check.err, ContainsSubstring(c.complaint));
    CHECK(run_mailwalk({"run", c.lesson}).code == 3);
  }
}

TEST_CASE("Every mistake of a lesson is told with its place", "[cli][check]") {
  const TemporaryFolder folder;
  write_text(folder / "mine/lesson.toml", lesson_text("mine", "odrer = 1\n") +
                                              "[[event]]\nat = \"1 m\"\npoll = {device = \"x\"}\n");
  const ProgramRun check = run_mailwalk({"check", folder / "mine", "keep-mode"});
  CHECK(check.code == 3);
  CHECK_THAT(check.err,
             ContainsSubstring("mine/lesson.toml:3:1: [lesson] has no \"odrer\"; did you "
                               "mean \"order\"?\n"));
  CHECK_THAT(check.err,
             ContainsSubstring("mine/lesson.toml:8:6: \"m\" is not a unit of a duration"));
  CHECK_THAT(check.err, ContainsSubstring("mine/lesson.toml:9:18: device is \"x\""));
  CHECK_THAT(check.out, ContainsSubstring("ok  keep-mode"));
}

TEST_CASE("check plays a lesson and tells of a gate that never comes", "[cli][check]") {
  const TemporaryFolder folder;
  const auto gate = [](const char* verb) {
    return std::string("[[host]]\nname = \"mta.a.example\"\nroles = [\"mta\"]\n[[device]]\n") +
           "name = \"d\"\nmail = \"d@a.example\"\nsubmit_to = \"mta.a.example\"\n" +
           "[[event]]\nat = \"0 s\"\ncompose = {device = \"d\", to = \"x@b.example\"}\n" +
           "[[gate]]\nbefore = {sends = \"" + verb + "\", by = \"d\"}\nquestion = \"?\"\n" +
           "answers = [\"a\", \"b\"]\nright = 1\nwhy = \"!\"\n";
  };
  write_text(folder / "mine/lesson.toml", lesson_text("mine") + gate("DATA"));
  const ProgramRun good = run_mailwalk({"check", folder / "mine"});
  CHECK(good.code == 0);
  CHECK_THAT(good.out, ContainsSubstring("1 event, 1 gate\n"));
  write_text(folder / "mine/lesson.toml", lesson_text("mine") + gate("VRFY"));
  const ProgramRun bad = run_mailwalk({"check", folder / "mine"});
  CHECK(bad.code == 3);
  CHECK_THAT(bad.err, ContainsSubstring("mine/lesson.toml:16:1: this gate never comes"));
}

TEST_CASE("A mail that a lesson names is read from the lesson's folder", "[cli][check]") {
  const TemporaryFolder folder;
  const std::string sender =
      "[[host]]\nname = \"mta.a.example\"\nroles = [\"mta\"]\n[[device]]\nname = \"d\"\n"
      "mail = \"d@a.example\"\nsubmit_to = \"mta.a.example\"\n[[event]]\nat = \"0 s\"\n"
      "compose = {device = \"d\", to = \"x@b.example\", eml = \"m/letter.eml\"}\n";
  write_text(folder / "mine/lesson.toml", lesson_text("mine") + sender);
  const ProgramRun without = run_mailwalk({"check", folder / "mine/lesson.toml"});
  CHECK(without.code == 3);
  CHECK_THAT(without.err, ContainsSubstring(":15:52: "));
  CHECK_THAT(without.err, ContainsSubstring("cannot be read: No such file or directory"));
  write_text(folder / "mine/m/letter.eml", "Subject: x\n\nHai\n");
  CHECK(run_mailwalk({"check", folder / "mine"}).code == 0);
}

TEST_CASE("A lesson's id that is not its folder's name is told, and finds the lesson all the same",
          "[cli][check]") {
  const TemporaryFolder folder;
  write_text(folder / "bad/lesson.toml", "[lesson\n");
  write_text(folder / "moved/lesson.toml", lesson_text("spam"));
  write_text(folder / "moved/other.toml", lesson_text("ham"));
  const std::string setting = "MAILWALK_LESSONS=" + folder.path().string();
  const ProgramRun check = run_mailwalk({"check", folder / "moved"});
  CHECK(check.code == 3);
  CHECK_THAT(check.err, ContainsSubstring("moved/lesson.toml: the lesson's id is \"spam\", but its "
                                          "folder is called \"moved\"; give both the same name\n"));
  CHECK(run_mailwalk({"check", folder / "moved/other.toml"}).code == 0);
  CHECK(run_mailwalk({"run", "spam"}, {setting}).code == 0);
  CHECK(run_mailwalk({"run", "moved"}, {setting}).code == 0);
}

TEST_CASE("A pipe in the place of a lesson, a mail or a recording is refused and not waited for",
          "[cli][check]") {
  const TemporaryFolder folder;
  const std::string pipe = folder / "pipe.toml";
  REQUIRE(run_shell("mkfifo '" + pipe + "'") == 0);
  for (const std::string& arguments : {"run '" + pipe + "'", "check '" + pipe + "'",
                                       "run 1 --mail '" + pipe + "'", "show '" + pipe + "'"}) {
    INFO(arguments);
    const std::string err = folder / "err";
    CHECK(run_shell("timeout 20 \"$mailwalk\" " + arguments + " 2> '" + err + "'") == 3);
    CHECK_THAT(read_text(err), ContainsSubstring("pipe.toml"));
  }
}
