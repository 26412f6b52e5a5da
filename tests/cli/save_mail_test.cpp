// --mail and --save-mail: what goes in is what comes out, but for the fields that each hop adds.
#include <filesystem>
#include <string>
#include <vector>

#include "cli/kept_mail.hpp"
#include "cli/run_notes.hpp"
#include "mail/message.hpp"
#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::test;

namespace {

// The letter without the fields that were put before it on its way: Return-Path and Received.
std::string without_trace(const std::string& letter) {
  const mail::Message message{Bytes(letter)};
  std::size_t octets = 0;
  for (const mail::Field& field : message.fields()) {
    if (field.name != "Return-Path" && field.name != "Received") break;
    octets += field.raw.size();
  }
  return letter.substr(octets);
}

}  // namespace

TEST_CASE("The letter that arrives is the letter that was sent", "[cli][mail]") {
  const TemporaryFolder folder;
  const ProgramRun run = run_mailwalk({"run", "whole-journey", "--save-mail", folder / "out"});
  CHECK(run.code == 0);
  const std::filesystem::path out = folder / "out";
  const std::vector<std::string> files = files_below(out);
  REQUIRE(files.size() == 3);
  CHECK(files[0] == "hp-budi/inbox/1.eml");
  CHECK(files[1] == "laptop-ani/sent/1.eml");
  CHECK(files[2].find("mx.kantor.example/maildrop-budi/") == 0);

  const std::string sent = read_text(out / files[1]);
  const std::string on_server = read_text(out / files[2]);
  CHECK_THAT(sent, ContainsSubstring("\r\nSubject: Kopi sore ini?\r\n"));
  CHECK(read_text(out / files[0]) == on_server);
  CHECK(on_server.size() > sent.size());
  CHECK(without_trace(on_server) == sent);
  CHECK(on_server.find("Return-Path: <ani@kampus.example>\r\n") == 0);
}

TEST_CASE("A letter of one's own travels octet by octet", "[cli][mail]") {
  const TemporaryFolder folder;
  const std::string letter =
      "From: Siapa <siapa@lain.example>\r\nTo: Bukan <bukan@budi.example>\r\n"
      "Subject: =?UTF-8?Q?Titik_=C3=A9?=\r\nDate: Mon, 05 Jan 2026 09:00:00 +0700\r\n"
      "Message-ID: <1@lain.example>\r\n\r\n.\r\n..\r\n.titik\r\n\r\nkosong  \r\n\ttab\r\n";
  write_text(folder / "letter.eml", letter);
  const ProgramRun run = run_mailwalk(
      {"run", "whole-journey", "--mail", folder / "letter.eml", "--save-mail", folder / "out"});
  CHECK(run.code == 0);
  CHECK(run.err.empty());
  CHECK(read_text(folder / "out/laptop-ani/sent/1.eml") == letter);
  CHECK(without_trace(read_text(folder / "out/hp-budi/inbox/1.eml")) == letter);
  // The envelope stays the lesson's, whatever the header says.
  CHECK_THAT(run.out, ContainsSubstring("RCPT TO:<budi@kantor.example>"));
}

TEST_CASE("A letter with other line ends is made to end its lines in CRLF, and that is told",
          "[cli][mail]") {
  const TemporaryFolder folder;
  const std::string fields =
      "From: a@b.example\nDate: Mon, 05 Jan 2026 09:00:00 +0700\nMessage-ID: <1@b.example>\n";
  write_text(folder / "lf.eml", fields + "\nHai\nBudi");
  const ProgramRun run =
      run_mailwalk({"run", "1", "--mail", folder / "lf.eml", "--save-mail", folder / "out"});
  CHECK(run.code == 0);
  CHECK_THAT(run.err, ContainsSubstring("6 lines ended in LF, or not at all"));
  CHECK_THAT(read_text(folder / "out/laptop-ani/sent/1.eml"),
             ContainsSubstring("\r\n\r\nHai\r\nBudi\r\n"));
}

TEST_CASE("Notes are told in the language that was asked for, with the right number",
          "[cli][mail]") {
  using exporting::Language;
  CHECK(cli::lines_changed_words("a.eml", 1, Language::English) ==
        "a.eml: 1 line ended in LF, or not at all; it ends in CRLF now");
  CHECK(cli::lines_changed_words("a.eml", 3, Language::English) ==
        "a.eml: 3 lines ended in LF, or not at all; they end in CRLF now");
  CHECK(cli::undelivered_words({2, 1}, Language::English) ==
        "not everything arrived: 2 mails wait, 1 recipient was refused or given up");
  CHECK(cli::undelivered_words({1, 0}, Language::Indonesian) ==
        "tidak semua surat sampai: 1 surat masih menunggu");
  const TemporaryFolder folder;
  write_text(folder / "lf.eml", "Subject: x\n\nHai\n");
  const ProgramRun run = run_mailwalk({"run", "1", "--lang", "id", "--mail", folder / "lf.eml"});
  CHECK(run.err.find("catatan: ") == 0);
  CHECK_THAT(run.err, ContainsSubstring("3 baris berakhir dengan LF"));
  CHECK(run.err.find("line") == std::string::npos);
}

