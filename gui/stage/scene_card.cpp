#include "gui/stage/scene_card.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "export/letter_of.hpp"
#include "export/narrator.hpp"
#include "export/time_words.hpp"
#include "gui/safe_text.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

constexpr std::size_t kMostUidsShown = 8;

// A few letters stay in one line.
std::string together(const std::string& uids) {
  constexpr std::size_t kMostTogether = 9;  // octets: five letters
  if (uids.size() > kMostTogether) return uids;
  std::string joined;
  for (const char c : uids) joined += c == ' ' ? std::string("\u00A0") : std::string(1, c);
  return joined;
}

class CardMaker {
 public:
  CardMaker(const SceneRequest& request, const Machine& machine)
      : request_(request),
        machine_(machine),
        language_(request.language),
        narrator_(request.language.which()),
        focus_(focus()) {}

  SceneCard make(CardKind kind) {
    SceneCard card;
    card.id = machine_.id;
    card.kind = kind;
    card.title = safe(narrator_.machine(machine_.id, request_.view));
    card.subtitle = subtitle(kind);
    // Nobody acts while the stage is being set.
    card.is_acting = request_.position != kNoEvent && request_.position != request_.index.start() &&
                     request_.journal[request_.position].node == machine_.id;
    const bool sends =
        kind == CardKind::Sender || !machine_.outbox.empty() || !machine_.sent.empty();
    if (sends) {
      card.shelves.push_back(outbox());
      card.shelves.push_back(sent());
    }
    if (kind == CardKind::Receiver) card.shelves.push_back(inbox());
    if (has_role(machine_.roles, Role::Mta)) card.shelves.push_back(queue());
    for (const auto& [owner, maildrop] : machine_.maildrops) {
      card.shelves.push_back(shelf_of(*maildrop));
    }
    if (kind == CardKind::Receiver) add_device(card);
    return card;
  }

 private:
  // The letter that the event at the position is about: shelves show what is around it.
  LetterId focus() const {
    if (request_.position == kNoEvent) return kNoLetter;
    const Event& event = request_.journal[request_.position];
    const LetterId told = exporting::letter_of({event, request_.view, request_.view});
    if (told != kNoLetter) return told;
    const Connection* connection = request_.view.connection(event.connection);
    return connection == nullptr ? kNoLetter : connection->letter;
  }

  std::uint32_t number_of(LetterId letter) const {
    const Letter* found = request_.view.letter(letter);
    return found == nullptr ? 0 : found->number;
  }
  SceneLetter letter(const CopyId& copy, LetterShape shape) const {
    return {copy, number_of(copy.letter), shape, {}};
  }

  // Puts a map's entries on a shelf: all, or so many of them around the letter in focus.
  template <class Map, class Make>
  void fill(SceneShelf& shelf, Place place, const Bytes& owner, const Map& map, Make make) const {
    shelf.total = map.size();
    const std::size_t focus = rank_in_focus(place, owner, map, make);
    const std::size_t before = focus - std::min(focus, kMostLettersShown / 2);
    shelf.first = std::min(before, map.size() - std::min(map.size(), kMostLettersShown));
    shelf.focus = focus - shelf.first;
    const auto end = map.at_rank(shelf.first + kMostLettersShown);
    for (auto it = map.at_rank(shelf.first); it != end; ++it) shelf.letters.push_back(make(*it));
  }
  // Of the letter in focus, or 0 if it does not lie there. Thousands may, in the order in which
  // they came: nobody walks past all of them.
  template <class Map, class Make>
  std::size_t rank_in_focus(Place place, const Bytes& owner, const Map& map, Make make) const {
    const auto made = made_in_focus(place, owner);
    if (!made) return 0;
    std::size_t first = 0;
    for (std::size_t end = map.size(); first < end;) {
      const std::size_t middle = first + (end - first) / 2;
      const bool is_earlier = make(*map.at_rank(middle)).copy.made < *made;
      (is_earlier ? first : end) = is_earlier ? middle + 1 : middle;
    }
    return first < map.size() ? first : 0;
  }
  // The event that brought the letter in focus there; nullopt if it does not lie there.
  std::optional<EventPosition> made_in_focus(Place place, const Bytes& owner) const {
    if (focus_ == kNoLetter) return std::nullopt;
    for (const NamedCopy& named : copies_of(request_.view, focus_)) {
      const Copy& copy = named.copy;
      const bool is_there = copy.machine == machine_.id && copy.place == place &&
                            copy.owner == owner && copy.standing != Standing::Gone;
      if (is_there) return named.id.made;
    }
    return std::nullopt;
  }
  // The first that was tried in vain is among those that wait longest.
  template <class Map, class IsTroubled>
  void note_next_try(SceneShelf& shelf, const Map& map, IsTroubled is_troubled) const {
    const auto end = map.at_rank(kMostLettersShown);
    for (auto it = map.begin(); it != end; ++it) {
      if (!is_troubled(*it->value)) continue;
      shelf.note = language_.format("stage.next_try", clock(it->value->next_try));
      shelf.is_trouble = true;
      return;
    }
  }

  std::string clock(VirtualTime time) const {
    return clock_text(request_.view.calendar, time).substr(0, 8);
  }

