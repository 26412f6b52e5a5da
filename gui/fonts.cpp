#include "gui/fonts.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "world/scenario_load.hpp"

// Freetype draws small type better than Dear ImGui's own rasterizer, where both bring what is
// needed.
#if defined(MAILWALK_HAS_FREETYPE) && __has_include(<imgui_freetype.h>)
#include <imgui_freetype.h>
#define MAILWALK_DRAWS_WITH_FREETYPE
#endif

namespace mailwalk::gui {
namespace {

constexpr std::size_t kMostFontBytes = 20'000'000;

struct FontFile {
  const char* path;
  const char* package;  // Debian's
  // From the lowest to the highest that a letter reaches, against the size of type. Dear ImGui
  // takes the former for a font's size; people, and the pages of the web, mean the latter.
  float line_height;
};

// In the order of FontFileId.
constexpr std::array<FontFile, kFontFiles> kFiles{{
    {"/usr/share/fonts/opentype/inter/Inter-Regular.otf", "fonts-inter", 1.21F},
    {"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf", "fonts-inter", 1.21F},
    {"/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Medium.ttf", "fonts-jetbrains-mono",
     1.32F},
    {"/usr/share/fonts/opentype/font-awesome/FontAwesome.otf", "fonts-font-awesome", 1.0F},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core", 1.16F},
}};
enum class FontFileId : std::uint8_t { Inter, InterStrong, Mono, Icons, Behind };

// Of a face: its file and how large it is beside the running text.
struct FaceStyle {
  FontFileId file;
  float ratio;
};
constexpr std::array<FaceStyle, kFaces> kStyles{{
    {FontFileId::Inter, 1.0F},         // Body
    {FontFileId::InterStrong, 1.0F},   // Strong
    {FontFileId::Inter, 0.82F},        // Small
    {FontFileId::InterStrong, 1.15F},  // Title
    {FontFileId::Mono, 0.95F},         // Mono
}};

// What is drawn into the atlas: each character costs room in the texture.
constexpr ImWchar kAllRanges[] = {
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
constexpr ImWchar kCommonRanges[] = {
    0x0020, 0x007E, 0x00A0, 0x00FF,  // Latin and its accents in the west of Europe
    0x2010, 0x2027, 0x2190, 0x2194,  // dashes, quotes, ellipsis, arrows
    0x2212, 0x2212, 0x2248, 0x2265,  // −, ≈, ≤, ≥
    0x25A1, 0x25A1, 0x2713, 0x2717,  // a box, ticks
    0xFFFD, 0xFFFD, 0,
};
// For a character that these fonts do not have. U+FFFD would say that the mail is damaged.
constexpr ImWchar kNotDrawn = 0x25A1;

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

// Empty if there is none. Dear ImGui aborts on a file that is no font, so its first octets are
// looked at: OpenType and TrueType start so.
std::string read_font_file(const char* path) {
  const auto file = world::load_file(path, kMostFontBytes);
  if (!file) return {};
  const std::string_view start = file->view().substr(0, 4);
  const bool is_font =
      start == "OTTO" || start == std::string_view("\0\1\0\0", 4) || start == "true";
  return is_font ? std::string(file->view()) : std::string();
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

// Draws the fonts of one size.
class FontMaker {
 public:
  using Files = std::array<std::string, kFontFiles>;

  FontMaker(ImFontAtlas& atlas, Files& files, Characters characters)
      : atlas_(atlas),
        files_(files),
        characters_(characters),
        ranges_(characters == Characters::All ? kAllRanges : kCommonRanges) {}

  ImFont* make(const FaceStyle& style, float size_px) {
    const float type = type_px(size_px, style.ratio);
    const FontFileId file = octets(style.file).empty() ? FontFileId::Behind : style.file;
    ImFont* font = add(file, type, ranges_, Merged::No);
    const bool has_controls = file == FontFileId::Mono || characters_ == Characters::Common;
    if (!has_controls) add(FontFileId::Mono, type, kControlRanges, Merged::Yes);
    if (file != FontFileId::Behind) add(FontFileId::Behind, type, ranges_, Merged::Yes);
    add(FontFileId::Icons, type, kIconRanges.data(), Merged::Yes);
    font->FallbackChar = kNotDrawn;
    return font;
  }

 private:
  enum class Merged : std::uint8_t { No, Yes };

  std::string& octets(FontFileId file) { return files_[static_cast<std::size_t>(file)]; }

  // A file that is missing adds nothing to a font, and a font of its own is the built-in one.
  ImFont* add(FontFileId file, float type, const ImWchar* ranges, Merged merged) {
    std::string& data = octets(file);
    ImFontConfig config = config_for(font_px(kFiles[static_cast<std::size_t>(file)], type));
    config.MergeMode = merged == Merged::Yes;
    config.FontDataOwnedByAtlas = false;
    if (data.empty()) return merged == Merged::Yes ? nullptr : atlas_.AddFontDefault(&config);
    return atlas_.AddFontFromMemoryTTF(data.data(), static_cast<int>(data.size()),
                                       config.SizePixels, &config, ranges);
  }

  ImFontAtlas& atlas_;
  Files& files_;
  Characters characters_;
  const ImWchar* ranges_;
};

}  // namespace

Fonts::Set Fonts::build_set(ImFontAtlas& atlas, float size_px) {
  FontMaker maker(atlas, files_, characters_);
  Set set{};
  for (std::size_t face = 0; face < kFaces; ++face) set[face] = maker.make(kStyles[face], size_px);
  return set;
}

void Fonts::read_files() {
  for (std::size_t i = 0; i < kFontFiles; ++i) {
    files_[i] = read_font_file(kFiles[i].path);
    if (!files_[i].empty()) continue;
    notes_.push_back(fmt::format("the font {} is missing (Debian: {}); another one is used",
                                 kFiles[i].path, kFiles[i].package));
  }
}

void Fonts::build(ImFontAtlas& atlas, FontSizes sizes, Characters characters) {
  characters_ = characters;
  if (version_ == 0) read_files();
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
