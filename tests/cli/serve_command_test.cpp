// `mailwalk serve`, as a shell sees it. Real mail programs are in tests/clients.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "tests/cli/program_run.hpp"
#include "tests/support/catch.hpp"

using namespace mailwalk::test;

namespace {

// Ports that are free, so that tests may run beside each other.
std::vector<std::string> serve(std::vector<std::string> more) {
  std::vector<std::string> words = {"serve",  "whole-journey", "--port", "25=0",
                                    "--port", "110=0",         "--port", "587=0",
                                    "--port", "465=0",         "--port", "995=0"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Another program that listens at 127.0.2.1, as long as it lives.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(0x7F000201);
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { ::close(socket_); }
  [[nodiscard]] int port() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

}  // namespace

TEST_CASE("The command serve says where it listens, what happens, and ends", "[cli][serve]") {
  const ProgramRun served = run_mailwalk(serve({"--skip-waits", "--for", "4"}));
  CHECK(served.code == 0);
  CHECK(served.err.empty());
  for (const char* said :
       {"Campus MTA (smtp.kampus.example)\n  SMTP: 127.0.2.1:", "  SMTP (587): 127.0.2.1:",
        "Office mailbox server (mx.kantor.example)\n  SMTP: 127.0.2.3:", "  POP3: 127.0.2.3:",
        "      curl pop3://127.0.2.3:", "/ -u budi:kopi-tubruk\n", "Ready. Ctrl+C ends it.\n",
        "#1 ── Ani's laptop → Campus MTA, port 587\n", "#2 C: RCPT TO:<budi@kantor.example>\n",
        "#3 C: PASS ********\n", "#3 C: RETR 1\n", "#3 S: .\n"}) {
    INFO(said);
    CHECK_THAT(served.out, ContainsSubstring(said));
  }
}

TEST_CASE("The command serve speaks Indonesian, but for the protocol's words", "[cli][serve]") {
  const ProgramRun served =
      run_mailwalk(serve({"--skip-waits", "--for", "4", "--lang", "id", "--show-crlf"}));
  CHECK(served.code == 0);
  CHECK_THAT(served.out, ContainsSubstring("Siap. Ctrl+C untuk berhenti.\n"));
  CHECK_THAT(served.out, ContainsSubstring("#1 ── Laptop Ani → MTA kampus, port 587\n"));
  CHECK_THAT(served.out, ContainsSubstring("#1 C: QUIT␍␊\n"));
}

TEST_CASE("The command serve leaves out what it is told to", "[cli][serve]") {
  const ProgramRun nobody = run_mailwalk(serve({"--servers-only", "--skip-waits", "--for", "1"}));
  CHECK(nobody.code == 0);
  CHECK(nobody.out.find("#1") == std::string::npos);
  const ProgramRun quiet = run_mailwalk(serve({"--quiet", "--skip-waits", "--for", "1"}));
  CHECK(quiet.code == 0);
  CHECK(quiet.out.find("#1") == std::string::npos);
}

TEST_CASE("The command serve records what happened", "[cli][serve][record]") {
  const TemporaryFolder folder;
  const ProgramRun served =
      run_mailwalk(serve({"--skip-waits", "--for", "4", "--record", folder / "live"}));
  CHECK(served.code == 0);
  const ProgramRun shown = run_mailwalk({"show", folder / "live"});
  CHECK(shown.code == 0);
  CHECK_THAT(shown.out, ContainsSubstring("letter A lies in the outbox of Ani"));
  const ProgramRun again = run_mailwalk(serve({"--for", "1", "--record", folder / "live"}));
  CHECK(again.code == 4);
  CHECK(again.out.empty());
  CHECK_THAT(again.err, ContainsSubstring("go on with it: mailwalk serve --resume "));
}

TEST_CASE("The command serve goes on with what it recorded, and with nothing else",
          "[cli][serve][record]") {
  const TemporaryFolder folder;
  const std::string run = folder / "live";
  REQUIRE(run_mailwalk(serve({"--skip-waits", "--for", "4", "--record", run})).code == 0);
  const std::vector<std::string> resume{"serve", "--resume", run,     "--port", "25=0", "--port",
                                        "110=0", "--port",   "587=0", "--for",  "1"};
  const ProgramRun resumed = run_mailwalk(resume);
  CHECK(resumed.code == 0);
  CHECK(resumed.err.empty());
  CHECK_THAT(resumed.out, ContainsSubstring("Ready. Ctrl+C ends it.\n"));
  CHECK_THAT(resumed.out, ContainsSubstring("* every server was down, and is up again"));
  CHECK(resumed.out.find("#1 ") == std::string::npos);  // what was told before is not told again

  const ProgramRun shown = run_mailwalk({"show", run});
  CHECK(shown.code == 0);
  CHECK_THAT(shown.out, ContainsSubstring("letter A lies in the outbox of Ani"));
  CHECK_THAT(shown.out, ContainsSubstring("* every server was down, and is up again"));
  CHECK(run_mailwalk({"diff", run, run}).code == 0);

  REQUIRE(run_mailwalk({"run", "1", "--record", folder / "played"}).code == 0);
  const ProgramRun played = run_mailwalk({"serve", "--resume", folder / "played"});
  CHECK(played.code == 3);
  CHECK_THAT(played.err, ContainsSubstring("this run was not served"));
  CHECK(run_mailwalk({"serve", "--resume", folder / "none"}).code == 3);
}

TEST_CASE("The command serve goes on with TLS where there was TLS, and only there",
          "[cli][serve][record]") {
  const TemporaryFolder folder;
  const auto words = [&](const std::string& run, const std::vector<std::string>& more) {
    std::vector<std::string> resume{"serve",  "--resume", run,      "--port", "25=0",
                                    "--port", "110=0",    "--port", "587=0",  "--port",
                                    "465=0",  "--port",   "995=0",  "--for",  "1"};
    resume.insert(resume.end(), more.begin(), more.end());
    return resume;
  };
  const std::string with = folder / "with";
  const std::string without = folder / "without";
  REQUIRE(run_mailwalk(serve({"--servers-only", "--for", "1", "--tls", "--record", with})).code ==
          0);
  REQUIRE(run_mailwalk(serve({"--servers-only", "--for", "1", "--record", without})).code == 0);
  for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--tls"}}) {
    const ProgramRun resumed = run_mailwalk(words(with, more));
    CHECK(resumed.code == 0);
    CHECK_THAT(resumed.out, ContainsSubstring("openssl s_client -quiet -crlf -starttls pop3"));
  }
  const ProgramRun plain = run_mailwalk(words(without, {}));
  CHECK(plain.code == 0);
  CHECK(plain.out.find("starttls") == std::string::npos);
  const ProgramRun contradicted = run_mailwalk(words(without, {"--tls"}));
  CHECK(contradicted.code == 3);
  CHECK_THAT(contradicted.err, ContainsSubstring("does not say that there was --tls"));
}

TEST_CASE("Of two programs that go on with one recording the second is refused",
          "[cli][serve][record]") {
  const TemporaryFolder folder;
  const std::string run = folder / "run";
  const std::string ports = " --port 25=0 --port 110=0 --port 587=0 ";
  REQUIRE(run_mailwalk(serve({"--servers-only", "--for", "1", "--record", run})).code == 0);
  const std::string out = folder / "out";
  const std::string line = "\"$mailwalk\" serve --resume " + run + ports + ">" + out +
                           " & pid=$!; until grep -qs Ready " + out +
                           "; do sleep 0.05; done; \"$mailwalk\" serve --resume " + run + ports +
                           "--for 1 2>" + folder / "said" + "; echo $? >" + folder / "code" +
                           "; kill -INT $pid; wait $pid";
  CHECK(run_shell(line) == 0);
  CHECK(read_text(folder / "code") == "3\n");
  CHECK_THAT(read_text(folder / "said"),
             ContainsSubstring("somebody is recording into it just now; end that program first"));
}

TEST_CASE("The command serve ends well when it is told to by a signal", "[cli][serve]") {
  const TemporaryFolder folder;
  for (const std::string signal : {"INT", "TERM"}) {
    INFO(signal);
    const std::string out = folder / signal;
    const std::string line =
        "\"$mailwalk\" serve 1 --servers-only --port 25=0 --port 110=0 --port 587=0 >" + out +
        " & pid=$!; until grep -qs Ready " + out + "; do sleep 0.05; done; kill -" + signal +
        " $pid; wait $pid";
    CHECK(run_shell(line) == 0);
  }
}

TEST_CASE("The command serve says what is wrong with a certificate", "[cli][serve]") {
  const TemporaryFolder folder;
  write_text(folder / "c.pem", "nothing of the kind\n");
  const std::vector<std::string> ports{"--port", "25=0", "--port", "110=0", "--port", "587=0"};
  const auto serve = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"serve", "1", "--for", "1"});
    options.insert(options.end(), ports.begin(), ports.end());
    return run_mailwalk(options);
  };
  const ProgramRun wrong = serve({"--certificate", folder / "c.pem", "--key", folder / "c.pem"});
  CHECK(wrong.code == 3);
  CHECK_THAT(wrong.err, ContainsSubstring("there is no certificate in it"));
  CHECK_THAT(wrong.err, ContainsSubstring("c.pem"));
  CHECK(serve({"--certificate", folder / "gone.pem", "--key", folder / "gone.pem"}).code == 3);
  CHECK(serve({"--certificate", folder / "c.pem"}).code == 2);
}

