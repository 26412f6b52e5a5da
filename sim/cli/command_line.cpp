#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.hpp"
#include "cli/help_texts.hpp"
#include "cli/option_checks.hpp"
#include "world/problems.hpp"
#include "world/suggest.hpp"

namespace mailwalk::cli {
namespace {

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

// The parser, and what it fills as it goes.
class Parser {
 public:
  explicit Parser()
      : app_("Mailwalk shows how mail travels: SMTP pushes, POP3 pulls.", "mailwalk") {
    app_.set_version_flag("--version", "mailwalk " MAILWALK_VERSION);
    app_.require_subcommand(1);
    add_run();
    add_serve();
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
    if (*serve_) return serve_options();
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
    add_record_options(run_);
    add_fingerprint(run_);
    add_text_options(run_);
  }

  void add_serve() {
    serve_ = app_.add_subcommand("serve", "Let real mail programs talk to a lesson's servers.");
    serve_->footer(kAboutServe);
    CLI::Option* lesson =
        serve_->add_option("LESSON", serve_options_.lesson, "id, number, folder or file");
    CLI::Option* resume =
        serve_->add_option("--resume", resume_, "go on with a recording that serve has made")
            ->option_text("FILE.mailwalk")
            ->excludes(lesson);
    serve_->callback([this] {
      if (serve_->count("LESSON") + serve_->count("--resume") == 0) {
        throw CLI::RequiredError("LESSON");
      }
      if (durable_ && serve_->count("--record") + serve_->count("--resume") == 0) {
        throw CLI::RequiresError("--durable", "--record or --resume");
      }
    });
    serve_->add_flag("--servers-only", servers_only_, "leave out what the lesson's people do")
        ->excludes(resume);
    serve_->add_flag("--skip-waits", skip_waits_, "leave out the time in which nothing happens");
    serve_->add_option("--for", for_seconds_, "end after so many seconds")
        ->check(number_of_seconds())
        ->option_text("SECONDS");
    serve_->add_option("--port", ports_, "where a port of the lesson is")
        ->check(port_pair())
        ->option_text("PORT=PORT");
    serve_->add_option("--listen", listen_, "let others call this computer as well")
        ->check(outer_address())
        ->option_text("ADDRESS");
    serve_->add_flag("--reach-out", reach_out_, "let the lesson call servers on other computers");
    serve_->add_option("--connections", connections_, "how many there may be at once")
        ->check(CLI::Range(1, 100'000))
        ->option_text("NUMBER");
    serve_->add_option("--connections-per-peer", connections_per_peer_, "and from one address")
        ->check(CLI::Range(1, 100'000))
        ->option_text("NUMBER");
    serve_->add_flag("--quiet", quiet_, "print no transcript");
    serve_->add_flag("--tls", tls_, "offer TLS at every server, whatever the lesson says");
    CLI::Option* certificate = serve_
                                   ->add_option("--certificate", certificate_,
                                                "show this one, instead of one that is made")
                                   ->option_text("FILE.pem");
    CLI::Option* key =
        serve_->add_option("--key", key_, "the certificate's key")->option_text("FILE.pem");
    certificate->needs(key);
    key->needs(certificate);
    serve_
        ->add_option("--save-authority", authority_,
                     "whom to trust, for programs that check certificates")
        ->option_text("FILE.pem");
    add_record_options(serve_);
    serve_->get_option("--record")->excludes(resume);
    serve_->add_flag("--durable", durable_, "answer for a mail only once it is on the disk")
        ->excludes("--record-if-possible");
    add_text_options(serve_);
  }

  void add_record_options(CLI::App* command) {
    CLI::Option* record = command->add_option("--record", record_, "record the run as it happens")
                              ->option_text("FILE.mailwalk");
    command->add_flag("--force", force_, "replace the recording if there is one of that name")
        ->needs(record);
    command->add_flag("--record-if-possible", go_on_, "go on without if the run cannot be recorded")
        ->needs(record);
  }

  void add_fingerprint(CLI::App* command) {
    command->add_flag("--fingerprint", fingerprint_,
                      "print the run's fingerprint as the last line");
  }

  void add_text_options(CLI::App* command) {
    command->add_flag("--show-crlf", line_ends_, "show the ends of lines");
    command->add_flag("--show-passwords", passwords_, "show passwords instead of masking them");
    command->add_flag("--full", full_, "show letters and long listings whole");
    command->add_flag("--wire", wire_, "of what is encrypted, show what is seen on the line");
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
    add_fingerprint(show_);
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
    if (given("--record")) options.record = record_options();
    if (fingerprint_) options.fingerprint = Print::Yes;
    options.text = text_options();
    return options;
  }

  [[nodiscard]] RecordOptions record_options() const {
    return {record_, force_ ? journal::Existing::Replace : journal::Existing::Refuse,
            go_on_ ? Unrecorded::GoOn : Unrecorded::Stop};
  }

  [[nodiscard]] ServeOptions serve_options() const {
    ServeOptions options = serve_options_;
    const auto given = [this](const char* name) { return serve_->count(name) > 0; };
    if (given("--record")) options.record = record_options();
    if (tls_) options.tls = world::OfferTls::Everywhere;
    if (given("--certificate")) options.certificate = {certificate_, key_};
    if (given("--save-authority")) options.authority_file = authority_;
    if (given("--for")) options.for_seconds = for_seconds_;
    if (given("--listen")) options.network.listen_at = IpAddress::parse(listen_);
    if (given("--connections")) options.network.limits.connections = connections_;
    if (given("--connections-per-peer")) {
      options.network.limits.connections_per_peer = connections_per_peer_;
    }
    for (const std::string& port : ports_) {
      const auto pair = read_port_pair(port);
      options.network.ports[pair->first] = pair->second;
    }
    if (reach_out_) options.network.reach = net::Reach::Anywhere;
    if (servers_only_) options.actions = Skip::Yes;
    if (skip_waits_) options.waits = Skip::Yes;
    if (given("--resume")) options.resume = resume_;
    if (durable_) options.keeping = world::Keeping::BeforePromises;
    if (quiet_) options.transcript = Print::No;
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
    if (wire_) text.sight = exporting::Sight::Eavesdropper;
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
      text += "; the commands are run, serve, show, diff, check and list";
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
  CLI::App* serve_ = nullptr;
  CLI::App* check_ = nullptr;
  CLI::App* list_ = nullptr;
  CLI::App* show_ = nullptr;
  CLI::App* diff_ = nullptr;
  RunOptions run_options_;
  ServeOptions serve_options_;
  ShowOptions show_options_;
  DiffOptions diff_options_;
  CheckOptions check_options_;
  std::string mail_, mode_, seed_, export_, save_, record_, resume_, at_, letter_, language_;
  std::string listen_, certificate_, key_, authority_;
  std::vector<std::string> ports_;
  std::uint64_t for_seconds_ = 0, connections_ = 0, connections_per_peer_ = 0;
  bool servers_only_ = false, skip_waits_ = false, quiet_ = false, durable_ = false,
       reach_out_ = false, tls_ = false;
  bool force_ = false, go_on_ = false;
  bool fingerprint_ = false, line_ends_ = false, passwords_ = false, full_ = false, wire_ = false;
};

}  // namespace

Options parse_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

}  // namespace mailwalk::cli
