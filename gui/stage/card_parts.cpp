#include "gui/stage/card_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gui/stage/envelope.hpp"
#include "gui/stage/meter.hpp"

namespace mailwalk::gui {
namespace {

// In em.
constexpr float kLetterMark = 1.05F;  // over a letter: its number, or DELE
constexpr float kMostSpread = 1.4F;   // between shelves, where there is room to spare
constexpr int kMostNoteLines = 3;
constexpr int kMostTroubleLines = 4;
constexpr std::array<float, 5> kLetterScales{1.5F, 1.35F, 1.2F, 1.1F, 1.0F};

// What goes last comes first.
enum class Rank : std::uint8_t {
  Letters,
  Note,
  TitleThatTellsApart,
  Trouble,
  Title,
  Uids,
  Meter,
  EmptyShelf,
};
constexpr int kRanks = static_cast<int>(Rank::EmptyShelf) + 1;

// A part, or two that only stand together, before it is known whether there is room.
struct Wish {
  Rank rank;
  std::vector<CardPart> parts;
};

// Where nothing lies, most shelves are not worth a line; a maildrop and a device always are.
bool is_worth_it(const SceneShelf& shelf) {
  return shelf.total > 0 || shelf.kind == ShelfKind::Maildrop || shelf.kind == ShelfKind::Inbox;
}

// DELE, or numbers that count in a session, stand over its letters.
bool has_letter_marks(const SceneShelf& shelf) {
  return std::any_of(shelf.letters.begin(), shelf.letters.end(), [](const SceneLetter& letter) {
    return letter.session_number || letter.shape == LetterShape::Ghost;
  });
}

class CardFiller {
 public:
  CardFiller(const SceneCard& card, const CardRoom& room, const LinesOf& lines)
      : card_(card), room_(room), lines_(lines), left_(room.height) {}

  std::vector<CardPart> fill() {
    const std::vector<Wish> wishes = all_wishes();
    for (int rank = 0; rank < kRanks; ++rank) {
      for (const Wish& wish : wishes) {
        if (wish.rank == Rank{static_cast<std::uint8_t>(rank)}) take(wish);
      }
    }
    keep_room_for_marks();
    add_letter_rows();
    tell_titles_beside();
    place();
    return std::move(taken_);
  }

 private:
  std::vector<Wish> all_wishes() const {
    std::vector<Wish> wishes;
    const auto worthy = std::count_if(card_.shelves.begin(), card_.shelves.end(), is_worth_it);
    for (std::size_t i = 0; i < card_.shelves.size(); ++i) {
      const SceneShelf& shelf = card_.shelves[i];
      const CardPart title{CardPartKind::ShelfTitle, i, 0, room_.line, 1};
      if (!is_worth_it(shelf)) {
        wishes.push_back({Rank::EmptyShelf, {title, letters(i)}});
        continue;
      }
      wishes.push_back({Rank::Letters, {letters(i)}});
      wishes.push_back({worthy > 1 ? Rank::TitleThatTellsApart : Rank::Title, {title}});
      if (!shelf.note.empty()) {
        wishes.push_back({Rank::Note, {words(CardPartKind::Note, i, shelf.note, kMostNoteLines)}});
      }
      if (shelf.meter) {
        wishes.push_back({Rank::Meter, {{CardPartKind::Meter, i, 0, kMeterHeight, 1}}});
      }
    }
    if (!card_.known_uids.empty()) {
      wishes.push_back({Rank::Uids, {words(CardPartKind::Uids, 0, card_.known_uids, 2)}});
    }
    if (!card_.trouble.empty()) {
      wishes.push_back(
          {Rank::Trouble, {words(CardPartKind::Trouble, 0, card_.trouble, kMostTroubleLines)}});
    }
    if (card_.storage) {
      wishes.push_back({Rank::Meter, {{CardPartKind::Storage, 0, 0, kMeterHeight, 1}}});
    }
    return wishes;
  }

  CardPart letters(std::size_t shelf) const {
    const SceneShelf& it = card_.shelves[shelf];
    const float row = letter_row_height(it, room_.letter_scale);
    const float none =
        room_.line + (it.kind == ShelfKind::Maildrop ? below_letters(it.kind) : 0.0F);
    return {CardPartKind::Letters, shelf, 0, it.total == 0 ? none : row, 1};
  }
  CardPart words(CardPartKind kind, std::size_t shelf, const std::string& text, int most) const {
    const int lines = std::clamp(lines_(text), 1, most);
    return {kind, shelf, 0, room_.line * static_cast<float>(lines), lines};
  }

  // Words may be cut to fewer lines before they go whole.
  void take(Wish wish) {
    const auto height = [&] {
      float sum = 0;
      for (const CardPart& part : wish.parts) sum += part.h;
      return sum;
    };
    const bool may_be_cut = wish.rank == Rank::Note || wish.rank == Rank::Trouble;
    for (CardPart& first = wish.parts.front(); may_be_cut && height() > left_ && first.lines > 1;) {
      --first.lines;
      first.h -= room_.line;
    }
    // A row of letters is drawn in whatever room there is, if it is the first.
    const bool is_cramped = taken_.empty() && wish.rank == Rank::Letters && left_ > 0;
    if (height() > left_ && !is_cramped) return;
    if (height() > left_) wish.parts.front().h = left_;
    left_ -= height();
    taken_.insert(taken_.end(), wish.parts.begin(), wish.parts.end());
  }

