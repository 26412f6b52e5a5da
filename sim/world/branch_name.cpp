#include "world/branch_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/ascii.hpp"
#include "pop3/command.hpp"
#include "smtp/command.hpp"
#include "world/command_at.hpp"

namespace mailwalk::world {
namespace {

using journal::Event;
using journal::Fault;
using journal::FetchMode;
using journal::Journal;
using journal::payload_if;

template <class... Arguments>
LocalText both(std::string_view english, std::string_view indonesian,
               const Arguments&... arguments) {
  return {fmt::format(fmt::runtime(english), arguments...),
          fmt::format(fmt::runtime(indonesian), arguments...)};
}

std::string verb_name(const journal::Verb& verb) {
  return std::string(std::visit([](auto v) { return name(v); }, verb));
}

std::string first_word(const Bytes& line) {
  return std::string(line.view().substr(0, line.view().find(' ')));
}

// "DELE 1", "RETR", "PASS": of what follows a verb, only a number says something to everybody.
std::string command_words(const journal::Verb& verb, const Bytes& line) {
  std::string words = verb_name(verb);
  const std::string_view text = line.view();
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return words;
  const std::string_view argument = text.substr(blank + 1);
  const bool is_number = !argument.empty() && argument.size() < 10 &&
                         std::all_of(argument.begin(), argument.end(), ascii::is_digit);
  if (is_number) words += fmt::format(" {}", argument);
  return words;
}

class Namer {
 public:
  Namer(const Journal& parent, EventPosition position, const Change& change)
      : parent_(parent), event_(parent[position]), change_(change) {}

  LocalText operator()(const journal::LineCut&) const {
    const LocalText when = when_it_happens();
    return {"line cut " + when.english, "sambungan putus " + when.indonesian};
  }
  LocalText operator()(const journal::NetworkDisturbed& fault) const {
    switch (fault.fault) {
      case Fault::Refuse: return of_machine("{} refuses connections", "{} menolak sambungan");
      case Fault::Unreachable: return of_machine("{} out of reach", "{} tidak terjangkau");
      case Fault::Reset: return of_machine("lines of {} cut", "sambungan {} putus");
      case Fault::Stall: return of_machine("{} falls silent", "{} terdiam");
      case Fault::Slow: return of_machine("slow line at {}", "sambungan {} lambat");
      case Fault::Clear: return of_machine("{} mended", "{} pulih");
      case Fault::Answer: break;
    }
    return {};
  }
  LocalText operator()(const journal::AnswerReplaced& answer) const {
    return both("{} to {}", "{} untuk {}", first_word(answer.line), answered_command());
  }
  LocalText operator()(const journal::CommandTyped& typed) const {
    return both("{} when {} was due", "{} saat giliran {}", first_word(typed.line), typed_over());
  }
  LocalText operator()(const journal::ModeChosen& mode) const {
    switch (mode.mode) {
      case FetchMode::Delete: return at_clock("delete mode", "mode hapus");
      case FetchMode::Keep: return at_clock("keep mode", "mode simpan");
      case FetchMode::KeepDays:
        return at_clock(fmt::format("keep for {} days", mode.keep_days),
                        fmt::format("simpan {} hari", mode.keep_days));
    }
    return {};
  }
  LocalText operator()(const journal::SeedChanged& changed) const {
    const std::string seed = fmt::format("seed {}", changed.seed);
    return at_clock(seed, seed);
  }
  LocalText operator()(const journal::MailWritten& mail) const {
    return at_clock(fmt::format("mail “{}”", mail.subject.view()),
                    fmt::format("surat “{}”", mail.subject.view()));
  }
  LocalText operator()(const journal::NextMailReplaced&) const {
    return both("another mail", "surat lain");
  }
  LocalText operator()(const journal::PollWanted&) const {
    const LocalText asks = of_machine("{} asks", "{} bertanya");
    return at_clock(asks.english, asks.indonesian);
  }
  LocalText operator()(const journal::LetterOpened&) const {
    return at_clock("a letter read", "surat dibaca");
  }
  LocalText operator()(const journal::LetterThrownAway&) const {
    return at_clock("a letter thrown away", "surat dibuang");
  }