TEST_CASE("What is no letter cannot be sent", "[cli][mail]") {
  const TemporaryFolder folder;
  write_text(folder / "empty.eml", "");
  write_text(folder / "picture.eml", std::string("\x89PNG\r\n\x1a\n\0\0", 10));
  struct Case {
    std::string file;
    const char* complaint;
  };
  const Case cases[] = {{folder / "none.eml", "cannot be read: No such file or directory"},
                        {folder.path().string(), "cannot be read: Is a directory"},
                        {folder / "empty.eml", "is no mail; it should begin with fields"},
                        {folder / "picture.eml", "is no mail"}};
  for (const Case& c : cases) {
    INFO(c.file);
    const ProgramRun run = run_mailwalk({"run", "1", "--mail", c.file});
    CHECK(run.code == 3);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, ContainsSubstring(c.complaint));
  }
}

TEST_CASE("Where nobody writes, no letter can be put", "[cli][mail]") {
  const TemporaryFolder folder;
  write_text(folder / "lesson.toml",
             "[lesson]\nid = \"idle\"\n[[host]]\nname = \"ns.example\"\n"
             "roles = [\"names\"]\n");
  write_text(folder / "letter.eml", "Subject: x\r\n\r\n");
  const ProgramRun run =
      run_mailwalk({"run", folder.path().string(), "--mail", folder / "letter.eml"});
  CHECK(run.code == 3);
  CHECK_THAT(run.err, ContainsSubstring("nobody writes a mail in this lesson"));
}

TEST_CASE("In delete mode the only copies are on the device", "[cli][mail]") {
  const TemporaryFolder folder;
  CHECK(run_mailwalk({"run", "delete-mode", "--save-mail", folder / "out"}).code == 0);
  const std::vector<std::string> expected = {"laptop-ani/sent/1.eml",   "laptop-ani/sent/2.eml",
                                             "laptop-ani/sent/3.eml",   "laptop-budi/inbox/1.eml",
                                             "laptop-budi/inbox/2.eml", "laptop-budi/inbox/3.eml"};
  CHECK(files_below(folder / "out") == expected);
}

TEST_CASE("Mail that waits is saved where it waits", "[cli][mail]") {
  const TemporaryFolder folder;
  std::string lesson = read_text(MAILWALK_SOURCE_DIR "/lessons/whole-journey/lesson.toml");
  const auto with_fault_at = [&](const std::string& machine) {
    write_text(folder / "lesson.toml",
               lesson + "[[event]]\nat = \"0 s\"\nfault = {kind = \"refuse\", machine = \"" +
                   machine + "\"}\n");
  };
  // The mail is written once the fault is there.
  const std::string at = "at = \"0 s\"\ncompose";
  lesson.replace(lesson.find(at), at.size(), "at = \"1 s\"\ncompose");

  with_fault_at("smtp.kampus.example");
  const ProgramRun no_mta =
      run_mailwalk({"run", folder.path().string(), "--save-mail", folder / "a"});
  CHECK(no_mta.code == 1);
  CHECK_THAT(no_mta.err, ContainsSubstring("not everything arrived: 1 mail waits\n"));
  CHECK(files_below(folder / "a") == std::vector<std::string>{"laptop-ani/outbox/1.eml"});

  // While the MTA still tries, its queue holds the mail; the run is only over when it gives up.
  with_fault_at("mx.kantor.example");
  const ProgramRun given_up =
      run_mailwalk({"run", folder.path().string(), "--save-mail", folder / "b"});
  CHECK(given_up.code == 1);
  CHECK_THAT(given_up.err,
             ContainsSubstring("not everything arrived: 2 recipients were refused or given up\n"));
  CHECK(files_below(folder / "b") == std::vector<std::string>{"laptop-ani/sent/1.eml"});
}

TEST_CASE("Every place has its folder, and no letter takes another's file", "[cli][mail]") {
  journal::Maildrop drop;
  drop.owner = Bytes("a/b");
  drop.letters.set(EventPosition{1}, {{}, Bytes("u1"), Bytes("one"), {}, false});
  journal::Maildrop other = drop;
  other.owner = Bytes("a_b");
  journal::QueuedMail queued;
  queued.queue_id = Bytes("../0001");
  queued.content = Bytes("queued");
  journal::Machine machine;
  machine.name = Bytes("mx.b.example");
  machine.maildrops.set(drop.owner, journal::Shared<journal::Maildrop>(drop));
  machine.maildrops.set(other.owner, journal::Shared<journal::Maildrop>(other));
  machine.queue.set(journal::QueueNumber{1}, journal::Shared<journal::QueuedMail>(queued));
  journal::WorldView view;
  view.machines.set(NodeId{1}, journal::Shared<journal::Machine>(machine));

  std::vector<std::string> files;
  for (const cli::KeptMail& mail : cli::kept_mail(view)) files.push_back(mail.file.string());
  const std::vector<std::string> expected = {"mx.b.example/queue/_.._0001.eml",
                                             "mx.b.example/maildrop-a_b/u1.eml",
                                             "mx.b.example/maildrop-a_b/u1-2.eml"};
  CHECK(files == expected);
}
