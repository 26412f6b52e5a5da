#include "export/meanings_smtp.hpp"

namespace mailwalk::exporting {
namespace {

using smtp::Verb;

// What a code says; where `to` is given, only in answer to that command. The first row that fits.
struct OfReply {
  int code;
  std::optional<Verb> to;
  Meaning meaning;
};

constexpr std::string_view kCodes = "RFC 5321 section 4.2.3";

constexpr OfReply kReplies[] = {
    {211, {}, {"Here is the server's state.", "Inilah keadaan server.", kCodes}},
    {214,
     {},
     {"Here is help, meant for a person.", "Inilah keterangan, untuk dibaca orang.", kCodes}},
    {220,
     Verb::Starttls,
     {"Ready: from here on both talk TLS.", "Siap: mulai sekarang keduanya memakai TLS.",
      "RFC 3207 section 4"}},
    {220,
     {},
     {"The greeting: the server is ready, and says its name. Only now may the client speak.",
      "Salam: server siap dan menyebut namanya. Baru sekarang klien boleh bicara.",
      "RFC 5321 section 3.1"}},
    {221,
     {},
     {"Goodbye: the server closes the connection in order.",
      "Selamat tinggal: server menutup sambungan dengan tertib.", "RFC 5321 section 4.1.1.10"}},
    {235,
     {},
     {"The client is who it says it is.", "Jati diri klien terbukti.", "RFC 4954 section 4"}},
    {250,
     Verb::Ehlo,
     {"The server says its name, and one extension on each line that follows.",
      "Server menyebut namanya, lalu satu ekstensi pada tiap baris berikutnya.",
      "RFC 5321 section 4.1.1.1"}},
    {250,
     Verb::Helo,
     {"The server says its name.", "Server menyebut namanya.", "RFC 5321 section 4.1.1.1"}},
    {250,
     Verb::Mail,
     {"The sender is accepted; a mail is begun.", "Pengirim diterima; sebuah surat dimulai.",
      "RFC 5321 section 4.1.1.2"}},
    {250,
     Verb::Rcpt,
     {"This recipient is accepted. It says nothing about the others.",
      "Penerima ini diterima. Tentang penerima lain, jawaban ini tidak berkata apa-apa.",
      "RFC 5321 section 4.1.1.3"}},
    {250,
     Verb::EndOfData,
     {"The server has the whole mail, and from now on answers for it: it delivers it, passes it "
      "on, "
      "or sends a bounce.",
      "Server sudah punya seluruh surat, dan sejak kini bertanggung jawab: mengantarkannya, "
      "meneruskannya, atau mengirim bounce.",
      "RFC 5321 section 6.1"}},
    {250,
     Verb::Rset,
     {"The mail that was begun is forgotten.", "Surat yang sudah dimulai dilupakan.",
      "RFC 5321 section 4.1.1.5"}},
    {250,
     Verb::Vrfy,
     {"There is such a mailbox here.", "Kotak surat itu ada di sini.", "RFC 5321 section 3.5.3"}},
    {250,
     {},
     {"Done: what the command asked for has been done.",
      "Selesai: yang diminta perintah sudah dilakukan.", kCodes}},
    {251,
     {},
     {"The mailbox is elsewhere; the server will pass the mail on.",
      "Kotak suratnya di tempat lain; server akan meneruskan surat itu.", "RFC 5321 section 3.4"}},
    {252,
     {},
     {"The server cannot or will not say whether the mailbox exists, but it would take the mail "
      "and "
      "try.",
      "Server tidak bisa atau tidak mau memastikan kotak surat itu ada, tetapi akan menerima surat "
      "dan mencoba.",
      "RFC 5321 section 3.5.3"}},
    {334,
     {},
     {"Go on: the next step of proving who you are.",
      "Lanjutkan: langkah berikut untuk membuktikan jati diri.", "RFC 4954 section 4"}},
    {354,
     {},
     {"Go on: send the content, and end it with a line that is just a dot.",
      "Silakan: kirim konten, dan akhiri dengan baris yang hanya berisi satu titik.",
      "RFC 5321 section 4.1.1.4"}},
    {421,
     {},
     {"The server must close the connection now. What was not accepted yet may be tried again "
      "later.",
      "Server harus menutup sambungan sekarang. Yang belum diterima boleh dicoba lagi nanti.",
      "RFC 5321 section 3.8"}},
    {450,
     {},
     {"The mailbox cannot be used at the moment: keep the mail, and try again later.",
      "Kotak surat sedang tidak bisa dipakai: simpan suratnya, dan coba lagi nanti.", kCodes}},
    {451,
     {},
     {"Something went wrong at the server, for now: keep the mail, and try again later.",
      "Ada yang salah pada server untuk sementara: simpan suratnya, dan coba lagi nanti.", kCodes}},
    {452,
     Verb::Rcpt,
     {"No room for this recipient or for one more of them: keep the mail, and try again later.",
      "Tidak ada tempat untuk penerima ini, atau penerimanya terlalu banyak: simpan suratnya, dan "
      "coba lagi nanti.",
      "RFC 5321 section 4.5.3.1.10"}},
    {452,
     {},
     {"No room at the moment: keep the mail, and try again later.",
      "Tempatnya sedang penuh: simpan suratnya, dan coba lagi nanti.", kCodes}},
    {454,
     {},
     {"Not possible for a while: try again later.", "Untuk sementara tidak bisa: coba lagi nanti.",
      "RFC 4954 section 6"}},
    {455,
     {},
     {"The server cannot use these parameters at the moment.",
      "Server sedang tidak bisa memakai parameter ini.", kCodes}},
    {500,
     Verb::EndOfData,
     {"The mail is refused: a line in it is longer than SMTP allows.",
      "Surat ditolak: ada baris yang lebih panjang dari batas SMTP.",
      "RFC 5321 section 4.5.3.1.6"}},
    {500,
     {},
     {"The server does not know this command, or the line is too long to be one.",
      "Server tidak mengenal perintah ini, atau barisnya terlalu panjang.",
      "RFC 5321 section 4.2.4"}},
    {501,
     Verb::Auth,
     {"The login was given up, or what came is no Base64. Nothing has changed.",
      "Login dibatalkan, atau yang datang bukan Base64. Tidak ada yang berubah.",
      "RFC 4954 section 4"}},
    {501,
     {},
     {"The command is known, but what stands behind it is not well formed.",
      "Perintahnya dikenal, tetapi bagian di belakangnya salah bentuk.", kCodes}},
    {502,
     {},
     {"The server knows the command, but does not offer it.",
      "Server mengenal perintah ini, tetapi tidak menyediakannya.", "RFC 5321 section 4.2.4"}},
    {503,
     {},
     {"Not its turn: another command must come first.",
      "Belum gilirannya: perintah lain harus datang lebih dulu.", "RFC 5321 section 4.1.4"}},
    {504,
     Verb::Auth,
     {"The server does not know this way of logging in.", "Server tidak mengenal cara login ini.",
      "RFC 4954 section 4"}},
    {504,
     {},
     {"A parameter of the command is not implemented.",
      "Salah satu parameter perintah ini tidak tersedia.", kCodes}},
    {521,
     {},
     {"This host takes no mail at all.", "Mesin ini sama sekali tidak menerima surat.",
      "RFC 7504 section 3"}},
    {530,
     {},
     {"Something has to come first: TLS, or proving who you are. The text says which.",
      "Ada yang harus didahulukan: TLS, atau membuktikan jati diri. Teksnya menyebut yang mana.",
      "RFC 4954 section 6"}},
    {535,
     {},
     {"The name or the password is wrong.", "Nama atau kata sandinya salah.",
      "RFC 4954 section 6"}},
    {538,
     {},
     {"This way of logging in would show the password to everybody on the line: TLS first.",
      "Cara login ini akan memperlihatkan kata sandi kepada siapa pun di jalur itu: TLS dulu.",
      "RFC 4954 section 6"}},
    {550,
     Verb::Rcpt,
     {"Refused for good: no such mailbox here, or mail for it is not taken. The sender gets a "
      "bounce.",
      "Ditolak untuk seterusnya: kotak surat itu tidak ada di sini, atau surat untuknya tidak "
      "diterima. Pengirim mendapat bounce.",
      "RFC 5321 section 3.3"}},
    {550,
     Verb::Vrfy,
     {"No such mailbox here.", "Kotak surat itu tidak ada di sini.", "RFC 5321 section 3.5.3"}},
    {550,
     {},
     {"Refused for good: the mailbox is not there, or the server's rules forbid it.",
      "Ditolak untuk seterusnya: kotak suratnya tidak ada, atau aturan server melarangnya.",
      kCodes}},
    {551,
     {},
     {"The mailbox is elsewhere, and this server does not pass mail on to it.",
      "Kotak suratnya di tempat lain, dan server ini tidak meneruskannya.",
      "RFC 5321 section 3.4"}},
    {552,
     {},
     {"Refused for good: the mail is larger than what may be kept.",
      "Ditolak untuk seterusnya: surat lebih besar daripada yang boleh disimpan.",
      "RFC 1870 section 6.1"}},
    {553,
     {},
     {"The address cannot be used as it is written.",
      "Alamat tidak bisa dipakai seperti yang tertulis.", kCodes}},
    {554,
     {},
     {"Failed for good. As a greeting it means: no service here.",
      "Gagal untuk seterusnya. Sebagai salam artinya: tidak ada layanan di sini.",
      "RFC 5321 section 3.1"}},
    {555,
     {},
     {"The server does not know a parameter of MAIL or RCPT.",
      "Server tidak mengenal salah satu parameter MAIL atau RCPT.", "RFC 5321 section 4.1.1.11"}},
    {556,
     {},
     {"The domain takes no mail.", "Domain itu tidak menerima surat.", "RFC 7504 section 4"}},
};

constexpr Meaning class_meaning(int code) {
  constexpr std::string_view kSource = "RFC 5321 section 4.2.1";
  switch (code / 100) {
    case 2: return {"Yes: it has been done.", "Ya: sudah dilakukan.", kSource};
    case 3:
      return {"Yes so far: the server waits for more.", "Sejauh ini ya: server menunggu lanjutan.",
              kSource};
    case 4:
      return {"Not now: the same may work later.", "Belum bisa: nanti mungkin berhasil.", kSource};
    case 5:
      return {"No: trying the same again is of no use.", "Tidak: percuma mengulang hal yang sama.",
              kSource};
    default: return {"No reply that SMTP knows.", "Bukan jawaban yang dikenal SMTP.", kSource};
  }
}

}  // namespace

Meaning meaning_of_reply(int code, std::optional<smtp::Verb> to) {
  for (const OfReply& row : kReplies) {
    if (row.code == code && (!row.to || row.to == to)) return row.meaning;
  }
  return class_meaning(code);
}

}  // namespace mailwalk::exporting
