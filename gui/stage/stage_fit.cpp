#include "gui/stage/stage_fit.hpp"

#include <algorithm>
#include <vector>

#include "gui/safe_text.hpp"
#include "gui/stage/machine_card.hpp"

namespace mailwalk::gui {
namespace {

// A title longer than this may take two lines.
constexpr std::size_t kTitleOctetsInOneLine = 13;
// How large letters may become where there is room: for who works with it, and for a class.
constexpr float kMostLetterScale = 1.2F;
constexpr float kMostLetterScaleShown = 1.5F;
// em: what stands on cards is set in larger type for a class.
constexpr float kPresentedLine = 1.4F;

// Two lines were reckoned with, but in this layout all names of a kind may have room in one.
HeadStyle with_fewest_lines(HeadStyle head, const Scene& scene, const StageLayout& layout,
                            ImFont* font) {
  head.title_lines.fill(1);
  for (const SceneCard& card : scene.cards) {
    const auto place = layout.cards.find(card.id);
    if (place == layout.cards.end()) continue;
    const bool fits = text_size(card.title, font).x <= card_text_width(place->second, layout.em);
    if (!fits) head.title_lines[static_cast<std::size_t>(card.kind)] = 2;
  }
  return head;
}

// Where mail is pushed along, the strips of all cards are at one height: what is said lies in those
// of both, and there is room for more of it.
HeadStyle with_level_heads(HeadStyle head) {
  constexpr std::array kPushing{CardKind::Sender, CardKind::Mta, CardKind::Mailbox};
  int most = 1;
  for (const CardKind kind : kPushing) most = std::max(most, head.lines(kind));
  for (const CardKind kind : kPushing) head.title_lines[static_cast<std::size_t>(kind)] = most;
  return head;
}

// All titles are set alike: large, if there is room for each of them.
Face title_face(const Scene& scene, const StageLayout& layout, const Fonts& fonts) {
  ImFont* large = fonts.stage(Face::Title);
  const bool fit = std::all_of(scene.cards.begin(), scene.cards.end(), [&](const SceneCard& card) {
    const auto place = layout.cards.find(card.id);
    return place == layout.cards.end() ||
           text_size(card.title, large).x <= card_text_width(place->second, layout.em);
  });
  return fit ? Face::Title : Face::Strong;
}

std::array<float, kCardKinds> letter_scales(const Scene& scene, const StageLayout& layout,
                                            ImFont* words, float most) {
  std::array<std::vector<CardToFill>, kCardKinds> cards;
  for (const SceneCard& card : scene.cards) {
    const auto place = layout.cards.find(card.id);
    if (place == layout.cards.end()) continue;
    cards[static_cast<std::size_t>(card.kind)].push_back(
        card_to_fill(card, place->second, words, layout.em));
  }
  std::array<float, kCardKinds> scales{};
  for (std::size_t kind = 0; kind < kCardKinds; ++kind)
    scales[kind] = letter_scale_for(cards[kind], most);
  return scales;
}

}  // namespace

HeadStyle head_style(Mode mode, const Scene& scene) {
  const bool is_presented = mode == Mode::Present;
  HeadStyle head;
  head.subtitle = is_presented ? Subtitle::Hidden : Subtitle::Shown;
  if (is_presented) head.mode_line = kPresentedLine;
  for (const SceneCard& card : scene.cards) {
    const bool may_wrap =
        card.kind != CardKind::NameServer && (card.kind != CardKind::Receiver || is_presented);
    if (may_wrap && card.title.size() > kTitleOctetsInOneLine) {
      head.title_lines[static_cast<std::size_t>(card.kind)] = 2;
    }
  }
  return head;
}

StageFit fit_stage(const Scene& scene, const Rect& place, Mode mode, const Fonts& fonts) {
  const HeadStyle head = head_style(mode, scene);
  const float em = fonts.sizes().stage_px;
  StageFit fit;
  fit.layout = lay_out_stage(scene.plan, place, head, em);
  const HeadStyle fewest = with_fewest_lines(head, scene, fit.layout, fonts.stage(Face::Strong));
  // Only what may be spared: no name takes more lines than it was reckoned with.
  HeadStyle spared = head;
  for (std::size_t kind = 0; kind < kCardKinds; ++kind) {
    spared.title_lines[kind] = std::min(head.title_lines[kind], fewest.title_lines[kind]);
  }
  const HeadStyle level = with_level_heads(spared);
  const HeadStyle best = is_pushed_at_ease(scene.plan, place, level, em) ? level : spared;
  if (best != head) fit.layout = lay_out_stage(scene.plan, place, best, em);
  fit.title_face = title_face(scene, fit.layout, fonts);
  const float most = mode == Mode::Present ? kMostLetterScaleShown : kMostLetterScale;
  fit.letter_scales = letter_scales(scene, fit.layout, fonts.stage(words_face(mode)), most);
  return fit;
}

}  // namespace mailwalk::gui
