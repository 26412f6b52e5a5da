#include "mail/encoded_word.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/folding.hpp"
#include "wire/base64.hpp"
#include "wire/quoted_printable.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::mail {

namespace {

constexpr std::string_view kWordStart = "=?";
constexpr std::string_view kWordEnd = "?=";
constexpr std::string_view kUtf8Q = "=?UTF-8?Q?";
// RFC 2047 section 2 allows 75, but no line with such a word may exceed 76, the field's name
// included.
constexpr std::size_t kMaxWordOctets = 60;
// A longer run without a blank could not be folded into lines that are allowed.
constexpr std::size_t kMaxPlainRun = kMaxLineOctets - 100;

struct DecodedWord {
  std::string text;
  std::size_t octets;  // of the encoded word
};

// The "Q" encoding is quoted-printable with "_" for a blank (RFC 2047 section 4.2).
std::string decode_q(std::string_view encoded) {
  std::string quoted_printable;
  for (const char c : encoded)
    quoted_printable += c == '_' ? std::string("=20") : std::string(1, c);
  return wire::quoted_printable_decode(quoted_printable);
}

std::optional<std::string> decode_octets(char encoding, std::string_view encoded) {
  if (ascii::lower(encoding) == 'q') return decode_q(encoded);
  if (ascii::lower(encoding) == 'b') return wire::base64_decode(encoded);
  return std::nullopt;
}

// encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
// (RFC 2047 section 2, RFC 2231 section 5). nullopt if none that we can read starts here.
std::optional<DecodedWord> decode_word(std::string_view text) {
  if (text.substr(0, kWordStart.size()) != kWordStart) return std::nullopt;
  const std::size_t charset_end = text.find('?', kWordStart.size());
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() ||
      text[charset_end + 2] != '?') {
    return std::nullopt;
  }
  const std::size_t encoded_start = charset_end + 3;
  const std::size_t encoded_end = text.find('?', encoded_start);
  if (encoded_end == std::string_view::npos) return std::nullopt;
  if (text.substr(encoded_end, kWordEnd.size()) != kWordEnd) return std::nullopt;

  const std::string_view named = text.substr(kWordStart.size(), charset_end - kWordStart.size());
  const auto charset = charset_named(named.substr(0, named.find('*')));
  const std::string_view encoded = text.substr(encoded_start, encoded_end - encoded_start);
  const auto octets = decode_octets(text[charset_end + 1], encoded);
  if (!charset || !octets) return std::nullopt;
  return DecodedWord{to_utf8(*octets, *charset), encoded_end + kWordEnd.size()};
}

bool is_blank_run(std::string_view text) {
  return std::all_of(text.begin(), text.end(), ascii::is_blank);
}

bool needs_encoding(std::string_view text) {
  if (text.empty()) return false;
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (!std::all_of(text.begin(), text.end(), printable)) return true;
  if (text.find(kWordStart) != std::string_view::npos) return true;
  if (text.front() == ' ' || text.back() == ' ') return true;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == ' ' ? 0 : run + 1;
    if (run > kMaxPlainRun) return true;
  }
  return false;
}

// A character in the "Q" encoding as it may stand in any field (RFC 2047 section 5, rule 3).
std::string encode_q(std::string_view character) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  static constexpr std::string_view kLiteral = "!*+-/";
  std::string encoded;
  for (const char c : character) {
    const auto octet = static_cast<unsigned char>(c);
    if (ascii::is_alnum(c) || kLiteral.find(c) != std::string_view::npos) {
      encoded += c;
    } else if (c == ' ') {
      encoded += '_';
    } else {
      encoded += {'=', kDigits[octet >> 4], kDigits[octet & 15]};
    }
  }
  return encoded;
}

}  // namespace

std::string decode_words(std::string_view value) {
  std::string out;
  bool after_word = false;
  while (!value.empty()) {
    const std::size_t start = std::min(value.find(kWordStart), value.size());
    const auto word = decode_word(value.substr(start));
    const std::string_view before =
        value.substr(0, word ? start : std::min(start + kWordStart.size(), value.size()));
    const bool between_words = after_word && word && is_blank_run(before);
    if (!between_words) out += before;
    if (word) out += word->text;
    after_word = word.has_value();
    value.remove_prefix(word ? start + word->octets : before.size());
  }
  std::replace_if(out.begin(), out.end(), ascii::is_control, ' ');
  return wire::to_valid_utf8(out);
}

std::string encode_words(std::string_view utf8_text) {
  if (!needs_encoding(utf8_text)) return std::string(utf8_text);
  const std::string valid = wire::to_valid_utf8(utf8_text);
  std::string_view rest = valid;
  std::string out;
  std::size_t word_octets = kMaxWordOctets;  // of the word being written; at first none has room
  while (!rest.empty()) {
    const std::string character = encode_q(rest.substr(0, wire::utf8_length(rest)));
    if (word_octets + character.size() + kWordEnd.size() > kMaxWordOctets) {
      if (!out.empty()) (out += kWordEnd) += ' ';
      out += kUtf8Q;
      word_octets = kUtf8Q.size();
    }
    out += character;
    word_octets += character.size();
    rest.remove_prefix(wire::utf8_length(rest));
  }
  return out += kWordEnd;
}

}  // namespace mailwalk::mail
