#include "gui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace mailwalk::gui {
namespace {

constexpr Theme kPaper{.paper = {0xFBFAF7},
                       .card = {0xFFFFFF},
                       .hairline = {0xD9D5CB},
                       .well = {0xF1EFE9},
                       .ink = {0x1F2430},
                       .muted = {0x5B6473},
                       .on_fill = {0xFFFFFF},
                       .smtp = {{0x0B63B0}, {0x08528F}, {0xE8F1FB}},
                       .pop3 = {{0xB4540A}, {0x893E06}, {0xFAEEE4}},
                       .names = {{0x0A7D5A}, {0x07603F}, {0xE5F4EF}},
                       .tls = {{0x7A3E9D}, {0x6A338A}, {0xF3EAF8}},
                       .fault = {{0xB3261E}, {0x9A1C15}, {0xFBE9E7}},
                       .ghost = {{0x9AA1AD}, {0x5B6473}, {0xF6F5F2}},
                       .letters = {{{{0x0A7D5A}, {0x07603F}, {0xDDF1EA}},
                                    {{0xC2410C}, {0x8F3508}, {0xFCE7DB}},
                                    {{0x0B63B0}, {0x08528F}, {0xDCEAF8}},
                                    {{0x7A3E9D}, {0x6A338A}, {0xEFE3F6}},
                                    {{0x9A6700}, {0x6E4A00}, {0xF8EDCF}},
                                    {{0xB0235F}, {0x8E1A4C}, {0xFAE1EB}},
                                    {{0x0E7490}, {0x0A566B}, {0xDAF0F5}},
                                    {{0x4D6B12}, {0x3E560E}, {0xE9F2D6}}}}};

constexpr Theme kNight{.paper = {0x14171D},
                       .card = {0x1D2129},
                       .hairline = {0x3A414D},
                       .well = {0x272C36},
                       .ink = {0xECEEF2},
                       .muted = {0xA3ACBA},
                       .on_fill = {0x10131A},
                       .smtp = {{0x4C9BE8}, {0x8CC2F7}, {0x1C2C3F}},
                       .pop3 = {{0xE08A3C}, {0xF4B27A}, {0x3A2A1C}},
                       .names = {{0x35B48A}, {0x7ADBB9}, {0x16322A}},
                       .tls = {{0xB07BD3}, {0xD3AEEC}, {0x30233B}},
                       .fault = {{0xE5675F}, {0xFFA8A1}, {0x3D2120}},
                       .ghost = {{0x79828F}, {0xA3ACBA}, {0x20242C}},
                       .letters = {{{{0x35B48A}, {0x7ADBB9}, {0x16322A}},
                                    {{0xF08A55}, {0xFBB795}, {0x3E2619}},
                                    {{0x4C9BE8}, {0x8CC2F7}, {0x1C2C3F}},
                                    {{0xB07BD3}, {0xD3AEEC}, {0x30233B}},
                                    {{0xD9A32E}, {0xEFCB7C}, {0x382D14}},
                                    {{0xE56C9E}, {0xF7AFCB}, {0x3D1F2C}},
                                    {{0x3FB3CF}, {0x8ADBEE}, {0x17323A}},
                                    {{0x93B944}, {0xC4DE8D}, {0x29321A}}}}};

// Of one channel, 0 to 255.
double linear(std::uint32_t channel) {
  const double c = static_cast<double>(channel) / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color color) {
  return 0.2126 * linear(color.rgb >> 16) + 0.7152 * linear(color.rgb >> 8 & 0xFF) +
         0.0722 * linear(color.rgb & 0xFF);
}

}  // namespace

const Theme& theme_named(ThemeName name) {
  return name == ThemeName::Light ? kPaper : kNight;
}

double contrast(Color a, Color b) {
  const double lighter = std::max(luminance(a), luminance(b));
  const double darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace mailwalk::gui