  // On a maildrop's shelf letters come, go and are numbered: nothing else should move for it.
  void keep_room_for_marks() {
    const float row =
        (kEnvelopeHeight + kLetterMark) * room_.letter_scale + below_letters(ShelfKind::Maildrop);
    for (CardPart& part : taken_) {
      const bool is_letters = part.kind == CardPartKind::Letters;
      if (!is_letters || card_.shelves[part.shelf].kind != ShelfKind::Maildrop) continue;
      const float more = std::max(row - part.h, 0.0F);
      if (more > left_) continue;
      part.h += more;
      left_ -= more;
    }
  }

  void add_letter_rows() {
    const std::size_t in_row = letters_in_row(room_);
    for (bool added = true; added;) {
      added = false;
      for (CardPart& part : taken_) {
        if (part.kind != CardPartKind::Letters) continue;
        const SceneShelf& shelf = card_.shelves[part.shelf];
        const float row = letter_row_height(shelf, room_.letter_scale);
        const bool hides_some = shelf.total > in_row * static_cast<std::size_t>(part.lines);
        if (!hides_some || row > left_) continue;
        part.h += row;
        ++part.lines;
        left_ -= row;
        added = true;
      }
    }
  }

  // Which shelf it is must be told where there are several.
  void tell_titles_beside() {
    for (CardPart& part : taken_) {
      if (part.kind != CardPartKind::Letters || card_.shelves[part.shelf].total == 0) continue;
      part.has_title_beside =
          std::none_of(taken_.begin(), taken_.end(), [&](const CardPart& other) {
            return other.kind == CardPartKind::ShelfTitle && other.shelf == part.shelf;
          });
    }
  }

  static bool is_at_foot(const CardPart& part) { return part.kind >= CardPartKind::Uids; }

  // Shelves from the top, with room between them as far as there is; what is told of the device
  // from the bottom.
  void place() {
    std::stable_sort(taken_.begin(), taken_.end(), [](const CardPart& a, const CardPart& b) {
      if (is_at_foot(a) != is_at_foot(b)) return is_at_foot(b);
      if (!is_at_foot(a) && a.shelf != b.shelf) return a.shelf < b.shelf;
      return a.kind < b.kind;
    });
    std::size_t gaps = 0;
    for (std::size_t i = 1; i < taken_.size(); ++i) gaps += begins_shelf(i) ? 1 : 0;
    const float gap = gaps == 0 ? 0 : std::min(left_ / static_cast<float>(gaps), kMostSpread);
    float y = 0;
    float foot = room_.height;
    for (const CardPart& part : taken_) foot -= is_at_foot(part) ? part.h : 0;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      float& at = is_at_foot(taken_[i]) ? foot : y;
      if (i > 0 && begins_shelf(i)) at += gap;
      taken_[i].y = at;
      at += taken_[i].h;
    }
  }
  bool begins_shelf(std::size_t part) const {
    return !is_at_foot(taken_[part]) && taken_[part].shelf != taken_[part - 1].shelf;
  }

  const SceneCard& card_;
  const CardRoom& room_;
  const LinesOf& lines_;
  float left_;  // of the height
  std::vector<CardPart> taken_;
};

// What a person sees of it: its parts and so many letters.
std::size_t worth_of(const CardToFill& it, float letter_scale) {
  CardRoom room = it.room;
  room.letter_scale = letter_scale;
  std::size_t worth = 0;
  for (const CardPart& part : fill_card(*it.card, room, it.lines)) {
    worth += 1'000 * static_cast<std::size_t>(part.kind == CardPartKind::Letters ? 1 : part.lines);
    if (part.kind != CardPartKind::Letters) continue;
    const std::size_t places = letters_in_row(room) * static_cast<std::size_t>(part.lines);
    worth += std::min(it.card->shelves[part.shelf].total, places);
    // Where there is too little height for a row, letters are not drawn larger.
    const float row = letter_row_height(it.card->shelves[part.shelf], letter_scale);
    const bool is_cramped = it.card->shelves[part.shelf].total > 0 && part.h < row;
    if (is_cramped && letter_scale > 1) return 0;
  }
  return worth;
}

}  // namespace

float below_letters(ShelfKind kind) {
  return kind == ShelfKind::Maildrop ? 0.4F : 0.2F;
}

float letter_row_height(const SceneShelf& shelf, float letter_scale) {
  const float mark = has_letter_marks(shelf) ? kLetterMark : 0;
  return (kEnvelopeHeight + mark) * letter_scale + below_letters(shelf.kind);
}

std::size_t letters_in_row(const CardRoom& room) {
  const float step = (kEnvelopeWidth + kLetterGap) * room.letter_scale;
  const float gap = kLetterGap * room.letter_scale;
  return static_cast<std::size_t>(std::max((room.width + gap) / step, 1.0F));
}

std::vector<CardPart> fill_card(const SceneCard& card, const CardRoom& room, const LinesOf& lines) {
  return CardFiller(card, room, lines).fill();
}

float letter_scale_for(const std::vector<CardToFill>& cards, float most) {
  std::vector<std::size_t> least;
  for (const CardToFill& it : cards) least.push_back(worth_of(it, 1));
  for (const float scale : kLetterScales) {
    if (scale > most) continue;
    const bool shows_all = std::equal(
        cards.begin(), cards.end(), least.begin(),
        [&](const CardToFill& it, std::size_t worth) { return worth_of(it, scale) >= worth; });
    if (shows_all) return scale;
  }
  return 1;
}

}  // namespace mailwalk::gui
