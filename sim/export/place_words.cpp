#include "export/place_words.hpp"

#include "export/printable.hpp"

namespace mailwalk::exporting {

using journal::Place;
using journal::Standing;

std::string place_words(Place place, const std::string& machine, const Bytes& owner,
                        const Narrator& narrator) {
  switch (place) {
    case Place::Outbox:
      return narrator.format("in the outbox of {0}", "di kotak keluar {0}", machine);
    case Place::Sent:
      return narrator.format("in Sent on {0}", "di folder Terkirim di {0}", machine);
    case Place::Queue: return narrator.format("in the queue of {0}", "di antrean {0}", machine);
    case Place::Maildrop:
      return narrator.format("in {1}'s maildrop on {0}", "di kotak surat {1} di {0}", machine,
                             printable(owner.view()));
    case Place::Device: return narrator.format("on {0}", "di {0}", machine);
  }
  return {};
}

std::string standing_words(Standing standing, const Narrator& narrator) {
  const auto pick = [&](const char* english, const char* indonesian) {
    return std::string(narrator.pick(english, indonesian));
  };
  switch (standing) {
    case Standing::Here: return pick("there", "ada");
    case Standing::Marked: return pick("marked for deletion", "ditandai untuk dihapus");
    case Standing::Refused: return pick("refused", "ditolak");
    case Standing::Bounced: return pick("bounced", "dipantulkan");
    case Standing::Gone: return pick("gone", "sudah tidak ada");
  }
  return {};
}

}  // namespace mailwalk::exporting
