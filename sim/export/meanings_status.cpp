#include "export/meanings_status.hpp"

#include <algorithm>

namespace mailwalk::exporting {
namespace {

constexpr std::string_view kDigits = "RFC 5321 section 4.2.1";
constexpr std::string_view kClasses = "RFC 3463 section 2";
constexpr std::string_view kSubjects = "RFC 3463 section 2";

struct OfSubject {
  int subject;
  Meaning meaning;
};

constexpr OfSubject kSubjectRows[] = {
    {0, {"nothing more is said", "tidak ada keterangan lebih lanjut", "RFC 3463 section 3.1"}},
    {1, {"about an address", "tentang alamat", "RFC 3463 section 3.2"}},
    {2, {"about the mailbox", "tentang kotak surat", "RFC 3463 section 3.3"}},
    {3, {"about the mail system", "tentang sistem surat", "RFC 3463 section 3.4"}},
    {4, {"about the network or the way", "tentang jaringan atau rute", "RFC 3463 section 3.5"}},
    {5, {"about the protocol itself", "tentang protokolnya sendiri", "RFC 3463 section 3.6"}},
    {6, {"about the content", "tentang konten surat", "RFC 3463 section 3.7"}},
    {7, {"about security or rules", "tentang keamanan atau aturan", "RFC 3463 section 3.8"}},
};

struct OfDetail {
  int subject, detail;
  Meaning meaning;
};

constexpr OfDetail kDetailRows[] = {
    {0, 0, {"nothing more to say", "tidak ada yang perlu ditambahkan", "RFC 3463 section 3.1"}},
    {1, 0, {"something about the address", "sesuatu tentang alamat", "RFC 3463 section 3.2"}},
    {1, 1, {"no such mailbox", "kotak surat itu tidak ada", "RFC 3463 section 3.2"}},
    {1, 2, {"no such domain", "domain itu tidak ada", "RFC 3463 section 3.2"}},
    {1,
     3,
     {"the recipient's address is not well formed", "alamat penerima salah bentuk",
      "RFC 3463 section 3.2"}},
    {1,
     4,
     {"it could be more than one mailbox", "bisa berarti lebih dari satu kotak surat",
      "RFC 3463 section 3.2"}},
    {1, 5, {"the recipient's address is good", "alamat penerima sah", "RFC 3463 section 3.2"}},
    {1, 6, {"the mailbox has moved away", "kotak suratnya sudah pindah", "RFC 3463 section 3.2"}},
    {1,
     7,
     {"the sender's address is not well formed", "alamat pengirim salah bentuk",
      "RFC 3463 section 3.2"}},
    {1,
     8,
     {"the sender's domain is not there", "domain pengirim tidak ada", "RFC 3463 section 3.2"}},
    {1,
     10,
     {"the recipient's domain takes no mail", "domain penerima tidak menerima surat",
      "RFC 7505 section 4"}},
    {2, 0, {"something about the mailbox", "sesuatu tentang kotak surat", "RFC 3463 section 3.3"}},
    {2, 1, {"the mailbox is switched off", "kotak surat dinonaktifkan", "RFC 3463 section 3.3"}},
    {2, 2, {"the mailbox is full", "kotak surat penuh", "RFC 3463 section 3.3"}},
    {2,
     3,
     {"larger than this mailbox takes", "lebih besar dari batas kotak surat ini",
      "RFC 3463 section 3.3"}},
    {2,
     4,
     {"the mailing list cannot be resolved", "milis tidak bisa diuraikan", "RFC 3463 section 3.3"}},
    {3,
     0,
     {"something about the mail system", "sesuatu tentang sistem surat", "RFC 3463 section 3.4"}},
    {3, 1, {"no room at the server", "tempat di server habis", "RFC 3463 section 3.4"}},
    {3,
     2,
     {"the server takes no mail now", "server sedang tidak menerima surat",
      "RFC 3463 section 3.4"}},
    {3,
     3,
     {"the server cannot do what the mail needs", "server tidak mampu melayani surat ini",
      "RFC 3463 section 3.4"}},
    {3,
     4,
     {"larger than the server takes", "lebih besar dari batas server", "RFC 3463 section 3.4"}},
    {4, 0, {"something about the network", "sesuatu tentang jaringan", "RFC 3463 section 3.5"}},
    {4, 1, {"the host does not answer", "mesin tujuan tidak menjawab", "RFC 3463 section 3.5"}},
    {4,
     2,
     {"the connection broke or went silent", "sambungan putus atau diam", "RFC 3463 section 3.5"}},
    {4, 3, {"the name server failed", "server nama gagal", "RFC 3463 section 3.5"}},
    {4, 4, {"no way leads there", "tidak ada jalan ke sana", "RFC 3463 section 3.5"}},
    {4, 5, {"too much mail at once", "terlalu banyak surat sekaligus", "RFC 3463 section 3.5"}},
    {4, 6, {"the mail goes in circles", "surat berputar-putar", "RFC 3463 section 3.5"}},
    {4, 7, {"tried for too long", "terlalu lama mencoba", "RFC 3463 section 3.5"}},
    {5, 0, {"something about the protocol", "sesuatu tentang protokol", "RFC 3463 section 3.6"}},
    {5,
     1,
     {"not a command for this moment or this server",
      "bukan perintah untuk saat ini atau server ini", "RFC 3463 section 3.6"}},
    {5,
     2,
     {"the line cannot be understood", "barisnya tidak bisa dipahami", "RFC 3463 section 3.6"}},
    {5, 3, {"too many recipients", "terlalu banyak penerima", "RFC 3463 section 3.6"}},
    {5, 4, {"an argument is wrong", "ada argumen yang salah", "RFC 3463 section 3.6"}},
    {5,
     5,
     {"another version of the protocol is needed", "perlu versi protokol yang lain",
      "RFC 3463 section 3.6"}},
    {6, 0, {"something about the content", "sesuatu tentang konten", "RFC 3463 section 3.7"}},
    {6,
     1,
     {"this kind of content is not taken", "jenis konten ini tidak diterima",
      "RFC 3463 section 3.7"}},
    {6,
     2,
     {"it would have to be converted, which is forbidden", "harus diubah, padahal dilarang",
      "RFC 3463 section 3.7"}},
    {6,
     3,
     {"it would have to be converted, which cannot be done", "harus diubah, padahal tidak bisa",
      "RFC 3463 section 3.7"}},
    {6,
     7,
     {"an address outside ASCII is not taken here", "alamat non-ASCII tidak diterima di sini",
      "RFC 6531 section 3.5"}},
    {7,
     0,
     {"something about security or rules", "sesuatu tentang keamanan atau aturan",
      "RFC 3463 section 3.8"}},
    {7,
     1,
     {"the sender may not send there", "pengirim tidak berhak mengirim ke sana",
      "RFC 3463 section 3.8"}},
    {7,
     4,
     {"the protection that is asked for is not offered", "perlindungan yang diminta tidak tersedia",
      "RFC 3463 section 3.8"}},
    {7, 5, {"encryption failed", "enkripsi gagal", "RFC 3463 section 3.8"}},
    {7,
     8,
     {"the name or the password is wrong", "nama atau kata sandinya salah", "RFC 4954 section 6"}},
    {7, 10, {"it has to be encrypted first", "harus dienkripsi dulu", "RFC 5248"}},
    {7,
     11,
     {"this way of logging in has to be encrypted", "cara login ini harus dienkripsi",
      "RFC 4954 section 6"}},
    {7,
     27,
     {"the sender's domain takes no mail itself", "domain pengirim sendiri tidak menerima surat",
      "RFC 7505 section 4.2"}},
};

const OfDetail* find_detail(const mail::StatusCode& code) {
  const auto* found =
      std::find_if(std::begin(kDetailRows), std::end(kDetailRows), [&](const OfDetail& row) {
        return row.subject == code.subject && row.detail == code.detail;
      });
  return found == std::end(kDetailRows) ? nullptr : found;
}

}  // namespace

Meaning meaning_of_first_digit(int digit) {
  switch (digit) {
    case 2: return {"done", "selesai", kDigits};
    case 3: return {"go on", "lanjutkan", kDigits};
    case 4: return {"not now", "belum bisa", kDigits};
    case 5: return {"no, for good", "tidak, seterusnya", kDigits};
    default: return {"not used by SMTP", "tidak dipakai SMTP", kDigits};
  }
}

Meaning meaning_of_second_digit(int digit) {
  switch (digit) {
    case 0: return {"syntax", "tata tulis", kDigits};
    case 1: return {"information", "keterangan", kDigits};
    case 2: return {"connection", "sambungan", kDigits};
    case 5: return {"mail system", "sistem surat", kDigits};
    default: return {"unspecified", "tidak ditentukan", kDigits};
  }
}

Meaning meaning_of_third_digit() {
  return {"which one", "yang mana", kDigits};
}

Meaning meaning_of_class(const mail::StatusCode& code) {
  switch (code.class_digit) {
    case 2: return {"success", "berhasil", kClasses};
    case 4: return {"not now", "belum bisa", kClasses};
    case 5: return {"no, for good", "tidak, seterusnya", kClasses};
    default: return {"no class that is written down", "kelas yang tidak dikenal", kClasses};
  }
}

Meaning meaning_of_subject(const mail::StatusCode& code) {
  for (const OfSubject& row : kSubjectRows) {
    if (row.subject == code.subject) return row.meaning;
  }
  return {"a subject that is not written down", "pokok yang tidak dikenal", kSubjects};
}

Meaning meaning_of_detail(const mail::StatusCode& code) {
  if (const OfDetail* row = find_detail(code)) return row->meaning;
  return {"a detail that is not written down", "rincian yang tidak dikenal", kSubjects};
}

bool is_known(const mail::StatusCode& code) {
  return find_detail(code) != nullptr;
}

}  // namespace mailwalk::exporting
