#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>
#include <utility>

#include "base/ascii.hpp"
#include "world/problems.hpp"
#include "world/suggest.hpp"

namespace mailwalk::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  mailwalk list                                  what lessons there are
  mailwalk run whole-journey                     a lesson by its id
  mailwalk run 2 --mode keep                     by its number, with letters kept on the server
  mailwalk run keep-mode --mail letter.eml       with a letter of your own
  mailwalk run 1 --export run.txt --save-mail out
  mailwalk run delete-mode --record run.mailwalk
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

Environment:
  MAILWALK_LESSONS  the folder with the lessons
  NO_COLOR          if it is not empty: no colours)";

constexpr const char* kAboutRun =
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

constexpr const char* kAboutShow =
    R"(FILE is a recording, made by `mailwalk run LESSON --record FILE`. Without --at and --follow the
whole transcript is printed, as `run` does.

Events are counted from 0. Letters are called A, B, C … in the order in which they were written; the
transcript tells which is which.)";

constexpr const char* kAboutDiff =
    R"(Prints the first event in which the two runs differ, and what differs between how things stand at
their ends.

Exit codes: 0 if the runs are the same, 1 if they are different, 3 if a recording cannot be read.)";

const std::map<std::string, journal::FetchMode> kModes{{"delete", journal::FetchMode::Delete},
                                                       {"keep", journal::FetchMode::Keep}};
const std::map<std::string, exporting::Language> kLanguages{
    {"en", exporting::Language::English}, {"id", exporting::Language::Indonesian}};

template <class T>
CLI::Validator one_of(const std::map<std::string, T>& words) {
  std::vector<std::string> known;
  for (const auto& [word, value] : words) known.push_back(word);
  return CLI::IsMember(known);
}

// Decimal, and nothing else: 010 is ten.
CLI::Validator whole_number() {
  const auto check = [](const std::string& text) {
    return ascii::parse_number(text) ? std::string()
                                     : "expected a whole number from 0 to 18446744073709551615";
  };
  return {check, "NUMBER"};
}

// The parser, and what it fills as it goes.
class Parser {
 public:
  explicit Parser()
      : app_("Mailwalk shows how mail travels: SMTP pushes, POP3 pulls.", "mailwalk") {
    app_.set_version_flag("--version", "mailwalk " MAILWALK_VERSION);
    app_.require_subcommand(1);
    add_run();
    add_show();
    add_diff();
    add_check();
    add_list();
    app_.footer(kExamples);  // after the subcommands, which would inherit it
  }