  // ---- Shelves

  SceneShelf outbox() const {
    SceneShelf shelf{ShelfKind::Outbox, std::string(language_.text("stage.outbox")),
                     std::string(language_.text("stage.outbox_short"))};
    fill(shelf, Place::Outbox, {}, machine_.outbox, [&](const auto& entry) {
      const bool refused = entry.value->state == OutboxState::Refused;
      return letter(entry.value->copy, refused ? LetterShape::Crossed : LetterShape::Closed);
    });
    note_next_try(shelf, machine_.outbox, [](const OutboxMail& mail) {
      return mail.trouble != Trouble::None && mail.state == OutboxState::Waiting;
    });
    return shelf;
  }

  SceneShelf sent() const {
    SceneShelf shelf{ShelfKind::Sent, std::string(language_.text("stage.sent")),
                     std::string(language_.text("stage.sent_short"))};
    fill(shelf, Place::Sent, {}, machine_.sent,
         [&](const auto& entry) { return letter(entry.value.copy, LetterShape::Closed); });
    return shelf;
  }

  SceneShelf queue() const {
    SceneShelf shelf{ShelfKind::Queue, std::string(language_.text("stage.queue"))};
    fill(shelf, Place::Queue, {}, machine_.queue, [&](const auto& entry) {
      return letter(entry.value->copy,
                    entry.value->bounced ? LetterShape::Crossed : LetterShape::Closed);
    });
    note_next_try(shelf, machine_.queue, [](const QueuedMail& mail) {
      return mail.attempts > 0 && mail.state == QueueState::Waiting;
    });
    return shelf;
  }

  SceneShelf shelf_of(const Maildrop& maildrop) const {
    SceneShelf shelf{ShelfKind::Maildrop,
                     language_.format("stage.maildrop", safe(maildrop.owner.view(), 40))};
    fill(shelf, Place::Maildrop, maildrop.owner, maildrop.letters, [&](const auto& entry) {
      SceneLetter it =
          letter(entry.value.copy, entry.value.marked ? LetterShape::Ghost : LetterShape::Closed);
      it.session_number = maildrop.number_in_session(entry.key);
      return it;
    });
    shelf.meter = SceneMeter{maildrop.used_bytes, maildrop.quota_bytes};
    const Connection* holder = request_.view.connection(maildrop.lock_holder);
    if (holder != nullptr) {
      shelf.is_locked = true;
      const std::string who = holder->client.node == kNoNode
                                  ? holder->address.text()
                                  : narrator_.machine(holder->client.node, request_.view);
      shelf.note = language_.format("stage.locked", who);
      if (const auto& state = holder->server.session) {
        shelf.note += " · ";
        shelf.note += std::visit([](auto s) { return name(s); }, *state);
      }
    }
    return shelf;
  }

  SceneShelf inbox() const {
    SceneShelf shelf{ShelfKind::Inbox, std::string(language_.text("stage.inbox"))};
    fill(shelf, Place::Device, {}, machine_.letters, [&](const auto& entry) {
      return letter(entry.value.copy, entry.value.read ? LetterShape::Open : LetterShape::Closed);
    });
    return shelf;
  }

  // ---- The rest of a card

  void add_device(SceneCard& card) const {
    card.storage = SceneMeter{machine_.used_bytes, machine_.capacity_bytes};
    std::size_t shown = 0;
    std::string known;
    for (const auto& [name, account] : machine_.accounts) {
      if (account->trouble != Trouble::None) {
        card.trouble = safe(narrator_.trouble(account->trouble, account->reason), 200);
      }
      for (const auto& [uid, letter] : account->known_uids) {
        if (++shown > kMostUidsShown) break;
        if (!known.empty()) known += ' ';
        known += exporting::name_of_letter(letter, request_.view);
      }
      if (account->known_uids.size() > kMostUidsShown) known += " …";
    }
    if (!known.empty()) card.known_uids = language_.format("stage.uids", together(known));
  }

  std::string subtitle(CardKind kind) const {
    const std::string host = safe(machine_.name.view(), 80);
    switch (kind) {
      case CardKind::Sender: return language_.format("stage.user_agent", machine_.address.text());
      case CardKind::Mta: return language_.format("stage.mta", host);
      case CardKind::Mailbox: return language_.format("stage.mailbox_server", host);
      case CardKind::NameServer: return language_.format("stage.name_server", host);
      case CardKind::Receiver: return account_text();
    }
    return host;
  }
  std::string account_text() const {
    for (const auto& [name, account] : machine_.accounts) {
      const std::string mode = narrator_.mode(account->mode, account->keep_days);
      if (account->poll_interval == Duration{}) return mode;
      return language_.format("stage.polls", mode,
                              exporting::duration_words(account->poll_interval, language_.which()));
    }
    return language_.format("stage.user_agent", machine_.address.text());
  }

  const SceneRequest& request_;
  const Machine& machine_;
  const Language& language_;
  exporting::Narrator narrator_;
  LetterId focus_;
};

}  // namespace

SceneCard make_card(const SceneRequest& request, const Machine& machine, CardKind kind) {
  return CardMaker(request, machine).make(kind);
}

}  // namespace mailwalk::gui
