#include "smtp/mail_parameters.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>

#include "base/ascii.hpp"

namespace mailwalk::smtp {

namespace {

// Detail 5.5.4: invalid command arguments (RFC 3463 section 3.6).
constexpr StatusDetail kBadArguments{5, 4};

struct Parameter {
  std::string_view keyword;
  std::optional<std::string_view> value;  // nullopt: there was no "="
};

Reply bad_syntax() {
  return {501, kBadArguments, "Bad parameter syntax"};
}
Reply unknown(const Parameter& parameter) {
  return {555, kBadArguments, fmt::format("Parameter not supported: {}", parameter.keyword)};
}
Reply given_twice(const Parameter& parameter) {
  return {501, kBadArguments, fmt::format("Parameter given twice: {}", parameter.keyword)};
}
Reply bad_value(const Parameter& parameter) {
  return {501, kBadArguments, fmt::format("Bad value of parameter {}", parameter.keyword)};
}

// esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-") (RFC 5321 section 4.1.2)
bool is_keyword(std::string_view text) {
  if (text.empty() || text.front() == '-') return false;
  for (const char c : text) {
    if (!ascii::is_alnum(c) && c != '-') return false;
  }
  return true;
}

// esmtp-value = 1*(%d33-60 / %d62-126); anything but "=", blanks and control characters. RFC 6531
// section 3.3 adds characters outside ASCII, of which no value that is read here has any.
bool is_value(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (c == '=' || c == ' ' || ascii::is_control(c) || ascii::is_8bit(c)) return false;
  }
  return true;
}

// Cuts " KEYWORD[=value]" off the front of `text`. nullopt if it does not begin with one.
std::optional<Parameter> cut_parameter(std::string_view& text) {
  if (text.front() != ' ') return std::nullopt;
  text.remove_prefix(1);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  const std::size_t equals = word.find('=');
  Parameter parameter{word.substr(0, equals), std::nullopt};
  if (!is_keyword(parameter.keyword)) return std::nullopt;
  if (equals == std::string_view::npos) return parameter;
  parameter.value = word.substr(equals + 1);
  if (!parameter.value->empty() && !is_value(*parameter.value)) return std::nullopt;
  return parameter;
}

// size-value = 1*20DIGIT (RFC 1870 section 4). Twenty digits may exceed 64 bits: such a size is
// over every limit all the same.
std::optional<std::uint64_t> parse_size(std::string_view digits) {
  if (digits.size() > 20) return std::nullopt;
  for (const char c : digits) {
    if (!ascii::is_digit(c)) return std::nullopt;
  }
  if (digits.empty()) return std::nullopt;
  return ascii::parse_number(digits).value_or(std::numeric_limits<std::uint64_t>::max());
}

// Reads the parameters of one MAIL command.
class MailParameterReader {
 public:
  explicit MailParameterReader(ExtensionSet offered) : offered_(offered) {}

  std::optional<Reply> take(const Parameter& parameter) {
    const std::optional<Extension> extension = extension_of(parameter.keyword);
    if (!extension || !offered_.has(*extension)) return unknown(parameter);
    bool& seen = seen_[static_cast<std::size_t>(*extension)];
    if (seen) return given_twice(parameter);
    seen = true;
    return read_value(*extension, parameter.value) ? std::nullopt
                                                   : std::optional(bad_value(parameter));
  }

  [[nodiscard]] const MailParameters& result() const { return result_; }

 private:
  static std::optional<Extension> extension_of(std::string_view keyword) {
    if (ascii::iequals(keyword, "SIZE")) return Extension::Size;
    if (ascii::iequals(keyword, "BODY")) return Extension::EightBitMime;
    if (ascii::iequals(keyword, "SMTPUTF8")) return Extension::SmtpUtf8;
    if (ascii::iequals(keyword, "AUTH")) return Extension::Auth;
    return std::nullopt;
  }

  bool read_value(Extension extension, std::optional<std::string_view> value) {
    if (extension == Extension::SmtpUtf8) {
      result_.utf8 = mail::Utf8::Allowed;
      return !value;
    }
    if (!value) return false;
    // Who wrote it, as a server before us says (RFC 4954 section 5). Nobody here is believed in
    // that.
    if (extension == Extension::Auth) return !value->empty();
    if (extension == Extension::Size) {
      result_.size_bytes = parse_size(*value);
      return result_.size_bytes.has_value();
    }
    if (ascii::iequals(*value, "8BITMIME")) result_.body = mail::BodyType::EightBitMime;
    return ascii::iequals(*value, "8BITMIME") || ascii::iequals(*value, "7BIT");
  }

  ExtensionSet offered_;
  std::array<bool, kExtensionCount> seen_{};
  MailParameters result_;
};

}  // namespace

std::variant<MailParameters, Reply> parse_mail_parameters(std::string_view text,
                                                          ExtensionSet offered) {
  MailParameterReader reader(offered);
  while (!text.empty()) {
    const std::optional<Parameter> parameter = cut_parameter(text);
    if (!parameter) return bad_syntax();
    if (std::optional<Reply> fault = reader.take(*parameter)) return *fault;
  }
  return reader.result();
}

std::optional<Reply> check_rcpt_parameters(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::optional<Parameter> parameter = cut_parameter(text);
  return parameter ? unknown(*parameter) : bad_syntax();
}

std::string to_text(const MailParameters& parameters) {
  std::string text;
  if (parameters.size_bytes) text += fmt::format(" SIZE={}", *parameters.size_bytes);
  if (parameters.body == mail::BodyType::EightBitMime) text += " BODY=8BITMIME";
  if (parameters.utf8 == mail::Utf8::Allowed) text += " SMTPUTF8";
  return text;
}

}  // namespace mailwalk::smtp
