#include "export/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/virtual_time.hpp"
#include "export/ledger.hpp"
#include "export/line_text.hpp"
#include "export/narrator.hpp"
#include "export/printable.hpp"
#include "export/story.hpp"
#include "export/text_transcript.hpp"
#include "export/time_words.hpp"
#include "export/wire_tap.hpp"

namespace mailwalk::exporting {
namespace {

using journal::Protocol;
using journal::Session;
using journal::SessionLine;

constexpr std::size_t kRuleWidth = 96;
// Nothing that is longer than this happens between two lines without a word about it.
constexpr Duration kLongPause = minutes(1);

// Sessions that overlap by less follow each other closely: the MTA is on its way while the device
// still says QUIT.
constexpr Duration kLeastJumpBack = seconds(1);

enum class Shade { Plain, Dim, Smtp, Pop3, Fault, Bold };

class Writer final : public TextTranscript {
 public:
  Writer(const journal::Journal& journal, const TextOptions& options)
      : journal_(journal),
        options_(options),
        events_(journal.size()),
        narrator_(options.language),
        story_maker_(journal, narrator_) {}

  bool write_next() override {
    switch (part_) {
      case Part::Reading:
        tap_next();
        if (!story_maker_.read_next()) begin_writing();
        return true;
      case Part::Items:
        if (next_ == story_.items.size()) {
          write_end();
        } else {
          write_item_at(next_++);
        }
        return true;
      case Part::Done: return false;
    }
    return false;
  }

  [[nodiscard]] double progress() const override {
    constexpr double kRead = 0.7;
    if (part_ == Part::Reading) return kRead * story_maker_.progress();
    const auto items = static_cast<double>(std::max<std::size_t>(story_.items.size(), 1));
    return kRead + (1 - kRead) * static_cast<double>(next_) / items;
  }

  std::string take() override { return std::move(out_); }

 private:
  enum class Part : std::uint8_t { Reading, Items, Done };

  void begin_writing() {
    part_ = Part::Items;
    story_ = story_maker_.take();
    calendar_ = story_.end.calendar;
    write_heading(story_.end);
  }

  void write_item_at(std::size_t index) {
    const StoryItem& item = story_.items[index];
    write_pause(told_until_, begins(item).time);
    std::visit([&](const auto& it) { write_item(it, told_until_); }, item);
    told_until_ = std::max(told_until_, ends(item).time);
  }

  void write_end() {
    part_ = Part::Done;
    out_ += "\n";
    write_line(Shade::Bold,
               std::string(narrator_.pick("Where is each copy?", "Di mana setiap salinan?")));
    out_ += ledger_text(story_.end, narrator_);
  }

  // The story takes each event in more than one step: the tap is done before it.
  void tap_next() {
    if (options_.sight == Sight::Insider || tapped_ == events_) return;
    for (WireRecord& record : tap_.take(journal_[EventPosition{tapped_++}])) {
      records_[record.connection].push_back(std::move(record));
    }
  }

  void write_heading(const journal::WorldView& end) {
    write_line(Shade::Bold, fmt::format("Mailwalk: {}", title()));
    write_line(Shade::Dim, fmt::format(fmt::runtime(narrator_.pick("{}, times in {}, seed {}",
                                                                   "{}, waktu {}, seed {}")),
                                       date_words(calendar_, VirtualTime{}, options_.language),
                                       zone_words(calendar_), end.seed));
    out_ += "\n";
  }

  std::string title() const {
    const auto* run = journal_.empty()
                          ? nullptr
                          : journal::payload_if<journal::RunStarted>(journal_[EventPosition{0}]);
    if (run == nullptr) return "?";
    const Bytes& title =
        options_.language == Language::English ? run->title_english : run->title_indonesian;
    return printable(title.empty() ? run->scenario_file.view() : title.view());
  }

  // What passes in silence, and which day it is when that is a new one.
  void write_pause(VirtualTime from, VirtualTime until) {
    const bool long_pause = until - from >= kLongPause;
    const std::string date = date_words(calendar_, until, options_.language);
    const bool new_day = until > from && date != date_words(calendar_, from, options_.language);
    if (!long_pause && !new_day) return;
    const std::string pause = fmt::format(fmt::runtime(narrator_.pick("{} pass", "{} berlalu")),
                                          duration_words(until - from, options_.language));
    std::string line = long_pause ? pause : date;
    if (long_pause && new_day) line += ": " + date;
    out_ += "\n";
    write_line(Shade::Dim, fmt::format("… {} …", line));
    after_block_ = false;
  }

  void write_item(const Note& note, VirtualTime /*told_until*/) {
    if (after_block_) out_ += "\n";
    after_block_ = false;
    write_line(note.is_fault ? Shade::Fault : Shade::Plain,
               fmt::format("{}  * {}", clock_text(calendar_, note.moment.time), note.text));
  }

  void write_item(const SessionBlock& block, VirtualTime told_until) {
    const Session& session = block.session;
    out_ += "\n";
    const std::string title = fmt::format(
        "{}{} → {}   {}, port {}, #{}", meanwhile(session.begun.time, told_until), block.client,
        block.server, protocol_text(session), session.port.value(), session.connection.value());
    const std::size_t width = std::min(kRuleWidth, characters(title) + 4);
    write_line(shade(session), fmt::format("── {} {}", title, rule(kRuleWidth - width)));
    write_lines_and_notes(block);
    after_block_ = true;
  }

