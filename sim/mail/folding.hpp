// Header fields in lines of readable length (RFC 5322 sections 2.1.1 and 2.2.3).
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mailwalk::mail {

// Without CRLF. RFC 5322 section 2.1.1 prefers 78, but RFC 2047 section 2 wants 76 where encoded
// words stand.
inline constexpr std::size_t kPreferredLineOctets = 76;
// Without CRLF; no line is longer (RFC 5322 section 2.1.1).
inline constexpr std::size_t kMaxLineOctets = 998;

// A line and its CRLF, folded where it would exceed 76 octets: before a blank, so that the next
// line begins with it and unfolding gives the text back. Words are cut only where they exceed 998
// octets. CR, LF and NUL become blanks, so that no text can forge a field. Blanks at the end are
// dropped.
std::string fold_line(std::string_view line);

// "Name: value CRLF", folded.
std::string fold_field(std::string_view name, std::string_view value);

// "Name: clause CRLF TAB clause CRLF …": each clause on a line of its own, and folded.
std::string fold_field(std::string_view name, std::initializer_list<std::string_view> clauses);

// A field's value with its folding undone: each CRLF before a blank is removed, and the one at the
// end.
std::string unfold(std::string_view raw_value);

}  // namespace mailwalk::mail
