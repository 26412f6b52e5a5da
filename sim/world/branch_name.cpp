#include "world/branch_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

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

class Namer {
 public:
  Namer(const Journal& parent, EventPosition position, const Change& change)
      : parent_(parent), event_(parent[position]), change_(change) {}

  LocalText operator()(const journal::LineCut&) const {
    const LocalText place = at_event();
    return {"line cut after " + place.english, "sambungan putus setelah " + place.indonesian};
  }
  LocalText operator()(const journal::NetworkDisturbed& fault) const {
    const std::string here = machine_name();
    switch (fault.fault) {
      case Fault::Refuse: return both("{} refuses connections", "{} menolak sambungan", here);
      case Fault::Unreachable: return both("{} out of reach", "{} tidak terjangkau", here);
      case Fault::Reset: return both("lines of {} cut", "sambungan {} putus", here);
      case Fault::Stall: return both("{} falls silent", "{} terdiam", here);
      case Fault::Slow: return both("slow line at {}", "sambungan {} lambat", here);
      case Fault::Clear: return both("{} mended", "{} pulih", here);
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
    return at_clock(machine_name() + " asks", machine_name() + " bertanya");
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

  // "DELE", "the reply to DELE"; the time of day where nothing was said.
  [[nodiscard]] LocalText at_event() const {
    if (const auto* sent = payload_if<journal::CommandSent>(event_)) return said(sent->verb);
    if (const auto* read = payload_if<journal::CommandReceived>(event_)) return said(read->verb);
    if (const auto* sent = payload_if<journal::ReplySent>(event_)) return reply_to(sent->to);
    if (const auto* read = payload_if<journal::ReplyReceived>(event_)) return reply_to(read->to);
    return {clock(), clock()};
  }
  static LocalText said(const journal::Verb& verb) { return {verb_name(verb), verb_name(verb)}; }
  static LocalText reply_to(const std::optional<journal::Verb>& verb) {
    if (!verb) return {"the greeting", "salam pembuka"};
    return both("the reply to {}", "balasan untuk {}", verb_name(*verb));
  }

  [[nodiscard]] std::string answered_command() const {
    const auto read = command_read_at(parent_, event_.position);
    if (!read) return "?";
    const auto* command = payload_if<journal::CommandReceived>(parent_[*read]);
    return command == nullptr ? "." : verb_name(command->verb);
  }
  [[nodiscard]] std::string typed_over() const {
    const ConnectionId on =
        change_.connection == kNoConnection ? event_.connection : change_.connection;
    const auto sent = command_sent_from(parent_, event_.position, on);
    return sent ? verb_name(payload_if<journal::CommandSent>(parent_[*sent])->verb) : "?";
  }
  [[nodiscard]] std::string machine_name() const {
    const NodeId id = change_.machine == kNoNode ? event_.node : change_.machine;
    for (const Event& event : parent_) {
      const auto* added = payload_if<journal::MachineAdded>(event);
      if (added != nullptr && event.node == id) return std::string(added->name.view());
    }
    return "?";
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
