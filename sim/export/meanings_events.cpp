#include "export/meanings_events.hpp"

#include <array>
#include <optional>
#include <type_traits>
#include <variant>

#include "export/meanings_pop3.hpp"
#include "export/meanings_smtp.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

// By payload_name.
struct OfKind {
  std::string_view kind;
  Meaning meaning;
};

constexpr std::array<OfKind, std::variant_size_v<PayloadVariant>> kKinds{{
    {"RunStarted",
     {"The run begins. The same lesson with the same seed always goes the same way.",
      "Simulasi dimulai. Pelajaran yang sama dengan seed yang sama selalu berjalan sama.", ""}},
    {"MachineAdded",
     {"A machine joins the network, with its name and its tasks.",
      "Sebuah mesin bergabung ke jaringan, dengan nama dan tugasnya.", ""}},
    {"LinkAdded",
     {"Two machines are joined by a line, with its delay and its speed.",
      "Dua mesin dihubungkan oleh jalur, dengan jeda dan kecepatannya.", ""}},
    {"MaildropAdded",
     {"Somebody gets a maildrop: the place on the server where letters wait to be fetched.",
      "Seseorang mendapat kotak surat: tempat di server, di mana surat menunggu diambil.",
      "RFC 1939 section 3"}},
    {"AccountSet",
     {"A device is told whose mail to fetch, from where, and in which mode. Deleting or keeping is "
      "the device's choice, not the protocol's.",
      "Perangkat diberi tahu surat siapa yang diambil, dari mana, dan dalam mode apa. Menghapus "
      "atau menyimpan adalah pilihan perangkat, bukan protokolnya.",
      "RFC 1939 section 8"}},
    {"PersonActed",
     {"A person does something; all that follows happens because of it.",
      "Seseorang melakukan sesuatu; semua yang menyusul terjadi karenanya.", ""}},
    {"ConnectionOpening",
     {"A machine calls another by TCP. The caller is the client; it waits for the server's "
      "greeting before it speaks.",
      "Sebuah mesin menghubungi mesin lain lewat TCP. Yang menghubungi adalah klien; ia menunggu "
      "salam server sebelum bicara.",
      "RFC 9293 section 3.5"}},
    {"ConnectionAccepted",
     {"The machine that was called takes the call.", "Mesin yang dihubungi menerima sambungan.",
      "RFC 9293 section 3.5"}},
    {"ConnectionOpened",
     {"The connection stands: bytes now arrive whole and in order, or not at all.",
      "Sambungan sudah ada: byte kini tiba utuh dan berurutan, atau tidak sama sekali.",
      "RFC 9293 section 3.5"}},
    {"ConnectionFailed",
     {"There is no connection. Nothing was said, so nothing is lost: the mail stays where it is.",
      "Sambungan gagal. Belum ada yang dikatakan, jadi tidak ada yang hilang: surat tetap di "
      "tempatnya.",
      "RFC 5321 section 4.5.4.1"}},
    {"ConnectionClosing",
     {"One side says that it will send no more. What it sent before still arrives.",
      "Satu pihak menyatakan tidak akan mengirim lagi. Yang sudah dikirim tetap tiba.",
      "RFC 9293 section 3.6"}},
    {"ConnectionClosed",
     {"A machine learns that the other side sends no more.",
      "Sebuah mesin tahu bahwa pihak lain tidak mengirim lagi.", "RFC 9293 section 3.6"}},
    {"ConnectionReset",
     {"The connection broke without a goodbye. What was still under way is lost, and POP3 removes "
      "nothing.",
      "Sambungan putus tanpa pamit. Yang masih di jalan hilang, dan POP3 tidak menghapus apa pun.",
      "RFC 9293 section 3.5.2"}},
    {"BytesSent",
     {"Bytes leave a machine. The line does not know where a command begins or ends.",
      "Byte meninggalkan mesin. Jalur tidak tahu di mana perintah mulai atau berakhir.",
      "RFC 9293 section 3.7"}},
    {"BytesDelivered",
     {"Bytes arrive, perhaps only a part of what was sent at once.",
      "Byte tiba, mungkin hanya sebagian dari yang dikirim sekaligus.", "RFC 9293 section 3.7"}},
    {"BytesLost",
     {"These bytes were on the way when the line broke, or when the other end had closed it. They "
      "never arrive.",
      "Byte ini masih di jalan ketika sambungan putus, atau sudah ditutup ujung yang lain. Mereka "
      "tidak pernah tiba.",
      "RFC 9293 section 3.5.2"}},
    {"DatagramSent",
     {"A question or answer travels by UDP: without a connection, and without a promise that it "
      "arrives.",
      "Pertanyaan atau jawaban dikirim lewat UDP: tanpa sambungan, dan tanpa jaminan akan tiba.",
      "RFC 1035 section 4.2.1"}},
    {"DatagramDelivered",
     {"The datagram is there.", "Datagram sudah tiba.", "RFC 1035 section 4.2.1"}},
    {"DatagramLost",
     {"The datagram got lost. Whoever asked has to ask again.",
      "Datagram hilang. Yang bertanya harus bertanya lagi.", "RFC 1035 section 4.2.1"}},
    {"FaultInjected",
     {"Somebody put a fault here on purpose, to see what the protocol makes of it.",
      "Gangguan ini sengaja dipasang, untuk melihat bagaimana protokol menghadapinya.", ""}},
    {"CommandSent",
     {"The client says what it wants, in one line.",
      "Klien menyatakan keinginannya, dalam satu baris.", "RFC 5321 section 2.4"}},
    {"CommandReceived",
     {"The server has read a whole line, up to CR LF. Only now can it act on it.",
      "Server sudah membaca satu baris utuh, sampai CR LF. Baru sekarang ia bisa menanggapinya.",
      "RFC 5321 section 2.3.8"}},
    {"ReplySent",
     {"The server answers. Every command gets one reply.",
      "Server menjawab. Setiap perintah mendapat satu jawaban.", "RFC 5321 section 4.2"}},
    {"ReplyReceived",
     {"The client has read the whole reply, and knows how to go on.",
      "Klien sudah membaca seluruh jawaban, dan tahu bagaimana melanjutkan.",
      "RFC 5321 section 4.2"}},
    {"ContentSent",
     {"The client sends the mail itself: header, an empty line, body, and a line with a dot.",
      "Klien mengirim suratnya sendiri: kepala surat, baris kosong, isi, dan satu baris berisi "
      "titik.",
      "RFC 5321 section 4.1.1.4"}},
    {"ContentReceived",
     {"The line with the lone dot has come: the server has the whole mail. Until it says 250, the "
      "client still answers for it.",
      "Baris berisi satu titik sudah tiba: server punya seluruh surat. Sebelum server menjawab "
      "250, klien masih bertanggung jawab.",
      "RFC 5321 section 6.1"}},
    {"SessionStateChanged",
     {"The session is in another state, so other commands are allowed now.",
      "Sesi berada dalam keadaan lain, jadi perintah yang boleh diberikan pun lain.",
      "RFC 5321 section 4.1.4"}},
    {"NameLookedUp",
     {"A machine has asked the DNS which host takes a domain's mail (MX), or a host's address (A).",
      "Sebuah mesin bertanya ke DNS: mesin mana penerima surat sebuah domain (MX), atau apa alamat "
      "sebuah mesin (A).",
      "RFC 5321 section 5.1"}},
    {"MailComposed",
     {"A mail is written, and waits in the outbox. Its envelope and its header are made now, and "
      "are two things.",
      "Surat sudah ditulis, dan menunggu di kotak keluar. Amplop dan kepala suratnya dibuat "
      "sekarang, dan keduanya berbeda.",
      "RFC 5321 section 2.3.1"}},
    {"SubmissionBegun",
     {"The device begins to hand its mail over to an MTA.",
      "Perangkat mulai menyerahkan suratnya kepada MTA.", "RFC 6409 section 3"}},
    {"SubmissionDeferred",
     {"The mail could not be handed over now. It stays in the outbox, and the device tries again.",
      "Surat belum bisa diserahkan. Surat tetap di kotak keluar, dan perangkat akan mencoba lagi.",
      "RFC 5321 section 4.5.4.1"}},
    {"MailSubmitted",
     {"The MTA answers for the mail now. What lies in Sent is a copy, on this device only.",
      "MTA kini bertanggung jawab atas surat itu. Yang ada di Terkirim adalah salinan, hanya di "
      "perangkat ini.",
      "RFC 5321 section 6.1"}},
    {"MailRefused",
     {"The MTA said no for good. The person who wrote has to change something.",
      "MTA menolak untuk seterusnya. Penulis surat harus mengubah sesuatu.",
      "RFC 5321 section 4.2.1"}},
    {"MailQueued",
     {"The MTA has written the mail to its queue, and answers for it. It put a Received field on "
      "top.",
      "MTA sudah menyimpan surat di antrean, dan bertanggung jawab atasnya. Di atasnya ditambahkan "
      "baris Received.",
      "RFC 5321 section 4.4"}},
    {"RelayBegun",
     {"The MTA offers the mail to the next host: it pushes, nobody asked for it.",
      "MTA menawarkan surat kepada mesin berikutnya: ia mendorong, tidak ada yang memintanya.",
      "RFC 5321 section 2.1"}},
    {"RecipientSettled",
     {"For this recipient it is clear what became of the mail at this hop: taken, put off, or "
      "refused.",
      "Untuk penerima ini nasib surat pada tahap ini sudah jelas: diterima, ditunda, atau ditolak.",
      "RFC 5321 section 4.2.1"}},
    {"RetryScheduled",
     {"Not now does not mean never: the mail waits in the queue for the next try.",
      "Belum bisa bukan berarti tidak bisa: surat menunggu percobaan berikutnya di antrean.",
      "RFC 5321 section 4.5.4.1"}},
    {"MailBounced",
     {"The mail cannot reach somebody, so the MTA writes to its sender. A bounce itself is never "
      "bounced.",
      "Surat tidak bisa mencapai seseorang, maka MTA menulis kepada pengirimnya. Bounce sendiri "
      "tidak pernah dibalas bounce.",
      "RFC 3464 section 1"}},
    {"MailDequeued",
     {"Every recipient is settled: the MTA has done its part and keeps no copy.",
      "Semua penerima sudah jelas: tugas MTA selesai dan ia tidak menyimpan salinan.",
      "RFC 5321 section 6.1"}},
    {"LetterDelivered",
     {"The letter lies in the maildrop. Pushing ends here; from now on somebody has to come and "
      "fetch it.",
      "Surat ada di kotak surat. Sampai di sini surat didorong; sekarang harus ada yang datang "
      "mengambilnya.",
      "RFC 5321 section 4.4"}},
    {"QuotaExceeded",
     {"The maildrop has no room. Marked letters count too, until QUIT removes them.",
      "Kotak surat tidak muat lagi. Surat yang ditandai ikut dihitung, sampai QUIT menghapusnya.",
      "RFC 3463 section 3.3"}},
    {"MaildropLocked",
     {"One session alone holds the maildrop, so that its numbers stay true. New letters wait "
      "unnumbered.",
      "Hanya satu sesi yang memegang kotak surat, agar nomornya tetap benar. Surat baru menunggu "
      "tanpa nomor.",
      "RFC 1939 section 4"}},
    {"MaildropUnlocked",
     {"The maildrop is free for the next session.", "Kotak surat bebas untuk sesi berikutnya.",
      "RFC 1939 section 6"}},
    {"LetterRetrieved",
     {"The server sends a copy. The letter itself does not move.",
      "Server mengirim salinan. Suratnya sendiri tidak berpindah.", "RFC 1939 section 5"}},
    {"LetterMarked",
     {"The letter is marked as deleted, and still there. RSET or a broken line takes the mark "
      "away.",
      "Surat ditandai untuk dihapus, dan masih ada. RSET atau sambungan yang putus mencabut tanda "
      "itu.",
      "RFC 1939 section 5"}},
    {"LetterUnmarked",
     {"The mark is gone: RSET was said, or the session ended without QUIT.",
      "Tandanya hilang: RSET diberikan, atau sesi berakhir tanpa QUIT.", "RFC 1939 section 6"}},
    {"LetterExpunged",
     {"In the UPDATE state the marked letter is removed from the server. Copies on devices stay.",
      "Dalam keadaan UPDATE, surat yang ditandai dihapus dari server. Salinan di perangkat tetap "
      "ada.",
      "RFC 1939 section 6"}},
    {"PollStarted",
     {"The device asks by itself: POP3 pulls, the server never calls.",
      "Perangkat bertanya sendiri: POP3 menarik, server tidak pernah menghubungi.",
      "RFC 1939 section 3"}},
    {"PollFinished",
     {"The device is done asking.", "Perangkat selesai bertanya.", "RFC 1939 section 3"}},
    {"LetterStored",
     {"The device has its own copy, and remembers its UID so as not to fetch it twice.",
      "Perangkat punya salinan sendiri, dan mengingat UID-nya agar tidak mengambilnya dua kali.",
      "RFC 1939 section 7"}},
    {"DeviceFull",
     {"The device has no room, so it does not fetch; the letter stays on the server.",
      "Perangkat tidak muat, maka surat tidak diambil; suratnya tetap di server.", ""}},
    {"LetterRead",
     {"Read on this device. POP3 has no word for it, so no other device learns of it.",
      "Sudah dibaca di perangkat ini. POP3 tidak punya kata untuk itu, maka perangkat lain tidak "
      "tahu.",
      "RFC 1939 section 3"}},
    {"LetterRemoved",
     {"Thrown away on this device only. The server and other devices keep theirs.",
      "Dibuang di perangkat ini saja. Server dan perangkat lain tetap menyimpan miliknya.", ""}},
    {"MailFileGiven",
     {"The lesson brings a mail along as a file. It is kept with the run, so that the run can be "
      "made again.",
      "Pelajaran ini membawa surat dalam sebuah file. File itu disimpan bersama simulasi, supaya "
      "dapat diulang.",
      ""}},
    {"ModeOverridden",
     {"For this run, every device was set to one mode.",
      "Untuk simulasi ini, semua perangkat disetel ke satu mode.", ""}},
    {"MailOverridden",
     {"For this run, the lesson's first mail was replaced by another.",
      "Untuk simulasi ini, surat pertama pelajaran diganti dengan surat lain.", ""}},
    {"TlsOverridden",
     {"For this run, every server offers TLS, whatever the lesson says.",
      "Untuk simulasi ini, semua server menawarkan TLS, apa pun kata pelajarannya.", ""}},
    {"LineCut",
     {"Somebody cut the line here. TCP tells both ends that it broke, but not how far the other "
      "got.",
      "Seseorang memutus jalur di sini. TCP memberi tahu kedua ujung bahwa jalurnya putus, tetapi "
      "tidak sampai mana pihak lain sempat bekerja.",
      ""}},
    {"NetworkDisturbed",
     {"Somebody disturbed the network here, to see what the protocol makes of it.",
      "Seseorang mengganggu jaringan di sini, untuk melihat bagaimana protokol menghadapinya.",
      ""}},
    {"AnswerReplaced",
     {"Somebody put these words into the server's mouth.",
      "Jawaban ini diberikan seseorang, menggantikan server.", ""}},
    {"CommandTyped",
     {"Somebody types a command in the client's place.",
      "Seseorang mengetik perintah, menggantikan klien.", ""}},
    {"ModeChosen",
     {"Somebody chose another mode on this device. It holds from the next poll on.",
      "Seseorang memilih mode lain di perangkat ini. Mode itu berlaku mulai pengambilan "
      "berikutnya.",
      ""}},
    {"SeedChanged",
     {"From here on, everything that is left to chance falls differently.",
      "Mulai dari sini, semua yang acak hasilnya lain.", ""}},
    {"MailWritten",
     {"Somebody wrote one more mail here.", "Seseorang menulis satu surat lagi di sini.", ""}},
    {"NextMailReplaced",
     {"The next mail of this lesson gets another content.",
      "Surat berikutnya dalam pelajaran ini mendapat isi yang lain.", ""}},
    {"PollWanted",
     {"Somebody told the device to ask for mail now.",
      "Seseorang menyuruh perangkat mengambil surat sekarang.", ""}},
    {"LetterOpened",
     {"Somebody opened a letter on this device. The server does not learn of it.",
      "Seseorang membuka surat di perangkat ini. Server tidak mengetahuinya.", ""}},
    {"LetterThrownAway",
     {"Somebody threw a letter away on this device, and only there.",
      "Seseorang membuang surat di perangkat ini, dan hanya di sana.", ""}},
    {"RunServed",
     {"The lesson is served on real TCP: mail programs from outside can take part.",
      "Pelajaran ini dilayani lewat TCP sungguhan: program surat dari luar bisa ikut serta.", ""}},
    {"RunTakenUp",
     {"The servers were down and are up again. Connections are lost with that, and so are marks "
      "for deletion; mail for which a server has answered is not.",
      "Server-server sempat mati dan kini hidup lagi. Sambungan hilang karenanya, juga tanda "
      "hapus; surat yang sudah diterima server tidak hilang.",
      "RFC 5321 section 4.2.5"}},
    {"TlsBegun",
     {"From here on this end speaks TLS: first the handshake, in which both make a key that nobody "
      "else learns, although everybody can read along.",
      "Mulai sekarang ujung ini memakai TLS: pertama jabat tangan (handshake), di mana keduanya "
      "membuat kunci yang tidak diketahui orang lain, walaupun siapa pun bisa ikut membaca.",
      "RFC 8446 section 2"}},
    {"TlsEstablished",
     {"The handshake is over. Whoever reads along sees from here on how much is said and when, and "
      "no longer what. EHLO, or CAPA, comes once more: what was said in the open counts no longer.",
      "Jabat tangan selesai. Siapa pun yang ikut membaca kini hanya tahu berapa banyak dan kapan, "
      "tidak lagi apa yang diucapkan. EHLO atau CAPA diulang: yang diucapkan terbuka tidak lagi "
      "berlaku.",
      "RFC 3207 section 4.2"}},
    {"TlsBroken",
     {"TLS has come to nothing, or was cut off. Nothing more is said on this connection.",
      "TLS gagal, atau terputus di tengah jalan. Tidak ada lagi yang diucapkan di sambungan ini.",
      "RFC 8446 section 6"}},
}};