TEST_CASE("The command serve offers TLS in any lesson, and saves whom to trust", "[cli][serve]") {
  const TemporaryFolder folder;
  const ProgramRun served =
      run_mailwalk({"serve", "1", "--servers-only", "--for", "1", "--tls", "--save-authority",
                    folder / "authority.pem", "--port", "25=0", "--port", "110=0", "--port",
                    "587=0", "--port", "465=0", "--port", "995=0"});
  CHECK(served.code == 0);
  CHECK_THAT(served.out, ContainsSubstring("  SMTP (465, TLS): "));
  CHECK_THAT(served.out, ContainsSubstring("  POP3 (995, TLS): "));
  CHECK_THAT(served.out, ContainsSubstring("openssl s_client -quiet -crlf -starttls pop3"));
  const std::string pem = read_text(folder / "authority.pem");
  CHECK_THAT(pem, ContainsSubstring("BEGIN CERTIFICATE"));
  CHECK_THAT(pem, !ContainsSubstring("PRIVATE KEY"));
}

TEST_CASE("The command serve says why it cannot listen", "[cli][serve]") {
  const Listener other;
  const std::string port = std::to_string(other.port());
  const ProgramRun taken = run_mailwalk({"serve", "1", "--port", "25=" + port});
  CHECK(taken.code == 6);
  CHECK(taken.out.empty());
  CHECK_THAT(taken.err, ContainsSubstring("127.0.2.1:" + port));
  CHECK_THAT(taken.err, ContainsSubstring("another program does so already"));

  const ProgramRun elsewhere = run_mailwalk(serve({"--listen", "192.0.2.77"}));
  CHECK(elsewhere.code == 6);
  CHECK_THAT(elsewhere.err, ContainsSubstring("choose an address of this computer"));
}

TEST_CASE("The command serve has no lesson, or one with mistakes", "[cli][serve]") {
  CHECK(run_mailwalk({"serve", "no-such-lesson"}).code == 3);
}
