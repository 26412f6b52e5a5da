#include "export/comparison_text.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "export/event_words.hpp"
#include "export/narrator.hpp"
#include "export/place_words.hpp"
#include "export/printable.hpp"
#include "export/time_words.hpp"
#include "journal/comparison.hpp"
#include "journal/reducer.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

// A run with how things stand at its end.
struct Run {
  const Journal& journal;
  WorldView end;
  std::string name;
};

// ---- The event at which they part -------------------------------------------------------------

WorldView view_before(const Journal& journal, EventPosition position) {
  WorldView view;
  while (view.events < position.value()) advance(view, journal[EventPosition{view.events}]);
  return view;
}

std::string event_words_at(const Run& run, EventPosition at, const Narrator& narrator) {
  if (at.value() >= run.journal.size()) {
    return std::string(narrator.pick("it is over", "sudah selesai"));
  }
  const Event& event = run.journal[at];
  const WorldView before = view_before(run.journal, at);
  const WorldView after = apply(before, event);
  return event_words({event, before, after}, narrator);
}

// ---- How things stand --------------------------------------------------------------------------

class DifferenceTeller {
 public:
  DifferenceTeller(const Run& left, const Run& right, const Narrator& narrator)
      : left_(left), right_(right), narrator_(narrator) {}

  std::string operator()(const CopiesDiffer& copies) const {
    return sides(
        fmt::format("{} {}", letter(copies.letter),
                    place_words(copies.place, machine(copies.machine), copies.owner, narrator_)),
        standings(copies.left), standings(copies.right));
  }
  std::string maildrop(const SizesDiffer& sizes) const {
    return sides(narrator_.format("{1}'s maildrop on {0}", "kotak surat {1} di {0}",
                                  machine(sizes.machine), printable(sizes.owner.view())),
                 octets(sizes.left_bytes), octets(sizes.right_bytes));
  }
  std::string device(const SizesDiffer& sizes) const {
    return sides(narrator_.format("letters on {0}", "surat di {0}", machine(sizes.machine)),
                 octets(sizes.left_bytes), octets(sizes.right_bytes));
  }
  std::string operator()(const ReadMarksDiffer& marks) const {
    return sides(
        narrator_.format("{0} on {1}", "{0} di {1}", letter(marks.letter), machine(marks.machine)),
        read(marks.left), read(marks.right));
  }
  std::string operator()(const WaitingDiffers& mail) const {
    return sides(fmt::format("{} {}", letter(mail.letter),
                             place_words(mail.place, machine(mail.machine), {}, narrator_)),
                 waiting(mail.left, left_), waiting(mail.right, right_));
  }

 private:
  static std::string sides(const std::string& what, const std::string& left,
                           const std::string& right) {
    return fmt::format("  {}: {} | {}\n", what, left, right);
  }

  // "letter A"; "letter A | B" where the two runs count otherwise.
  std::string letter(const LetterPair& pair) const {
    const auto name = [](const WorldView& view, LetterId id) {
      const Letter* found = view.letter(id);
      return found == nullptr ? std::string("–") : letter_name(found->number);
    };
    const std::string left = name(left_.end, pair.left);
    const std::string right = name(right_.end, pair.right);
    return narrator_.format("letter {0}", "surat {0}",
                            left == right ? left : fmt::format("{} | {}", left, right));
  }
  std::string machine(const Bytes& name) const {
    for (const Run* run : {&left_, &right_}) {
      const Machine* found = run->end.find_machine(name.view());
      if (found != nullptr) return narrator_.machine(found->id, run->end);
    }
    return printable(name.view());
  }
  std::string standings(const std::vector<Standing>& copies) const {
    if (copies.empty()) return std::string(narrator_.pick("never", "tidak pernah"));
    std::string text;
    for (const Standing standing : copies) {
      if (!text.empty()) text += ", ";
      text += standing_words(standing, narrator_);
    }
    return text;
  }
  std::string octets(std::optional<std::uint64_t> bytes) const {
    if (!bytes) return std::string(narrator_.pick("not there", "tidak ada"));
    return narrator_.format("{0} octets", "{0} oktet", *bytes);
  }
  std::string read(std::uint32_t copies) const {
    if (copies > 1)
      return narrator_.format("read, {0} copies", "sudah dibaca, {0} salinan", copies);
    return std::string(copies == 1 ? narrator_.pick("read", "sudah dibaca")
                                   : narrator_.pick("not read", "belum dibaca"));
  }
  std::string waiting(const std::optional<Waiting>& mail, const Run& run) const {
    if (!mail) return std::string(narrator_.pick("does not wait", "tidak menunggu"));
    return narrator_.format(
        "waits for its next try at {0}, recipients: {1}",
        "menunggu dicoba lagi pukul {0}, penerima: {1}",
        clock_words(run.end.calendar, mail->next_try, run.end.now, narrator_.language()),
        mail->recipients);
  }

  const Run& left_;
  const Run& right_;
  const Narrator& narrator_;
};

std::string tell_parting(const Run& left, const Run& right, const Divergence& parting,
                         const Narrator& narrator) {
  return narrator.format("The first event in which they differ is number {0}.\n",
                         "Kejadian pertama yang berbeda ialah nomor {0}.\n", parting.at.value()) +
         fmt::format("  {}: {}\n  {}: {}\n", left.name, event_words_at(left, parting.at, narrator),
                     right.name, event_words_at(right, parting.at, narrator));
}

std::string tell_ends(const Run& left, const Run& right, const Narrator& narrator) {
  const ViewDifferences differences = compare_views(left.end, right.end);
  if (differences.none()) {
    return std::string(narrator.pick("In the end, everything lies in the same places.\n",
                                     "Pada akhirnya, semua berada di tempat yang sama.\n"));
  }
  const DifferenceTeller tell(left, right, narrator);
  std::string text =
      narrator.format("What differs in the end ({0} | {1}):\n",
                      "Yang berbeda pada akhirnya ({0} | {1}):\n", left.name, right.name);
  for (const auto& copies : differences.copies) text += tell(copies);
  for (const auto& sizes : differences.maildrops) text += tell.maildrop(sizes);
  for (const auto& sizes : differences.devices) text += tell.device(sizes);
  for (const auto& marks : differences.read_marks) text += tell(marks);
  for (const auto& mail : differences.waiting) text += tell(mail);
  return text;
}

}  // namespace

std::string comparison_text(const Journal& left, const Journal& right, const RunNames& names,
                            Language language) {
  const Narrator narrator(language);
  const Divergence parting = find_divergence(left, right);
  if (parting.how == Parting::Never) {
    return std::string(narrator.pick("The two runs are the same, event for event.\n",
                                     "Kedua simulasi sama, kejadian demi kejadian.\n"));
  }
  const Run on_left{left, view_at_end(left), printable(names.left)};
  const Run on_right{right, view_at_end(right), printable(names.right)};
  return tell_parting(on_left, on_right, parting, narrator) +
         tell_ends(on_left, on_right, narrator);
}

}  // namespace mailwalk::exporting
