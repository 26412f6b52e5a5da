#include "export/ledger.hpp"

#include <fmt/format.h>

#include <string_view>

#include "export/printable.hpp"
#include "mail/message.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

std::string place_text(const Copy& copy, const WorldView& view, const Narrator& narrator) {
  const std::string machine = narrator.machine(copy.machine, view);
  const auto say = [&](std::string_view english, std::string_view indonesian) {
    return fmt::format(fmt::runtime(narrator.pick(english, indonesian)), machine,
                       printable(copy.owner.view()));
  };
  switch (copy.place) {
    case Place::Outbox: return say("in the outbox of {0}", "di kotak keluar {0}");
    case Place::Sent: return say("in Sent on {0}", "di Terkirim pada {0}");
    case Place::Queue: return say("in the queue of {0}", "di antrean {0}");
    case Place::Maildrop: return say("in {1}'s maildrop on {0}", "di kotak surat {1} di {0}");
    case Place::Device: return say("on {0}", "di {0}");
  }
  return {};
}

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

}  // namespace

std::string copy_text(const Copy& copy, const WorldView& view, const Narrator& narrator) {
  return place_text(copy, view, narrator) + std::string(standing_text(copy, narrator));
}

std::string ledger_text(const WorldView& view, const Narrator& narrator) {
  std::string text;
  for (const auto& [id, letter] : view.letters) {
    const std::string subject = mail::Message(letter->content).decoded_subject();
    text += fmt::format("  {:<3} “{}”\n", letter_name(letter->number), printable(subject));
    bool anywhere = false;
    for (const NamedCopy& named : copies_of(view, id)) {
      if (!is_there(named.copy.standing)) continue;
      anywhere = true;
      text += fmt::format("        {}{}\n", copy_text(named.copy, view, narrator),
                          read_text(named, view, narrator));
    }
    if (!anywhere) {
      text +=
          fmt::format("        {}\n", narrator.pick("nowhere any more", "tidak ada di mana pun"));
    }
  }
  return text;
}

}  // namespace mailwalk::exporting