 private:
  [[nodiscard]] std::string clock() const {
    const auto* run = payload_if<journal::RunStarted>(parent_[EventPosition{0}]);
    return clock_text(run == nullptr ? Calendar{} : run->calendar, event_.time).substr(0, 8);
  }
  [[nodiscard]] LocalText at_clock(const std::string& english,
                                   const std::string& indonesian) const {
    return {english + " from " + clock(), indonesian + " mulai " + clock()};
  }

  // "after DELE 1", "after the reply to DELE 1"; between commands "before DELE 2"; the time of day
  // where nothing more is said.
  [[nodiscard]] LocalText when_it_happens() const {
    if (const auto* sent = payload_if<journal::CommandSent>(event_)) return after(*sent);
    if (const auto* read = payload_if<journal::CommandReceived>(event_)) return after(*read);
    const bool is_reply = payload_if<journal::ReplySent>(event_) != nullptr ||
                          payload_if<journal::ReplyReceived>(event_) != nullptr;
    if (is_reply) return after_reply();
    const auto next = command_sent_from(parent_, event_.position, connection());
    if (!next) return both("after {}", "setelah {}", clock());
    const auto* command = payload_if<journal::CommandSent>(parent_[*next]);
    return both("before {}", "sebelum {}", command_words(command->verb, command->line));
  }
  template <class Command>
  static LocalText after(const Command& command) {
    return both("after {}", "setelah {}", command_words(command.verb, command.line));
  }
  [[nodiscard]] LocalText after_reply() const {
    const auto read = command_read_at(parent_, event_.position);
    if (!read) return {"after the greeting", "setelah salam pembuka"};
    return both("after the reply to {}", "setelah balasan untuk {}", answered_command());
  }

  [[nodiscard]] std::string answered_command() const {
    const auto read = command_read_at(parent_, event_.position);
    if (!read) return "?";
    const auto* command = payload_if<journal::CommandReceived>(parent_[*read]);
    return command == nullptr ? "." : command_words(command->verb, command->line);
  }
  [[nodiscard]] ConnectionId connection() const {
    return change_.connection == kNoConnection ? event_.connection : change_.connection;
  }
  [[nodiscard]] std::string typed_over() const {
    const auto sent = command_sent_from(parent_, event_.position, connection());
    if (!sent) return "?";
    const auto* command = payload_if<journal::CommandSent>(parent_[*sent]);
    return command_words(command->verb, command->line);
  }
  [[nodiscard]] LocalText of_machine(std::string_view english, std::string_view indonesian) const {
    const NodeId id = change_.machine == kNoNode ? event_.node : change_.machine;
    for (const Event& event : parent_) {
      const auto* added = payload_if<journal::MachineAdded>(event);
      if (added == nullptr || event.node != id) continue;
      const auto called = [&](const Bytes& label) {
        return label.empty() ? added->name.view() : label.view();
      };
      return {fmt::format(fmt::runtime(english), called(added->label_english)),
              fmt::format(fmt::runtime(indonesian), called(added->label_indonesian))};
    }
    return both(english, indonesian, "?");
  }

  const Journal& parent_;
  const Event& event_;
  const Change& change_;
};

}  // namespace

LocalText branch_name(const Journal& parent, EventPosition position, const Change& change) {
  return std::visit(Namer(parent, position, change), change.what);
}

LocalText distinct_name(LocalText name, const std::vector<LocalText>& taken) {
  LocalText candidate = name;
  const auto is_taken = [&](const LocalText& other) {
    return other.english == candidate.english || other.indonesian == candidate.indonesian;
  };
  for (int number = 2; std::any_of(taken.begin(), taken.end(), is_taken); ++number) {
    candidate = {fmt::format("{} ({})", name.english, number),
                 fmt::format("{} ({})", name.indonesian, number)};
  }
  return candidate;
}

}  // namespace mailwalk::world
