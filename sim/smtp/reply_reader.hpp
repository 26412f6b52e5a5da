// Reads the replies of a server from its bytes, in any segmentation and with bounded memory.
//
// Reply = *( code "-" [ text ] CRLF ) code [ SP text ] CRLF (RFC 5321 section 4.2). Any code of 200
// to 599 is one: a client acts by the first digit where it does not know the rest (section 4.2.1).
// Of a line that is too long, the beginning is kept: the code is what counts.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smtp/limits.hpp"
#include "smtp/reply.hpp"
#include "wire/line_reader.hpp"

namespace mailwalk::smtp {

class ReplyReader {
 public:
  enum class Fault {
    None,
    NotAReply,    // no three digits of 200 to 599, then blank, hyphen or the end
    CodesDiffer,  // the lines of one reply carry different codes
    BareLineEnd,  // a CR or LF alone within a line
    TooManyLines,
  };

  explicit ReplyReader(const ClientLimits& limits = {});

  void feed(std::string_view bytes) { lines_.feed(bytes); }

  // The next whole reply; nullopt if more input is needed, or for ever after a fault.
  std::optional<Reply> next();

  [[nodiscard]] Fault fault() const { return fault_; }
  // The line at which the fault was found.
  [[nodiscard]] const std::string& fault_line() const { return fault_line_; }
  // True if no octet waits, neither of a reply nor of a part of one.
  [[nodiscard]] bool empty() const { return lines_.empty() && texts_.empty(); }

 private:
  wire::LineReader lines_;
  std::size_t max_lines_;
  std::optional<int> code_;         // of the lines read so far
  std::vector<std::string> texts_;  // their texts
  Fault fault_ = Fault::None;
  std::string fault_line_;

  std::optional<Reply> take_line(const wire::Line& line);
  Reply assemble();
  std::optional<Reply> fail(Fault fault, const std::string& line);
};

// "the lines of one reply carry different codes"
std::string_view explain(ReplyReader::Fault fault);

}  // namespace mailwalk::smtp
