// What stands in a letter: read once, and kept while it is looked at.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/bytes.hpp"
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

  // All that the fields To and Cc say, in lower case.
  std::string named_recipients;
  std::string named_sender;  // of From
};

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
