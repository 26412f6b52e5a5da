#include "export/meanings_pop3.hpp"

#include <array>
#include <cstddef>

namespace mailwalk::exporting {
namespace {

using pop3::Verb;

// A command, and what +OK and -ERR say to it.
struct OfPop3Verb {
  Verb verb;
  Meaning command, ok, err;
};

constexpr std::string_view kTransaction = "RFC 1939 section 5";
constexpr std::string_view kOptional = "RFC 1939 section 7";
constexpr std::string_view kBasics = "RFC 1939 section 3";
constexpr std::string_view kTls = "RFC 2595 section 4";
constexpr std::string_view kAuth = "RFC 5034 section 4";

constexpr Meaning kNoSuchLetter{
    "There is no letter of that number, or it is marked for deletion.",
    "Tidak ada surat dengan nomor itu, atau surat itu sudah ditandai untuk dihapus.", kTransaction};
constexpr Meaning kRefused{"No: the server does not do that. Nothing has changed.",
                           "Tidak: server tidak melakukannya. Tidak ada yang berubah.", kBasics};

constexpr std::array<OfPop3Verb, pop3::kVerbCount> kPop3Verbs{{
    {Verb::Unknown,
     {"No command of POP3. A server answers -ERR, and nothing else changes.",
      "Bukan perintah POP3. Server menjawab -ERR, dan tidak ada yang berubah.", kBasics},
     {"Yes: it has been done.", "Ya: sudah dilakukan.", kBasics},
     {"The server does not know this command, or cannot take it now.",
      "Server tidak mengenal perintah ini, atau tidak bisa menerimanya sekarang.", kBasics}},
    {Verb::User,
     {"Says whose maildrop is asked for. The password has to follow.",
      "Menyebut kotak surat siapa yang diminta. Kata sandinya harus menyusul.", kOptional},
     {"The server waits for the password. That does not yet mean that there is such a mailbox.",
      "Server menunggu kata sandi. Itu belum berarti kotak surat tersebut ada.", kOptional},
     {"The server does not take that name.", "Server tidak menerima nama itu.", kOptional}},
    {Verb::Pass,
     {"Gives the password, for everybody on the line to read. If it is right, the maildrop is "
      "locked and the TRANSACTION state begins.",
      "Memberikan kata sandi, terbaca oleh siapa saja di jalur itu. Jika benar, kotak surat "
      "dikunci dan keadaan TRANSACTION dimulai.",
      kOptional},
     {"Logged in. The maildrop is locked for this session alone, and its letters are numbered from "
      "1.",
      "Sudah masuk. Kotak surat dikunci hanya untuk sesi ini, dan suratnya diberi nomor mulai 1.",
      "RFC 1939 section 4"},
     {"Not logged in: the password is wrong, or the maildrop cannot be locked now.",
      "Tidak bisa masuk: kata sandinya salah, atau kotak surat sedang tidak bisa dikunci.",
      kOptional}},
    {Verb::Apop,
     {"Logs in without saying the password: the digest is made of the greeting's time stamp and "
      "the "
      "password (MD5, which is weak by now).",
      "Masuk tanpa menyebut kata sandi: sidiknya dibuat dari cap waktu pada salam dan kata sandi "
      "(MD5, yang kini sudah lemah).",
      kOptional},
     {"Logged in. The maildrop is locked for this session alone, and its letters are numbered from "
      "1.",
      "Sudah masuk. Kotak surat dikunci hanya untuk sesi ini, dan suratnya diberi nomor mulai 1.",
      "RFC 1939 section 4"},
     {"Not logged in: name or digest is wrong, or the maildrop cannot be locked now.",
      "Tidak bisa masuk: nama atau sidiknya salah, atau kotak surat sedang tidak bisa dikunci.",
      kOptional}},
    {Verb::Stat,
     {"Asks how many letters there are, and how many octets. Marked ones do not count.",
      "Bertanya ada berapa surat dan berapa oktet. Surat yang ditandai tidak dihitung.",
      kTransaction},
     {"Two numbers: how many letters, and how many octets they have together.",
      "Dua angka: banyaknya surat, dan jumlah oktet semuanya.", kTransaction},
     kRefused},
    {Verb::List,
     {"Asks for the size of each letter, or of one.",
      "Menanyakan ukuran tiap surat, atau ukuran satu surat.", kTransaction},
     {"Number and size of each letter that was asked for.",
      "Nomor dan ukuran tiap surat yang ditanyakan.", kTransaction},
     kNoSuchLetter},
    {Verb::Retr,
     {"Asks for a copy of a letter. The letter itself stays: RETR never removes.",
      "Meminta salinan sebuah surat. Suratnya sendiri tetap ada: RETR tidak pernah menghapus.",
      kTransaction},
     {"The whole letter follows, line by line, until a line with nothing but a dot. It also stays "
      "on the server.",
      "Seluruh surat menyusul, baris demi baris, sampai baris yang hanya berisi titik. Di server "
      "suratnya tetap ada.",
      kTransaction},
     kNoSuchLetter},
    {Verb::Dele,
     {"Marks a letter as deleted. It is still there: RSET takes the mark away, and only QUIT, in "
      "the UPDATE state, removes the letter.",
      "Menandai surat untuk dihapus. Suratnya masih ada: RSET mencabut tanda itu, dan hanya QUIT, "
      "dalam keadaan UPDATE, yang menghapusnya.",
      kTransaction},
     {"The letter is marked. Its number stays taken until the session ends.",
      "Surat sudah ditandai. Nomornya tetap terpakai sampai sesi selesai.", kTransaction},
     kNoSuchLetter},
    {Verb::Noop,
     {"Does nothing, and asks for +OK.", "Tidak melakukan apa-apa, hanya minta dijawab +OK.",
      kTransaction},
     {"The server is still there.", "Server masih ada.", kTransaction},
     kRefused},
    {Verb::Rset,
     {"Takes all marks away: nothing is deleted at QUIT.",
      "Mencabut semua tanda: tidak ada yang dihapus saat QUIT.", kTransaction},
     {"No letter is marked any more.", "Tidak ada lagi surat yang ditandai.", kTransaction},
     kRefused},
    {Verb::Quit,
     {"Ends the session. After a login it begins the UPDATE state: marked letters are removed now, "
      "and only now.",
      "Mengakhiri sesi. Setelah login, QUIT memulai keadaan UPDATE: surat yang ditandai dihapus "
      "sekarang, dan baru sekarang.",
      "RFC 1939 section 6"},
     {"The session is over. What was marked is gone, and the maildrop is free again.",
      "Sesi selesai. Yang ditandai sudah dihapus, dan kotak surat bebas lagi.",
      "RFC 1939 section 6"},
     {"The session is over, but some marked letters could not be removed.",
      "Sesi selesai, tetapi sebagian surat yang ditandai tidak bisa dihapus.",
      "RFC 1939 section 6"}},
    {Verb::Top,
     {"Asks for a letter's header and so many lines of its body, to look before fetching.",
      "Meminta kepala surat dan beberapa baris isinya, untuk melihat dulu sebelum mengambil.",
      kOptional},
     {"Header and first lines follow, until a line with nothing but a dot.",
      "Kepala surat dan baris-baris pertama menyusul, sampai baris yang hanya berisi titik.",
      kOptional},
     kNoSuchLetter},
    {Verb::Uidl,
     {"Asks for unique ids. A letter keeps its id in every session, so a device can tell which "
      "letters it has already; numbers change from session to session.",
      "Menanyakan id unik. Id surat sama di setiap sesi, sehingga perangkat tahu surat mana yang "
      "sudah dimilikinya; nomor berubah dari sesi ke sesi.",
      kOptional},
     {"Number and unique id of each letter that was asked for.",
      "Nomor dan id unik tiap surat yang ditanyakan.", kOptional},
     kNoSuchLetter},
    {Verb::Capa,
     {"Asks what the server can do beyond what every POP3 server must.",
      "Bertanya apa saja yang bisa dilakukan server di luar yang wajib bagi setiap server POP3.",
      "RFC 2449 section 5"},
     {"One capability on each line, until a line with nothing but a dot.",
      "Satu kemampuan per baris, sampai baris yang hanya berisi titik.", "RFC 2449 section 5"},
     {"The server does not tell what it can do.", "Server tidak memberi tahu kemampuannya.",
      "RFC 2449 section 5"}},
    {Verb::Stls,
     {"Asks to go on encrypted, by TLS, on the same connection. What was said so far is forgotten "
      "then.",
      "Minta melanjutkan dengan enkripsi TLS pada sambungan yang sama. Yang sudah diucapkan sampai "
      "di sini lalu dilupakan.",
      kTls},
     {"Ready: from here on both talk TLS.", "Siap: mulai sekarang keduanya memakai TLS.", kTls},
     {"No TLS here, or not now.", "Di sini tidak ada TLS, atau sekarang bukan saatnya.", kTls}},
    {Verb::Auth,
     {"Logs in by a mechanism of SASL, or goes on with that: a line of Base64 for each step, and * "
      "to give it up.",
      "Masuk memakai salah satu mekanisme SASL, atau melanjutkannya: satu baris Base64 untuk tiap "
      "langkah, dan * untuk membatalkan.",
      kAuth},
     {"Logged in. The maildrop is locked for this session alone, and its letters are numbered from "
      "1.",
      "Sudah masuk. Kotak surat dikunci hanya untuk sesi ini, dan suratnya diberi nomor mulai 1.",
      kAuth},
     {"Not logged in: name or password is wrong, the mechanism is not offered, or it was given up.",
      "Tidak bisa masuk: nama atau kata sandinya salah, mekanismenya tidak tersedia, atau "
      "dibatalkan.",
      kAuth}},
}};

constexpr bool pop3_verbs_in_order() {
  for (std::size_t i = 0; i < kPop3Verbs.size(); ++i) {
    if (kPop3Verbs[i].verb != static_cast<Verb>(i)) return false;
  }
  return true;
}
static_assert(pop3_verbs_in_order());

constexpr Meaning kGreeting{
    "The greeting: the server is ready. Only now may the client speak. A time stamp in <> is for "
    "APOP.",
    "Salam: server siap. Baru sekarang klien boleh bicara. Cap waktu di dalam <> dipakai untuk "
    "APOP.",
    "RFC 1939 section 4"};
constexpr Meaning kGoOn{"Go on: the next step of proving who you are.",
                        "Lanjutkan: langkah berikut untuk membuktikan jati diri.", kAuth};
constexpr Meaning kGoodbye{
    "Nobody asked: the server gives up on this session. Nothing is deleted.",
    "Tidak ada yang bertanya: server mengakhiri sesi ini. Tidak ada yang dihapus.", kBasics};

constexpr std::array<Meaning, pop3::kStateCount> kPop3States{{
    {"The connection stands; the client waits for the greeting.",
     "Sambungan sudah ada; klien menunggu salam dari server.", kBasics},
    {"Who are you? The client must log in.", "Siapa kamu? Klien harus masuk (login).",
     "RFC 1939 section 4"},
    {"Logged in. The maildrop is locked; letters are listed, fetched and marked.",
     "Sudah masuk. Kotak surat dikunci; surat didaftar, diambil, dan ditandai.", kTransaction},
    {"QUIT was said: what is marked is being removed.",
     "QUIT sudah diberikan: yang ditandai sedang dihapus.", "RFC 1939 section 6"},
    {"The session is over.", "Sesi sudah selesai.", kBasics},
}};

}  // namespace

Meaning meaning_of(pop3::Verb verb) {
  return kPop3Verbs[static_cast<std::size_t>(verb)].command;
}

Meaning meaning_of(pop3::State state) {
  return kPop3States[static_cast<std::size_t>(state)];
}

Meaning name_of(pop3::State state) {
  return {name(state), name(state), ""};
}

Meaning meaning_of(pop3::ResponseCode code) {
  constexpr std::string_view kCodes = "RFC 2449 section 8.1";
  switch (code) {
    case pop3::ResponseCode::InUse:
      return {"another session holds the maildrop: try again later",
              "kotak surat sedang dipakai sesi lain: coba lagi nanti", "RFC 2449 section 8.1.2"};
    case pop3::ResponseCode::LoginDelay:
      return {"too soon after the last login", "terlalu cepat setelah login terakhir",
              "RFC 2449 section 8.1.1"};
    case pop3::ResponseCode::SysTemp:
      return {"the server's own trouble, and it will pass",
              "gangguan pada server sendiri, dan akan berlalu", "RFC 3206 section 4"};
    case pop3::ResponseCode::SysPerm:
      return {"the server's own trouble, and a person must help",
              "gangguan pada server sendiri, dan harus ditangani orang", "RFC 3206 section 4"};
    case pop3::ResponseCode::Auth:
      return {"the name or the password is wrong", "nama atau kata sandinya salah",
              "RFC 3206 section 5"};
  }
  return {"a code that POP3 does not know", "kode yang tidak dikenal POP3", kCodes};
}

Meaning meaning_of_reply(pop3::Status status, std::optional<pop3::Verb> to) {
  if (status == pop3::Status::Continue) return kGoOn;
  if (!to) return status == pop3::Status::Ok ? kGreeting : kGoodbye;
  const OfPop3Verb& row = kPop3Verbs[static_cast<std::size_t>(*to)];
  return status == pop3::Status::Ok ? row.ok : row.err;
}

}  // namespace mailwalk::exporting
