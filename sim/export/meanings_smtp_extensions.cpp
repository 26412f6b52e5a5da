#include <cstddef>

#include "base/ascii.hpp"
#include "export/meanings_smtp.hpp"

namespace mailwalk::exporting {
namespace {

struct Named {
  std::string_view name;
  Meaning meaning;
};

constexpr Named kParameters[] = {
    {"SIZE",
     {"how large the mail will be, in octets, so that the server can refuse it before it travels",
      "ukuran surat dalam oktet, agar server bisa menolak sebelum surat dikirim",
      "RFC 1870 section 5"}},
    {"BODY",
     {"whether the content has octets above 127 (8BITMIME) or not (7BIT)",
      "apakah konten memuat oktet di atas 127 (8BITMIME) atau tidak (7BIT)", "RFC 6152 section 2"}},
    {"SMTPUTF8",
     {"addresses or header are in UTF-8", "alamat atau kepala surat memakai UTF-8",
      "RFC 6531 section 3.4"}},
    {"AUTH",
     {"who submitted this mail first", "siapa yang pertama kali mengirim surat ini",
      "RFC 4954 section 5"}},
};

constexpr Named kExtensions[] = {
    {"PIPELINING",
     {"commands may be sent without waiting for each reply",
      "perintah boleh dikirim tanpa menunggu tiap jawaban", "RFC 2920"}},
    {"SIZE",
     {"the largest mail that is taken, in octets", "surat terbesar yang diterima, dalam oktet",
      "RFC 1870"}},
    {"8BITMIME",
     {"content may have octets above 127", "konten boleh memuat oktet di atas 127", "RFC 6152"}},
    {"ENHANCEDSTATUSCODES",
     {"replies carry a second code that says more", "jawaban membawa kode kedua yang lebih rinci",
      "RFC 2034"}},
    {"SMTPUTF8", {"addresses may be in UTF-8", "alamat boleh memakai UTF-8", "RFC 6531"}},
    {"STARTTLS", {"the connection can be encrypted", "sambungan bisa dienkripsi", "RFC 3207"}},
    {"AUTH", {"clients can prove who they are", "klien bisa membuktikan jati diri", "RFC 4954"}},
    {"CHUNKING",
     {"content may come in pieces of known size", "konten boleh dikirim per potong", "RFC 3030"}},
    {"DSN",
     {"senders can ask for delivery reports", "pengirim bisa minta laporan pengantaran",
      "RFC 3461"}},
    {"HELP", {"there is a HELP command", "ada perintah HELP", "RFC 5321 section 4.1.1.8"}},
};

template <std::size_t N>
std::optional<Meaning> find(const Named (&table)[N], std::string_view name) {
  for (const Named& row : table) {
    if (ascii::iequals(row.name, name)) return row.meaning;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Meaning> meaning_of_parameter(std::string_view name) {
  return find(kParameters, name);
}

std::optional<Meaning> meaning_of_extension(std::string_view keyword) {
  return find(kExtensions, keyword);
}

}  // namespace mailwalk::exporting
