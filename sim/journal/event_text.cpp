#include "journal/event_text.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "base/ascii.hpp"
#include "wire/utf8.hpp"

namespace mailwalk::journal {
namespace {

// No line and no reply that people want to read in a list is longer.
constexpr std::size_t kLongestShortText = 1'000;

bool contains(std::string_view text, std::string_view lower) {
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     [](char a, char b) { return ascii::lower(a) == b; }) != text.end();
}

// Visits a payload's fields, of which only texts can hold the text.
struct FieldSearch {
  std::string_view lower;
  bool found = false;

  void operator()(const char* /*name*/, const Bytes& text) {
    found = found || contains(text.view(), lower);
  }
  void operator()(const char* name, const AddressList& list) {
    for (const Bytes& text : list) (*this)(name, text);
  }
  template <class T>
  void operator()(const char* /*name*/, const T& /*no_text*/) {}
};

// Visits a payload's fields and puts their texts behind one another.
struct TextJoin {
  std::string text;

  void operator()(const char* name, const Bytes& bytes) {
    const std::string_view field = name;
    const bool is_carried = field == "content" || field == "bytes" || field == "scenario";
    if (is_carried || bytes.empty() || bytes.size() > kLongestShortText) return;
    if (!text.empty()) text += "; ";
    text += bytes.view();
  }
  void operator()(const char* name, const AddressList& list) {
    for (const Bytes& bytes : list) (*this)(name, bytes);
  }
  template <class T>
  void operator()(const char* /*name*/, const T& /*no_text*/) {}
};

}  // namespace

TextSearch::TextSearch(std::string_view text) : lower_(ascii::to_lower(text)) {}

bool TextSearch::finds_in(const Event& event) const {
  if (lower_.empty()) return false;
  return std::visit(
      [&](const auto& payload) {
        using P = std::decay_t<decltype(payload)>;
        constexpr bool kOnlyRaw = std::is_same_v<P, RunStarted> || std::is_same_v<P, BytesSent> ||
                                  std::is_same_v<P, DatagramSent> ||
                                  std::is_same_v<P, MailFileGiven>;
        FieldSearch search{lower_};
        if constexpr (!kOnlyRaw) payload.fields(payload, search);
        return search.found;
      },
      event.payload);
}

bool TextSearch::finds_in(std::string_view text) const {
  return !lower_.empty() && contains(text, lower_);
}

std::string short_text(const Payload& payload) {
  TextJoin join;
  std::visit([&](const auto& p) { p.fields(p, join); }, payload);
  return wire::is_utf8(join.text) ? std::move(join.text) : wire::to_valid_utf8(join.text);
}

}  // namespace mailwalk::journal
