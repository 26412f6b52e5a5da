#include "journal/event_text.hpp"

#include <algorithm>
#include <type_traits>

#include "base/ascii.hpp"

namespace mailwalk::journal {
namespace {

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

}  // namespace mailwalk::journal