template <class V>
std::optional<V> verb_in(const std::optional<Verb>& verb) {
  const V* found = verb ? std::get_if<V>(&*verb) : nullptr;
  return found == nullptr ? std::nullopt : std::optional<V>(*found);
}

template <class Reply>
Meaning reply_meaning(const Reply& reply) {
  if (reply.protocol == Protocol::Smtp) {
    return meaning_of_reply(reply.code, verb_in<smtp::Verb>(reply.to));
  }
  const pop3::Status status = journal::is_refusal(reply.code) ? pop3::Status::Err
                              : reply.code >= 300             ? pop3::Status::Continue
                                                              : pop3::Status::Ok;
  return meaning_of_reply(status, verb_in<pop3::Verb>(reply.to));
}

}  // namespace

Meaning meaning_of(const journal::Payload& payload) {
  const std::string_view kind = journal::payload_name(payload);
  for (const OfKind& row : kKinds) {
    if (row.kind == kind) return row.meaning;
  }
  return {};
}

Meaning explain(const journal::Payload& payload) {
  return std::visit(
      [&](const auto& it) {
        using P = std::decay_t<decltype(it)>;
        if constexpr (std::is_same_v<P, CommandSent> || std::is_same_v<P, CommandReceived>) {
          return std::visit([](auto verb) { return meaning_of(verb); }, it.verb);
        } else if constexpr (std::is_same_v<P, ReplySent> || std::is_same_v<P, ReplyReceived>) {
          return reply_meaning(it);
        } else {
          return meaning_of(payload);
        }
      },
      payload);
}

}  // namespace mailwalk::exporting
