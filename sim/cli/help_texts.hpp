// What `mailwalk --help` and the help of each command say beside the list of options.
#pragma once

namespace mailwalk::cli {

inline constexpr const char* kExamples = R"(Examples:
  mailwalk list                                  what lessons there are
  mailwalk run whole-journey                     a lesson by its id
  mailwalk run 2 --mode keep                     by its number, with letters kept on the server
  mailwalk run keep-mode --mail letter.eml       with a letter of your own
  mailwalk run 1 --export run.txt --save-mail out
  mailwalk run delete-mode --record run.mailwalk
  mailwalk serve keep-mode                       its servers on this computer, for real mail programs
  mailwalk show run.mailwalk --follow A          the story of letter A in a recorded run
  mailwalk diff run.mailwalk other.mailwalk      where two runs part, and what differs at the end
  mailwalk check my-lessons/spam/lesson.toml     what is wrong with a lesson that you wrote

Exit codes:
  0  all went well; of diff: the two runs are the same
  1  the run ended with mail that had not arrived: still waiting, refused or returned;
     of diff: the two runs are different
  2  the command line is wrong
  3  a lesson, mail or recording cannot be read, or has mistakes
  4  a file or the standard output cannot be written
  5  a fault of Mailwalk itself, or not enough memory
  6  serve cannot listen: a port is taken, or an address is not this computer's

Environment:
  MAILWALK_LESSONS  the folder with the lessons
  NO_COLOR          if it is not empty: no colours)";

inline constexpr const char* kAboutRun =
    R"(LESSON is an id or a number from `mailwalk list`, a lesson's folder, or its file.

The letter of --mail takes the place of the first one that the lesson writes. Its envelope stays the
lesson's: who sends it to whom is not read from the letter's header. Lines that end in LF are made to
end in CRLF, and that is told.

The folder of --save-mail must be new or empty; in it are folders for outbox, sent, queue, maildrops
and inbox of each machine.

A recording holds the whole run, passwords too. It is written as the run happens: if the program is
killed, the file holds the beginning. A file that exists is not overwritten; --force replaces a
recording, and nothing else. If the run cannot be recorded it stops, unless --record-if-possible says
that it may go on without. `mailwalk --help` has examples and the exit codes.)";

inline constexpr const char* kAboutServe =
    R"(LESSON is named as for `mailwalk run`. Each server gets an address of its own on this computer
(127.0.2.1 for 192.0.2.1 in the lesson) and ports that need no administrator: 2525 for 25, 1110 for
110, 5870 for 587, and for TLS 4650 for 465 and 9950 for 995. What it listens on is printed, with lines to copy. Programs from outside can send
mail to the domains of the lesson, and fetch it; nothing leaves the lesson.

What the lesson says happens in real time. --skip-waits leaves out the time in which nothing happens
and nobody is connected; --servers-only leaves out all that its people and faults do.

--tls offers TLS at every server (STARTTLS, STLS, and ports of its own) where the lesson does not.
Certificates are made at the start; --save-authority writes the one that vouches for them, for
programs that check: curl --cacert FILE.pem. --certificate and --key show your own instead.

A host of the lesson may be a real server (`external` in lessons/README.md): mail is handed to it, and
fetched from it, at an address of this computer; --reach-out allows others.

--port 25=10025 has port 25 of the lesson at 10025, and --port 25=0 at any that is free.
--listen lets others call as well, at an address of this computer: one port for each server, counted
up. It ends with Ctrl+C, SIGTERM or --for, and then says good-bye to whoever is connected.

With --record the run is written to disk each second, whatever ends it. With --durable as well, a server
says that it took a mail, or removed letters, only once that is on the disk. --resume goes on with
such a recording: letters, queues and devices are as they were, what was connected is cut, and the
time in between does not count; --durable and --tls have to be said again. `mailwalk --help` has the exit codes.)";

inline constexpr const char* kAboutShow =
    R"(FILE is a recording, made by `mailwalk run LESSON --record FILE`. Without --at and --follow the
whole transcript is printed, as `run` does.

Events are counted from 0. Letters are called A, B, C … in the order in which they were written; the
transcript tells which is which.)";

inline constexpr const char* kAboutDiff =
    R"(Prints the first event in which the two runs differ, and what differs between how things stand at
their ends.

Exit codes: 0 if the runs are the same, 1 if they are different, 3 if a recording cannot be read.)";

}  // namespace mailwalk::cli
