#include "gui/stage/facts.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "export/narrator.hpp"
#include "gui/safe_text.hpp"
#include "gui/stage/meter.hpp"
#include "mail/encoded_word.hpp"
#include "mail/header.hpp"

namespace mailwalk::gui {
namespace {

// A subject stands at the top of a mail; nobody looks further for a tooltip.
constexpr std::size_t kMostHeaderOctets = 16'384;

std::string subject_of(const Bytes& content) {
  const mail::HeaderIndex header(content.view().substr(0, kMostHeaderOctets));
  const auto field = header.find("Subject");
  return field ? safe(mail::decode_words(field->value()), 200) : std::string("–");
}

std::string_view standing_text(const Language& language, ShelfKind shelf, LetterShape shape) {
  switch (shape) {
    case LetterShape::Ghost: return language.text("stage.ghost");
    case LetterShape::Crossed: return language.text("stage.crossed");
    case LetterShape::Open: return language.text("stage.read");
    case LetterShape::Closed: break;
  }
  return language.text(shelf == ShelfKind::Inbox ? "stage.unread" : "stage.here");
}

class Teller {
 public:
  Teller(const UiFrame& frame, const Scene& scene)
      : frame_(frame), scene_(scene), narrator_(frame.language.which()) {}

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(journal::LetterId) const { return {}; }
  std::string operator()(ConnectionId) const { return {}; }

  std::string operator()(EventPosition says) const {
    const auto packet = std::find_if(scene_.packets.begin(), scene_.packets.end(),
                                     [&](const ScenePacket& it) { return it.says == says; });
    if (packet == scene_.packets.end()) return {};
    return frame_.language.format("stage.packet_tip", machine(packet->from), machine(packet->to),
                                  packet->label);
  }
  std::string operator()(const journal::CopyId& copy) const {
    for (const SceneCard& card : scene_.cards) {
      for (const SceneShelf& shelf : card.shelves) {
        for (const SceneLetter& letter : shelf.letters) {
          if (letter.copy == copy) return letter_facts(shelf, letter);
        }
      }
    }
    return {};
  }
  std::string operator()(NodeId id) const {
    const journal::Machine* it = frame_.view.machine(id);
    if (it == nullptr) return {};
    return frame_.language.format("stage.machine_tip", machine(id), safe(it->name.view(), 100),
                                  it->address.text());
  }
  std::string operator()(LinkEnds link) const {
    return frame_.language.format("stage.link_tip", machine(link.a), machine(link.b));
  }

 private:
  std::string machine(NodeId id) const { return safe(narrator_.machine(id, frame_.view)); }

  std::string letter_facts(const SceneShelf& shelf, const SceneLetter& letter) const {
    const journal::Letter* found = frame_.view.letter(letter.copy.letter);
    if (found == nullptr) return {};
    return frame_.language.format("stage.letter_tip", journal::letter_name(letter.number),
                                  subject_of(found->content), safe(found->sender.view(), 80),
                                  size_words(found->content.size(), frame_.language.which()),
                                  standing_text(frame_.language, shelf.kind, letter.shape));
  }

  const UiFrame& frame_;
  const Scene& scene_;
  exporting::Narrator narrator_;
};

}  // namespace

std::string facts_of(const UiFrame& frame, const Scene& scene, const Selection& what) {
  return std::visit(Teller(frame, scene), what);
}

}  // namespace mailwalk::gui
