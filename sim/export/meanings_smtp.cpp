#include "export/meanings_smtp.hpp"

#include <array>
#include <cstddef>

namespace mailwalk::exporting {
namespace {

using smtp::Verb;

struct OfSmtpVerb {
  Verb verb;
  Meaning meaning;
};

constexpr std::array<OfSmtpVerb, smtp::kVerbCount> kSmtpVerbs{{
    {Verb::Helo,
     {"The client says who it is, the old way, without asking for extensions.",
      "Klien menyebut siapa dirinya dengan cara lama, tanpa menanyakan ekstensi.",
      "RFC 5321 section 4.1.1.1"}},
    {Verb::Ehlo,
     {"The client says who it is, and asks which extensions the server speaks. It also drops any "
      "mail that was begun.",
      "Klien menyebut siapa dirinya dan menanyakan ekstensi apa yang dikenal server. Surat yang "
      "sudah dimulai ikut dibatalkan.",
      "RFC 5321 section 4.1.1.1"}},
    {Verb::Mail,
     {"Begins a mail. The reverse-path is the envelope's sender: a bounce goes there, whatever "
      "From in the header says.",
      "Memulai sebuah surat. Reverse-path adalah pengirim pada amplop: bounce dikirim ke sana, apa "
      "pun yang tertulis pada From di kepala surat.",
      "RFC 5321 section 4.1.1.2"}},
    {Verb::Rcpt,
     {"Names one recipient on the envelope; given once for each of them. The header's To has no "
      "say in where the mail goes.",
      "Menyebut satu penerima pada amplop; diberikan sekali untuk tiap penerima. To di kepala "
      "surat "
      "tidak ikut menentukan ke mana surat pergi.",
      "RFC 5321 section 4.1.1.3"}},
    {Verb::Data,
     {"Asks to send the content: header and body. After 354, everything is content until a line "
      "with nothing but a dot.",
      "Minta izin mengirim konten: kepala surat dan isinya. Setelah 354, semuanya adalah konten "
      "sampai ada baris yang hanya berisi satu titik.",
      "RFC 5321 section 4.1.1.4"}},
    {Verb::Rset,
     {"Drops the mail that was begun: sender, recipients and content. The connection stays.",
      "Membatalkan surat yang sudah dimulai: pengirim, penerima, dan konten. Sambungan tetap ada.",
      "RFC 5321 section 4.1.1.5"}},
    {Verb::Noop,
     {"Does nothing, and asks for a 250. It shows that the other side is still there.",
      "Tidak melakukan apa-apa, hanya minta dijawab 250. Dengan begitu tampak bahwa pihak lain "
      "masih ada.",
      "RFC 5321 section 4.1.1.9"}},
    {Verb::Vrfy,
     {"Asks whether an address has a mailbox here. Many servers do not tell, so that nobody can "
      "collect addresses.",
      "Bertanya apakah sebuah alamat punya kotak surat di sini. Banyak server tidak memberi tahu, "
      "agar alamat tidak bisa dikumpulkan orang.",
      "RFC 5321 section 4.1.1.6"}},
    {Verb::Expn,
     {"Asks who is on a mailing list.", "Bertanya siapa saja anggota sebuah milis.",
      "RFC 5321 section 4.1.1.7"}},
    {Verb::Help,
     {"Asks the server for words that help a person.",
      "Minta keterangan yang menolong orang memakai server ini.", "RFC 5321 section 4.1.1.8"}},
    {Verb::Quit,
     {"The client has nothing more to send. The server says 221, and the connection is closed.",
      "Klien tidak punya kiriman lagi. Server menjawab 221, lalu sambungan ditutup.",
      "RFC 5321 section 4.1.1.10"}},
    {Verb::Starttls,
     {"Asks to go on encrypted, by TLS, on the same connection.",
      "Minta melanjutkan dengan enkripsi TLS pada sambungan yang sama.", "RFC 3207 section 4"}},
    {Verb::Auth,
     {"The client proves who it is before it may send.",
      "Klien membuktikan siapa dirinya sebelum boleh mengirim.", "RFC 4954 section 4"}},
    {Verb::Bdat,
     {"Sends a piece of the content with its size said before it, so that no dot has to end it.",
      "Mengirim sepotong konten dengan ukuran yang disebut lebih dulu, sehingga tidak perlu titik "
      "penutup.",
      "RFC 3030 section 2"}},
    {Verb::Etrn,
     {"Asks the server to send now what it holds for a domain.",
      "Minta server segera mengirim surat yang disimpannya untuk sebuah domain.", "RFC 1985"}},
    {Verb::Turn,
     {"Asked to swap client and server. It is given up: anybody could have fetched anybody's mail.",
      "Dulu untuk menukar peran klien dan server. Sudah ditinggalkan: siapa pun bisa mengambil "
      "surat siapa pun.",
      "RFC 5321 appendix F.1"}},
    {Verb::Send,
     {"Was to write on a person's terminal instead of into a mailbox. It is obsolete.",
      "Dulu untuk menulis ke terminal orang, bukan ke kotak surat. Sudah usang.",
      "RFC 5321 appendix F.6"}},
    {Verb::Soml,
     {"Was to write on a person's terminal, or else into the mailbox. It is obsolete.",
      "Dulu untuk menulis ke terminal orang, atau kalau tidak bisa ke kotak surat. Sudah usang.",
      "RFC 5321 appendix F.6"}},
    {Verb::Saml,
     {"Was to write on a person's terminal and into the mailbox. It is obsolete.",
      "Dulu untuk menulis ke terminal orang sekaligus ke kotak surat. Sudah usang.",
      "RFC 5321 appendix F.6"}},
    {Verb::EndOfData,
     {"A line with one dot and nothing else: the content ends here. A line of the mail itself that "
      "begins with a dot travels with a second one.",
      "Baris yang hanya berisi satu titik: konten berakhir di sini. Baris surat yang memang "
      "diawali "
      "titik dikirim dengan titik kedua.",
      "RFC 5321 section 4.5.2"}},
    {Verb::Unknown,
     {"No command of SMTP. A server answers 500, and nothing else changes.",
      "Bukan perintah SMTP. Server menjawab 500, dan tidak ada yang berubah.",
      "RFC 5321 section 4.2.4"}},
}};

constexpr bool smtp_verbs_in_order() {
  for (std::size_t i = 0; i < kSmtpVerbs.size(); ++i) {
    if (kSmtpVerbs[i].verb != static_cast<Verb>(i)) return false;
  }
  return true;
}
static_assert(smtp_verbs_in_order());

constexpr std::array<Meaning, smtp::kStateCount> kSmtpStates{{
    {"The connection stands; the client waits for the greeting.",
     "Sambungan sudah ada; klien menunggu salam dari server.", "RFC 5321 section 3.1"},
    {"The server has greeted; the client must say who it is (EHLO or HELO).",
     "Server sudah memberi salam; klien harus menyebut siapa dirinya (EHLO atau HELO).",
     "RFC 5321 section 3.2"},
    {"Both know each other, and no mail is begun.",
     "Keduanya sudah saling kenal, dan belum ada surat yang dimulai.", "RFC 5321 section 3.3"},
    {"A mail is begun: its sender is known, no recipient yet.",
     "Sebuah surat sudah dimulai: pengirimnya diketahui, penerimanya belum.",
     "RFC 5321 section 3.3"},
    {"The envelope has a sender and a recipient; DATA may follow, or more recipients.",
     "Amplop sudah punya pengirim dan penerima; boleh lanjut DATA, atau menambah penerima.",
     "RFC 5321 section 3.3"},
    {"Every line is content now, until the line with a lone dot.",
     "Setiap baris kini adalah konten, sampai baris yang hanya berisi titik.",
     "RFC 5321 section 4.1.1.4"},
    {"The server gives no service here; only QUIT is left.",
     "Server tidak melayani di sini; tinggal QUIT yang boleh.", "RFC 5321 section 3.1"},
    {"The session is over.", "Sesi sudah selesai.", "RFC 5321 section 3.8"},
}};

constexpr std::array<Meaning, smtp::kStateCount> kSmtpStateNames{{
    {"connected", "tersambung", ""},
    {"greeted", "disapa", ""},
    {"ready", "siap", ""},
    {"MAIL given", "MAIL diterima", ""},
    {"RCPT given", "RCPT diterima", ""},
    {"DATA", "DATA", ""},
    {"no service", "tidak melayani", ""},
    {"closed", "ditutup", ""},
}};

}  // namespace

Meaning meaning_of(smtp::Verb verb) {
  return kSmtpVerbs[static_cast<std::size_t>(verb)].meaning;
}

Meaning meaning_of(smtp::State state) {
  return kSmtpStates[static_cast<std::size_t>(state)];
}

Meaning name_of(smtp::State state) {
  return kSmtpStateNames[static_cast<std::size_t>(state)];
}

}  // namespace mailwalk::exporting
