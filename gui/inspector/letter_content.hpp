// What stands in a letter: read once, and kept while it is looked at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "mail/address.hpp"
#include "mail/received_reader.hpp"

namespace mailwalk::gui {

struct LetterContent {
  struct Field {
    std::string name, value;  // decoded, for people
  };
  struct Part {
    int depth = 0;           // 0 is the whole mail
    std::string type;        // "text/plain"
    std::string file_name;   // of an attachment; may be empty
    std::size_t octets = 0;  // as they travel
  };

  std::string subject;
  std::vector<Field> fields;            // From, To, Cc … in this order, as many as there are
  std::vector<std::string> body;        // the first lines of its text
  std::vector<mail::ReceivedHop> hops;  // in the order of the way
  std::vector<Part> parts;              // the tree, parents before children; the first ones only
  std::size_t header_octets = 0, body_octets = 0;

  // The addresses in To and Cc, and in From.
  std::vector<mail::Mailbox> named_recipients, named_senders;
};

// Whom a field like To names (RFC 5322 section 3.4), whatever else stands there: names, comments,
// groups. What is no address is passed over.
std::vector<mail::Mailbox> addresses_in(std::string_view value);

// Any octets are a letter.
LetterContent read_letter(const Bytes& raw);

// Remembers the last one.
class LetterReader {
 public:
  const LetterContent& read(const Bytes& raw);

 private:
  Bytes raw_;
  LetterContent content_;
};

}  // namespace mailwalk::gui
