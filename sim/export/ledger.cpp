#include "export/ledger.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "export/place_words.hpp"
#include "export/printable.hpp"
#include "export/size_words.hpp"
#include "mail/message.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

std::string_view standing_text(const Copy& copy, const Narrator& narrator) {
  switch (copy.standing) {
    case Standing::Marked:
      return narrator.pick(", marked for deletion", ", ditandai untuk dihapus");
    case Standing::Refused: return narrator.pick(", refused", ", ditolak");
    case Standing::Bounced: return narrator.pick(", bounced", ", dikembalikan (bounce)");
    case Standing::Gone: return narrator.pick(", gone from there", ", sudah tidak di sana");
    case Standing::Here: break;
  }
  return "";
}

bool is_there(Standing standing) {
  return standing == Standing::Here || standing == Standing::Marked ||
         standing == Standing::Refused;
}

std::string_view read_text(const NamedCopy& named, const WorldView& view,
                           const Narrator& narrator) {
  if (named.copy.place != Place::Device) return "";
  const Machine* machine = view.machine(named.copy.machine);
  if (machine == nullptr) return "";
  for (const auto& [id, letter] : machine->letters) {
    if (letter.copy == named.id) {
      return letter.read ? narrator.pick(", read", ", sudah dibaca")
                         : narrator.pick(", unread", ", belum dibaca");
    }
  }
  return "";
}

// "not for nobody@b.example: 550 5.1.1 …", for each whom it will not reach.
std::string given_up_text(const Letter& letter, const Narrator& narrator) {
  std::string text;
  for (const GivenUp& gone : letter.given_up) {
    text += "        " +
            narrator.format("not for {0}: {1}", "tidak sampai ke {0}: {1}",
                            printable(gone.recipient.view()),
                            narrator.trouble(gone.trouble, gone.reason)) +
            "\n";
  }
  return text;
}

// A line for each place that has a limit, with what is used of it.
std::string rooms_text(const WorldView& view, const Narrator& narrator) {
  std::string text;
  const auto add = [&](const std::string& place, std::uint64_t used, std::uint64_t capacity) {
    if (capacity == 0) return;
    text += fmt::format("  {}: {}\n", place, room_words(used, capacity, narrator.language()));
  };
  for (const auto& [id, machine] : view.machines) {
    const std::string name = narrator.machine(id, view);
    for (const auto& [owner, drop] : machine->maildrops) {
      add(narrator.format("{1}'s maildrop on {0}", "kotak surat {1} di {0}", name,
                          printable(owner.view())),
          drop->used_bytes, drop->quota_bytes);
    }
    add(name, machine->used_bytes, machine->capacity_bytes);
  }
  return text;
}

}  // namespace

std::string copy_text(const Copy& copy, const WorldView& view, const Narrator& narrator) {
  return place_words(copy.place, narrator.machine(copy.machine, view), copy.owner, narrator) +
         std::string(standing_text(copy, narrator));
}

std::string ledger_text(const WorldView& view, LetterId id, const Narrator& narrator) {
  const Letter& letter = *view.letter(id);
  const std::string subject = mail::Message(letter.content).decoded_subject();
  std::string text = fmt::format("  {:<3} “{}”\n", letter_name(letter.number), printable(subject));
  bool anywhere = false;
  for (const NamedCopy& named : copies_of(view, id)) {
    if (!is_there(named.copy.standing)) continue;
    anywhere = true;
    text += fmt::format("        {}{}\n", copy_text(named.copy, view, narrator),
                        read_text(named, view, narrator));
  }
  if (!anywhere) {
    text += fmt::format("        {}\n", narrator.pick("nowhere any more", "tidak ada di mana pun"));
  }
  return text + given_up_text(letter, narrator);
}

std::string ledger_text(const WorldView& view, const Narrator& narrator) {
  std::string text;
  for (const auto& [id, letter] : view.letters) text += ledger_text(view, id, narrator);
  const std::string rooms = rooms_text(view, narrator);
  if (rooms.empty()) return text;
  return text + fmt::format("\n{}\n", narrator.pick("How full is it?", "Seberapa penuh?")) + rooms;
}

}  // namespace mailwalk::exporting