  Options parse(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForVersion& version) {
      return Answered{std::string(version.what()) + "\n", ExitCode::Ok};
    } catch (const CLI::Success&) {
      return Answered{app_.help(), ExitCode::Ok};
    } catch (const CLI::ParseError& error) {
      return Answered{complaint(error.what(), argc, argv), ExitCode::Usage};
    }
    if (*show_) return show_options();
    if (*diff_) return diff_options();
    if (*check_) return check_options_;
    if (*list_) return list_options();
    return run_options();
  }

 private:
  void add_run() {
    run_ = app_.add_subcommand("run", "Run a lesson to its end and print what was said.");
    run_->footer(kAboutRun);
    run_->add_option("LESSON", run_options_.lesson, "id, number, folder or file")->required();
    run_->add_option("--mail", mail_, "send this letter")->option_text("FILE.eml");
    run_->add_option("--mode", mode_, "what every device does with letters that it fetched")
        ->check(one_of(kModes))
        ->option_text("delete|keep");
    run_->add_option("--seed", seed_, "draw other lots than the lesson's")
        ->check(whole_number())
        ->option_text("NUMBER");
    run_->add_option("--export", export_, "write the transcript to a file; its ending is .txt")
        ->option_text("FILE");
    run_->add_option("--save-mail", save_, "what each place holds at the end, as .eml files")
        ->option_text("DIR");
    CLI::Option* record = run_->add_option("--record", record_, "record the run as it happens")
                              ->option_text("FILE.mailwalk");
    run_->add_flag("--force", force_, "replace the recording if there is one of that name")
        ->needs(record);
    run_->add_flag("--record-if-possible", go_on_, "go on without if the run cannot be recorded")
        ->needs(record);
    add_text_options(run_);
  }

  void add_text_options(CLI::App* command) {
    command->add_flag("--fingerprint", fingerprint_,
                      "print the run's fingerprint as the last line");
    command->add_flag("--show-crlf", line_ends_, "show the ends of lines");
    command->add_flag("--show-passwords", passwords_, "show passwords instead of masking them");
    command->add_flag("--full", full_, "show letters and long listings whole");
    add_language(command, "language of what is not protocol");
  }

  void add_language(CLI::App* command, const char* what) {
    command->add_option("--lang", language_, what)->check(one_of(kLanguages))->option_text("en|id");
  }

  void add_show() {
    show_ = app_.add_subcommand("show", "Tell a recorded run, one moment of it, or one letter.");
    show_->footer(kAboutShow);
    show_->add_option("FILE", show_options_.file, "a recording")->required();
    CLI::Option* at = show_->add_option("--at", at_, "how things stood after this event")
                          ->check(whole_number())
                          ->option_text("EVENT");
    show_->add_option("--follow", letter_, "the story of one letter")
        ->excludes(at)
        ->option_text("LETTER");
    add_text_options(show_);
  }

  void add_diff() {
    diff_ = app_.add_subcommand("diff", "Say in what two recorded runs differ.");
    diff_->footer(kAboutDiff);
    diff_->add_option("A", diff_options_.left, "a recording")->required();
    diff_->add_option("B", diff_options_.right, "another one")->required();
    add_language(diff_, "language of what differs");
  }

  void add_check() {
    check_ = app_.add_subcommand("check", "Say what is wrong with lessons.");
    check_->add_option("LESSON", check_options_.lessons, "ids, numbers, folders or files")
        ->required();
  }

  void add_list() {
    list_ = app_.add_subcommand("list", "Say what lessons there are.");
    add_language(list_, "language of the titles");
  }

  [[nodiscard]] exporting::Language language() const {
    return language_.empty() ? exporting::Language::English : kLanguages.at(language_);
  }

  [[nodiscard]] ListOptions list_options() const { return {language()}; }

  [[nodiscard]] RunOptions run_options() const {
    RunOptions options = run_options_;
    const auto given = [this](const char* name) { return run_->count(name) > 0; };
    if (given("--mail")) options.mail_file = mail_;
    if (given("--mode")) options.mode = kModes.at(mode_);
    if (given("--seed")) options.seed = ascii::parse_number(seed_);
    if (given("--export")) options.export_file = export_;
    if (given("--save-mail")) options.save_mail_folder = save_;
    if (given("--record")) {
      options.record = {record_, force_ ? journal::Existing::Replace : journal::Existing::Refuse,
                        go_on_ ? Unrecorded::GoOn : Unrecorded::Stop};
    }
    if (fingerprint_) options.fingerprint = Print::Yes;
    options.text = text_options();
    return options;
  }

  [[nodiscard]] ShowOptions show_options() const {
    ShowOptions options = show_options_;
    if (show_->count("--at") > 0) options.at = ascii::parse_number(at_);
    if (show_->count("--follow") > 0) options.letter = letter_;
    if (fingerprint_) options.fingerprint = Print::Yes;
    options.text = text_options();
    return options;
  }

  [[nodiscard]] DiffOptions diff_options() const {
    DiffOptions options = diff_options_;
    options.language = language();
    return options;
  }

  [[nodiscard]] exporting::TextOptions text_options() const {
    exporting::TextOptions text;
    if (line_ends_) text.line_ends = exporting::LineEnds::Shown;
    if (passwords_) text.secrets = exporting::Secrets::Shown;
    if (full_) text.contents = exporting::Contents::Whole;
    text.language = language();
    return text;
  }

  // What is wrong, the word that was perhaps meant, and where help is.
  std::string complaint(const std::string& what, int argc, const char* const* argv) const {
    std::string text = what;
    const std::string command = unknown_command(argc, argv);
    if (!command.empty()) text = "there is no command " + world::in_quotes(command);
    if (const std::string word = mistyped_word(argc, argv); !word.empty()) {
      text += "; " + word;
    } else if (!command.empty()) {
      text += "; the commands are run, show, diff, check and list";
    }
    return text + "\nTry: mailwalk --help\n";
  }

  // The word in the place of a command; empty if it is one, or if there is none.
  [[nodiscard]] std::string unknown_command(int argc, const char* const* argv) const {
    if (!app_.get_subcommands().empty() || argc < 2 || argv[1][0] == '-') return {};
    return argv[1];
  }

  std::string mistyped_word(int argc, const char* const* argv) const {
    const auto given = app_.get_subcommands();
    const CLI::App* command = given.empty() ? &app_ : given.front();
    std::vector<std::string> known;
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
    for (const CLI::App* subcommand : command->get_subcommands({})) {
      known.push_back(subcommand->get_name());
    }
    for (int i = 1; i < argc; ++i) {
      std::string word = argv[i];
      word = word.substr(0, word.find('='));
      const bool is_option = word.starts_with("--");
      if (!is_option && command != &app_) continue;  // a lesson, or an option's value
      const std::string_view nearest = world::nearest_word(word, {known.begin(), known.end()});
      if (!nearest.empty() && nearest != word) return "did you mean " + std::string(nearest) + "?";
    }
    return {};
  }

  CLI::App app_;
  CLI::App* run_ = nullptr;
  CLI::App* check_ = nullptr;
  CLI::App* list_ = nullptr;
  CLI::App* show_ = nullptr;
  CLI::App* diff_ = nullptr;
  RunOptions run_options_;
  ShowOptions show_options_;
  DiffOptions diff_options_;
  CheckOptions check_options_;
  std::string mail_, mode_, seed_, export_, save_, record_, at_, letter_, language_;
  bool force_ = false, go_on_ = false;
  bool fingerprint_ = false, line_ends_ = false, passwords_ = false, full_ = false;
};

}  // namespace

Options parse_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

}  // namespace mailwalk::cli
