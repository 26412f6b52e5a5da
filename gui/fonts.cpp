#include "gui/fonts.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

// Freetype draws small type better than Dear ImGui's own rasterizer, where both bring what is
// needed.
#if defined(MAILWALK_HAS_FREETYPE) && __has_include(<imgui_freetype.h>)
#include <imgui_freetype.h>
#define MAILWALK_DRAWS_WITH_FREETYPE
#endif

namespace mailwalk::gui {
namespace {

namespace fs = std::filesystem;

struct FontFile {
  const char* path;
  const char* package;  // Debian's
  // From the lowest to the highest that a letter reaches, against the size of type. Dear ImGui
  // takes the former for a font's size; people, and the pages of the web, mean the latter.
  float line_height;
};

constexpr FontFile kInter{"/usr/share/fonts/opentype/inter/Inter-Regular.otf", "fonts-inter",
                          1.21F};
constexpr FontFile kInterStrong{"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf", "fonts-inter",
                                1.21F};
constexpr FontFile kMono{"/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Medium.ttf",
                         "fonts-jetbrains-mono", 1.32F};
constexpr FontFile kIcons{"/usr/share/fonts/opentype/font-awesome/FontAwesome.otf",
                          "fonts-font-awesome", 1.0F};
constexpr FontFile kBehind{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core",
                           1.16F};

// Of a face: its file and how large it is beside the running text.
struct FaceStyle {
  const FontFile* file;
  float ratio;
};
constexpr std::array<FaceStyle, kFaces> kStyles{{
    {&kInter, 1.0F},         // Body
    {&kInterStrong, 1.0F},   // Strong
    {&kInter, 0.82F},        // Small
    {&kInterStrong, 1.15F},  // Title
    {&kMono, 0.95F},         // Mono
}};

// What is drawn into the atlas: each character costs room in the texture.
constexpr ImWchar kTextRanges[] = {
    0x0020, 0x007E, 0x00A0, 0x024F,  // Latin, its accents and extensions
    0x0370, 0x03FF, 0x0400, 0x045F,  // Greek, Cyrillic
    0x2010, 0x2027, 0x2030, 0x203A,  // dashes, quotes, ellipsis
    0x20AC, 0x20AC, 0x2122, 0x2122,  // €, ™
    0x2190, 0x2199, 0x21B5, 0x21B5,  // arrows
    0x2212, 0x2212, 0x2248, 0x2265,  // −, ≈, ≤, ≥
    0x2400, 0x2424,                  // pictures of control characters
    0x25A0, 0x25CF, 0x2713, 0x2717,  // shapes, ticks
    0xFFFD, 0xFFFD, 0,
};
// Only the mono face has them, and every face may have to show them.
constexpr ImWchar kControlRanges[] = {0x2400, 0x2421, 0};

// Of a character of three octets.
constexpr ImWchar code_point_of(const char* utf8) {
  const auto bits = [&](int octet, unsigned mask) {
    return static_cast<unsigned char>(utf8[octet]) & mask;
  };
  return static_cast<ImWchar>(bits(0, 0x0F) << 12 | bits(1, 0x3F) << 6 | bits(2, 0x3F));
}
// Each icon is a range of its own, from it to itself; a 0 ends the last one.
constexpr auto kIconRanges = [] {
  std::array<ImWchar, icon::kAll.size() * 2 + 1> ranges{};
  for (std::size_t i = 0; i < icon::kAll.size(); ++i) {
    ranges[2 * i] = ranges[2 * i + 1] = code_point_of(icon::kAll[i]);
  }
  return ranges;
}();

// Dear ImGui aborts on a file that is none, so it is looked at first. OpenType and TrueType start
// so.
bool is_font_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  char magic[4] = {};
  if (!file.read(magic, sizeof magic)) return false;
  const std::string_view start(magic, sizeof magic);
  return start == "OTTO" || start == std::string_view("\0\1\0\0", 4) || start == "true";
}

// Nothing below this can be read.
float type_px(float size_px, float ratio) {
  return std::max(8.0F, size_px * ratio);
}
// What Dear ImGui is told. Freetype takes round sizes best.
float font_px(const FontFile& file, float type) {
  return std::round(type * file.line_height);
}

ImFontConfig config_for(float size_px) {
  ImFontConfig config;
  config.SizePixels = size_px;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  return config;
}

void merge(ImFontAtlas& atlas, const FontFile& file, float type, const ImWchar* ranges) {
  if (!is_font_file(file.path)) return;
  ImFontConfig config = config_for(font_px(file, type));
  config.MergeMode = true;
  atlas.AddFontFromFileTTF(file.path, config.SizePixels, &config, ranges);
}

}  // namespace

Fonts::Set Fonts::build_set(ImFontAtlas& atlas, float size_px) {
  Set set{};
  for (std::size_t face = 0; face < kFaces; ++face) {
    const float type = type_px(size_px, kStyles[face].ratio);
    const FontFile* file = kStyles[face].file;
    if (!is_font_file(file->path)) file = &kBehind;
    ImFontConfig config = config_for(font_px(*file, type));
    set[face] = is_font_file(file->path)
                    ? atlas.AddFontFromFileTTF(file->path, config.SizePixels, &config, kTextRanges)
                    : atlas.AddFontDefault(&config);
    if (file != &kMono) merge(atlas, kMono, type, kControlRanges);
    if (file != &kBehind) merge(atlas, kBehind, type, kTextRanges);
    merge(atlas, kIcons, type, kIconRanges.data());
  }
  return set;
}

void Fonts::build(ImFontAtlas& atlas, FontSizes sizes) {
  notes_.clear();
  for (const FontFile* file : {&kInter, &kInterStrong, &kMono, &kIcons, &kBehind}) {
    if (is_font_file(file->path)) continue;
    notes_.push_back(fmt::format("the font {} is missing (Debian: {}); another one is used",
                                 file->path, file->package));
  }
  atlas.Clear();
#ifdef MAILWALK_DRAWS_WITH_FREETYPE
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#endif
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  panel_ = build_set(atlas, sizes.panel_px);
  stage_ = sizes.stage_px == sizes.panel_px ? panel_ : build_set(atlas, sizes.stage_px);
  atlas.Build();
  sizes_ = sizes;
  ++version_;
}

}  // namespace mailwalk::gui
