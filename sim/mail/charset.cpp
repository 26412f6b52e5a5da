#include "mail/charset.hpp"

#include <array>
#include <cstddef>

#include "base/ascii.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct CharsetName {
  std::string_view name;
  Charset charset;
};
constexpr std::array kNames{
    CharsetName{"us-ascii", Charset::UsAscii},
    CharsetName{"ascii", Charset::UsAscii},
    CharsetName{"ansi_x3.4-1968", Charset::UsAscii},
    CharsetName{"utf-8", Charset::Utf8},
    CharsetName{"utf8", Charset::Utf8},
    CharsetName{"iso-8859-1", Charset::Iso8859_1},
    CharsetName{"iso_8859-1", Charset::Iso8859_1},
    CharsetName{"latin1", Charset::Iso8859_1},
    CharsetName{"windows-1252", Charset::Windows1252},
    CharsetName{"cp1252", Charset::Windows1252},
};

// What windows-1252 has where ISO-8859-1 has control characters, 0x80 to 0x9F (the Unicode
// Consortium's table CP1252.TXT); five are undefined.
constexpr std::array<char32_t, 32> kWindows1252High{
    0x20AC,       kReplacement, 0x201A, 0x0192, 0x201E, 0x2026,       0x2020, 0x2021,
    0x02C6,       0x2030,       0x0160, 0x2039, 0x0152, kReplacement, 0x017D, kReplacement,
    kReplacement, 0x2018,       0x2019, 0x201C, 0x201D, 0x2022,       0x2013, 0x2014,
    0x02DC,       0x2122,       0x0161, 0x203A, 0x0153, kReplacement, 0x017E, 0x0178};

// The character of one octet in a charset other than UTF-8.
char32_t character(unsigned char octet, Charset charset) {
  if (octet < 0x80) return octet;
  if (charset == Charset::UsAscii) return kReplacement;
  if (charset == Charset::Windows1252 && octet < 0xA0) return kWindows1252High[octet - 0x80U];
  return octet;
}

}  // namespace

std::optional<Charset> charset_named(std::string_view name) {
  for (const CharsetName& known : kNames) {
    if (ascii::iequals(known.name, name)) return known.charset;
  }
  return std::nullopt;
}

std::string to_utf8(std::string_view text, Charset charset) {
  if (charset == Charset::Utf8) return wire::to_valid_utf8(text);
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    wire::append_utf8(out, character(static_cast<unsigned char>(c), charset));
  }
  return out;
}

}  // namespace mailwalk::mail
