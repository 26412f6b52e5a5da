// The faces in which the window is set, at the sizes that are needed now.
//
// Inter for words, JetBrains Mono for what was on the wire, Font Awesome for icons, DejaVu Sans
// behind them for characters that they lack. A file that is missing is told of, and the next face
// takes its place; at the very end stands the small font that is built into Dear ImGui.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

struct ImFont;
struct ImFontAtlas;

namespace mailwalk::gui {

enum class Face : std::uint8_t { Body, Strong, Small, Title, Mono };
inline constexpr std::size_t kFaces = 5;
inline constexpr std::size_t kFontFiles = 5;

// The size of running type, in pixels. Panels are set in one size, the stage in one that suits its
// room.
struct FontSizes {
  float panel_px = 16;
  float stage_px = 16;
  friend bool operator==(FontSizes, FontSizes) = default;
};

// Drawing all of them takes a third of the time until the window is there, so the first frame does
// with those that English, Indonesian and protocols need, and the second one has all.
enum class Characters : std::uint8_t { Common, All };

class Fonts {
 public:
  // Draws every face into the atlas, which is emptied first. The texture has to be made anew.
  void build(ImFontAtlas& atlas, FontSizes sizes, Characters characters = Characters::All);

  [[nodiscard]] FontSizes sizes() const { return sizes_; }
  [[nodiscard]] Characters characters() const { return characters_; }
  // Another one after each build: glyphs lie elsewhere in the texture then.
  [[nodiscard]] std::uint64_t version() const { return version_; }
  // Good until the next build.
  [[nodiscard]] ImFont* panel(Face face) const { return panel_[static_cast<std::size_t>(face)]; }
  [[nodiscard]] ImFont* stage(Face face) const { return stage_[static_cast<std::size_t>(face)]; }
  // What is missing, for people; empty if nothing is.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  using Set = std::array<ImFont*, kFaces>;
  void read_files();
  Set build_set(ImFontAtlas& atlas, float size_px);

  FontSizes sizes_{0, 0};
  Characters characters_ = Characters::All;
  std::uint64_t version_ = 0;
  std::array<std::string, kFontFiles> files_;  // their octets; empty for one that is missing
  Set panel_{}, stage_{};
  std::vector<std::string> notes_;
};

// Icons of Font Awesome 4.7, as UTF-8.
namespace icon {
inline constexpr const char* kPlay = "\xEF\x81\x8B";
inline constexpr const char* kPause = "\xEF\x81\x8C";
inline constexpr const char* kToStart = "\xEF\x81\x89";
inline constexpr const char* kToEnd = "\xEF\x81\x90";
inline constexpr const char* kBack = "\xEF\x81\x88";
inline constexpr const char* kForward = "\xEF\x81\x91";
inline constexpr const char* kLock = "\xEF\x80\xA3";
inline constexpr const char* kDown = "\xEF\x84\x87";
inline constexpr const char* kRight = "\xEF\x84\x85";
inline constexpr const char* kClock = "\xEF\x80\x97";
inline constexpr const char* kSun = "\xEF\x86\x85";
inline constexpr const char* kMoon = "\xEF\x86\x86";
inline constexpr const char* kCross = "\xEF\x80\x8D";
inline constexpr const char* kPhone = "\xEF\x84\x8B";
inline constexpr const char* kLaptop = "\xEF\x84\x89";
inline constexpr const char* kServer = "\xEF\x88\xB3";
inline constexpr const char* kInbox = "\xEF\x80\x9C";
inline constexpr const char* kBook = "\xEF\x80\xAD";
inline constexpr const char* kFind = "\xEF\x80\x82";
inline constexpr const char* kUp = "\xEF\x81\xB7";
inline constexpr const char* kNext = "\xEF\x81\xB8";
inline constexpr const char* kCopy = "\xEF\x83\x85";
inline constexpr const char* kSave = "\xEF\x80\x99";
inline constexpr const char* kWarning = "\xEF\x81\xB1";
inline constexpr const char* kColumns = "\xEF\x83\x9B";
inline constexpr const char* kLive = "\xEF\x87\xAB";
inline constexpr const char* kCheck = "\xEF\x80\x8C";
inline constexpr const char* kEye = "\xEF\x81\xAE";

// All of them: only these are drawn into the atlas. Icons take most of a font's time.
inline constexpr std::array kAll{kPlay,   kPause,  kToStart, kToEnd,   kBack, kForward, kLock,
                                 kDown,   kRight,  kClock,   kSun,     kMoon, kCross,   kPhone,
                                 kLaptop, kServer, kInbox,   kBook,    kFind, kUp,      kNext,
                                 kCopy,   kSave,   kWarning, kColumns, kLive, kEye,     kCheck};
}  // namespace icon

}  // namespace mailwalk::gui