  // A session that ran beside what was told already goes back in time: "meanwhile, 09:02:00: ".
  std::string meanwhile(VirtualTime begun, VirtualTime told_until) const {
    if (told_until - begun < kLeastJumpBack) return {};
    return narrator_.format("meanwhile, {0}: ", "sementara itu, {0}: ",
                            clock_words(calendar_, begun, told_until, options_.language));
  }

  // Of well-formed UTF-8.
  static std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
  }
  static std::string rule(std::size_t width) {
    std::string line;
    for (std::size_t i = 0; i < width; ++i) line += "─";
    return line;
  }

  void write_lines_and_notes(const SessionBlock& block) {
    auto note = block.notes.begin();
    VirtualTime told_until = block.session.begun.time;
    const auto tell_pause_until = [&](VirtualTime time) {
      write_pause(told_until, time);
      told_until = std::max(told_until, time);
    };
    const auto write_notes_before = [&](EventPosition position) {
      for (; note != block.notes.end() && note->moment.position < position; ++note) {
        tell_pause_until(note->moment.time);
        write_line(
            note->is_fault ? Shade::Fault : Shade::Dim,
            fmt::format("{}       * {}", clock_text(calendar_, note->moment.time), note->text));
      }
    };
    const auto records = records_.find(block.session.connection);
    std::size_t next_record = 0;
    const auto write_records_before = [&](EventPosition position) {
      if (records == records_.end()) return;
      for (; next_record < records->second.size(); ++next_record) {
        const WireRecord& record = records->second[next_record];
        if (record.moment.position >= position) return;
        write_notes_before(record.moment.position);
        tell_pause_until(record.moment.time);
        write_record(record);
      }
    };
    for (const SessionLine& line : block.session.lines) {
      if (options_.sight == Sight::Eavesdropper && line.cover != journal::Cover::Open) continue;
      write_records_before(line.moment().position);
      write_notes_before(line.moment().position);
      tell_pause_until(line.moment().time);
      write_session_line(block.session, line);
    }
    write_records_before(kNoEvent);
    write_notes_before(kNoEvent);
  }

  void write_record(const WireRecord& record) {
    write_line(Shade::Dim,
               fmt::format("{}  {}: {}", clock_text(calendar_, record.moment.time),
                           wire_speaker(record.from), record_text(record.record, narrator_)));
  }

  std::string prefix_of(const SessionLine& line) const {
    return fmt::format("{}  {}: ", clock_text(calendar_, line.moment().time), speaker(line));
  }
  std::string lost_text(const Session& session, const SessionLine& line) const {
    return session.lost(line) ? std::string(narrator_.pick("   [lost]", "   [hilang]")) : "";
  }
  static Shade shade(const Session& session, const SessionLine& line) {
    return journal::is_refusal(line.code) ? Shade::Fault : shade(session);
  }

  void write_session_line(const Session& session, const SessionLine& line) {
    const std::string prefix = prefix_of(line);
    const std::string lost = lost_text(session, line);
    for (const ShownLine& shown : shown_lines(line, options_, narrator_)) {
      const bool remark = shown.kind == ShownLine::Kind::Remark;
      write_line(remark ? Shade::Dim : shade(session, line),
                 prefix + shown.text + (remark ? "" : lost));
    }
  }

  std::string_view protocol_text(const Session& session) const {
    if (!session.protocol) return "TCP";
    return *session.protocol == Protocol::Smtp ? narrator_.pick("SMTP pushes", "SMTP mendorong")
                                               : narrator_.pick("POP3 pulls", "POP3 menarik");
  }

  static Shade shade(const Session& session) {
    if (!session.protocol) return Shade::Fault;
    return *session.protocol == Protocol::Smtp ? Shade::Smtp : Shade::Pop3;
  }

  void write_line(Shade shade_of_line, const std::string& line) {
    static constexpr const char* kEscapes[] = {"",         "\x1b[2m",  "\x1b[34m",
                                               "\x1b[33m", "\x1b[31m", "\x1b[1m"};
    const bool coloured = options_.colour == Colour::Ansi && shade_of_line != Shade::Plain;
    if (coloured) out_ += kEscapes[static_cast<std::size_t>(shade_of_line)];
    out_ += line;
    if (coloured) out_ += "\x1b[0m";
    out_ += '\n';
  }

  const journal::Journal& journal_;
  TextOptions options_;
  std::uint64_t events_;  // that there were when it was begun
  Narrator narrator_;
  StoryMaker story_maker_;
  Part part_ = Part::Reading;
  Story story_;           // once it is read
  std::size_t next_ = 0;  // of its items
  VirtualTime told_until_;
  Calendar calendar_;
  WireTap tap_;               // for an eavesdropper, with what it gave
  std::uint64_t tapped_ = 0;  // events
  std::map<ConnectionId, std::vector<WireRecord>> records_;
  std::string out_;
  bool after_block_ = false;
};

}  // namespace

std::string text_transcript(const journal::Journal& journal, const TextOptions& options) {
  Writer writer(journal, options);
  while (writer.write_next()) {
  }
  return writer.take();
}

std::unique_ptr<TextTranscript> begin_text_transcript(const journal::Journal& journal,
                                                      const TextOptions& options) {
  return std::make_unique<Writer>(journal, options);
}

}  // namespace mailwalk::exporting
