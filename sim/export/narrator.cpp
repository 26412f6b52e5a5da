#include "export/narrator.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "export/count_words.hpp"
#include "export/fault_words.hpp"
#include "export/letter_of.hpp"
#include "export/printable.hpp"
#include "export/size_words.hpp"
#include "export/time_words.hpp"
#include "pop3/command.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

std::string list(const AddressList& addresses) {
  std::string text;
  for (const Bytes& address : addresses) {
    if (!text.empty()) text += ", ";
    text += printable(address.view());
  }
  return text;
}

// One event's sentence. Every sentence stands here in both languages, side by side.
class EventTeller {
 public:
  EventTeller(const Narrator& narrator, const Happened& happened)
      : narrator_(narrator),
        happened_(happened),
        here_(narrator.machine(happened.event.node, happened.after)),
        letter_(name_of_letter(letter_of(happened), happened.after)) {}

  // What the session's lines, or another event, tell already.
  template <class Payload>
  std::string operator()(const Payload&) const {
    return {};
  }

  // ---- Persons

  std::string operator()(const PersonActed& acted) const {
    switch (acted.act) {
      case Act::Compose:
        return say("{0} writes a mail: “{1}”", "{0} menulis surat: “{1}”", text(acted.detail));
      case Act::Read:
      case Act::Remove: return there_is_no_letter(acted);
      case Act::Poll: return already_asking(acted);
      default: return {};
    }
  }
  std::string operator()(const AccountSet& set) const {
    return say("{0} is set up to fetch {1}'s mail from {2} in {3}",
               "{0} disetel untuk mengambil surat {1} dari {2} dalam {3}", text(set.user),
               text(set.server), narrator_.mode(set.mode, set.keep_days));
  }
  std::string operator()(const LetterRead&) const {
    return say("letter {L} is read on {0}; no other device learns of it",
               "surat {L} dibaca di {0}; perangkat lain tidak mengetahuinya");
  }
  std::string operator()(const LetterRemoved&) const {
    return say("letter {L} is thrown away on {0}, and only there",
               "surat {L} dibuang di {0}, dan hanya di sana");
  }

  std::string operator()(const CommandTyped& typed) const {
    // The session's line shows a password to whom it may be shown.
    return say("a person types at {0}, in the client's place: “{1}”",
               "seseorang mengetik di {0}, menggantikan klien: “{1}”",
               printable(pop3::mask_secret(typed.line.view())));
  }
  std::string operator()(const SeedChanged& changed) const {
    return say("from here on, lots are drawn with seed {1}",
               "mulai dari sini, undian memakai seed {1}", std::to_string(changed.seed));
  }
  std::string operator()(const NextMailReplaced&) const {
    return say("the next mail of this lesson gets another content",
               "isi surat berikutnya dalam pelajaran ini diganti");
  }

  // ---- On its way

  std::string operator()(const NameLookedUp& name) const {
    return say("{0} has looked up {1}: {2}", "{0} sudah mencari {1} di DNS: {2}",
               text(name.question), narrator_.answer(name));
  }
  std::string operator()(const MailComposed& mail) const {
    return say("letter {L} lies in the outbox of {0}, for {1}",
               "surat {L} ada di kotak keluar {0}, untuk {1}", list(mail.recipients));
  }
  std::string operator()(const SubmissionDeferred& deferred) const {
    return say("letter {L} stays in the outbox of {0}: {1}; next try at {2}",
               "surat {L} tetap di kotak keluar {0}: {1}; dicoba lagi pukul {2}",
               narrator_.trouble(deferred.trouble, deferred.reason), clock(deferred.next_try));
  }
  std::string operator()(const MailSubmitted&) const {
    return say("letter {L} has left the outbox; a copy stays in Sent, on {0} only",
               "surat {L} sudah keluar dari kotak keluar; salinannya disimpan di folder Terkirim, "
               "hanya di {0}");
  }
  std::string operator()(const MailRefused& refused) const {
    return say("letter {L} is refused for {1}: {2}", "surat {L} ditolak untuk {1}: {2}",
               list(refused.recipients), text(refused.reason));
  }
  std::string operator()(const MailQueued& queued) const {
    if (happened_.event.connection == kNoConnection) {
      return say("{0} writes a bounce, letter {L}, to {1}",
                 "{0} menulis surat pantulan (bounce), surat {L}, kepada {1}",
                 list(queued.recipients));
    }
    return say("letter {L} lies in the queue of {0}, which now answers for it",
               "surat {L} ada di antrean {0}, yang kini bertanggung jawab atasnya");
  }
  std::string operator()(const RecipientSettled& settled) const {
    const std::string recipient = text(settled.recipient);
    const std::string reason = narrator_.trouble(settled.trouble, settled.reason);
    switch (settled.outcome) {
      case Outcome::Relayed: return {};
      case Outcome::Deferred:
        return say("letter {L} cannot go to {1} yet: {2}",
                   "surat {L} belum bisa dikirim ke {1}: {2}", recipient, reason);
      case Outcome::Failed:
        return say("letter {L} will never go to {1}: {2}",
                   "surat {L} tidak akan sampai ke {1}: {2}", recipient, reason);
      case Outcome::Expired:
        return say("{0} gives up letter {L} for {1}, after trying for too long: {2}",
                   "{0} berhenti mencoba mengirim surat {L} ke {1}, sudah terlalu lama: {2}",
                   recipient, reason);
    }
    return {};
  }
  std::string operator()(const RetryScheduled& retry) const {
    return say("letter {L} waits in the queue of {0} until {1}",
               "surat {L} menunggu di antrean {0} sampai pukul {1}", clock(retry.next_try));
  }
  std::string operator()(const MailBounced& bounced) const {
    if (bounced.notice != QueueNumber{}) return {};  // the bounce itself was told
    const Letter* letter = happened_.after.letter(letter_of(happened_));
    if (letter != nullptr && !letter->sender.empty()) {
      return say("no bounce for letter {L}: the queue of {0} is full",
                 "tidak ada bounce untuk surat {L}: antrean {0} penuh");
    }
    return say("letter {L} came from nobody (<>), so nobody is told: a bounce is never bounced",
               "surat {L} tidak punya pengirim (<>), jadi tidak ada yang diberi tahu: bounce tidak "
               "pernah dibalas bounce");
  }
  std::string operator()(const MailDequeued&) const {
    return say("letter {L} has left the queue of {0}", "surat {L} sudah keluar dari antrean {0}");
  }

  // ---- In the maildrop

  std::string operator()(const LetterDelivered& delivered) const {
    return say("letter {L} lies in {1}'s maildrop on {0}, UID {2}",
               "surat {L} ada di kotak surat {1} di {0}, UID {2}", text(delivered.owner),
               text(delivered.uid)) +
           room(delivered.owner);
  }
  std::string operator()(const QuotaExceeded& quota) const {
    return say("no room in {1}'s maildrop for {2} octets more: {3} are used",
               "tidak ada ruang di kotak surat {1} untuk {2} oktet lagi: {3} sudah terpakai",
               text(quota.owner), quota.size_bytes, used_of_quota(quota));
  }
  std::string operator()(const MaildropLocked& locked) const {
    return say("{1}'s maildrop is locked for this session",
               "kotak surat {1} dikunci untuk sesi ini", text(locked.owner));
  }
  std::string operator()(const MaildropUnlocked& unlocked) const {
    return say("{1}'s maildrop is free again", "kotak surat {1} bebas lagi", text(unlocked.owner));
  }
  std::string operator()(const LetterRetrieved& retrieved) const {
    if (retrieved.top_lines) {
      return say("the top of letter {L} goes out", "bagian atas surat {L} dikirim");
    }
    return say("a copy of letter {L} goes out; the letter itself stays",
               "salinan surat {L} dikirim; suratnya sendiri tetap di server");
  }
  std::string operator()(const LetterMarked&) const {
    return say("letter {L} is marked; it is still there",
               "surat {L} ditandai; masih ada di server");
  }
  std::string operator()(const LetterUnmarked&) const {
    return say("letter {L} is no longer marked; it stays on the server",
               "surat {L} tidak lagi ditandai; tetap ada di server");
  }
  std::string operator()(const LetterExpunged&) const {
    return say("letter {L} is gone from the server", "surat {L} sudah tidak ada di server");
  }

  // ---- On the device

  std::string operator()(const PollStarted&) const {
    return say("{0} asks: is there mail?", "{0} bertanya: ada surat?");
  }
  std::string operator()(const PollFinished& finished) const {
    if (finished.trouble != Trouble::None) {
      return say("{0} could not finish fetching: {1}", "{0} gagal mengambil surat: {1}",
                 narrator_.trouble(finished.trouble, finished.reason));
    }
    const std::uint32_t too_many = did_not_fit(finished.account);
    if (finished.new_letters > 0) {
      const std::string came = say("{1} on {0}", "{1} di {0}", new_letters(finished.new_letters));
      if (too_many == 0) return came;
      return came + narrator_.format("; {0} more did not fit", "; {0} lagi tidak muat", too_many);
    }
    if (too_many == 0) return say("no new letter on {0}", "tidak ada surat baru di {0}");
    return too_many == 1
               ? say("1 new letter does not fit on {0}", "1 surat baru tidak muat di {0}")
               : say("{1} do not fit on {0}", "{1} tidak muat di {0}", new_letters(too_many));
  }
  std::string operator()(const LetterStored&) const {
    return say("letter {L} is on {0} now, unread", "surat {L} kini ada di {0}, belum dibaca");
  }
  std::string operator()(const DeviceFull& full) const {
    return say("no room on {0} for {1} octets; the letter stays on the server",
               "tidak ada ruang di {0} untuk {1} oktet; suratnya tetap di server", full.size_bytes);
  }

  // ---- Trouble

  std::string operator()(const RunTakenUp&) const {
    return say(
        "every server was down, and is up again: what was connected is cut, what was "
        "answered with 250 is still there",
        "semua server sempat mati, kini hidup lagi: sambungan terputus, tetapi surat yang "
        "sudah dijawab 250 tetap ada");
  }
  std::string operator()(const FaultInjected& fault) const {
    const std::string words = fault_words(fault, happened_, narrator_);
    if (fault.fault == Fault::Clear) return words;
    return say("FAULT: {1}", "GANGGUAN: {1}", words);
  }
  std::string operator()(const AnswerReplaced& answer) const {
    return say("FAULT: {0} is made to answer “{1}”", "GANGGUAN: {0} dibuat menjawab “{1}”",
               text(answer.line));
  }
  std::string operator()(const ConnectionFailed& failed) const {
    return say("no connection: {1}", "tidak tersambung: {1}", narrator_.failure(failed.why));
  }
  // Told once: by the client if it is one of ours, for it has seen the certificate.
  std::string operator()(const TlsEstablished& tls) const {
    const Connection* connection = happened_.after.connection(happened_.event.connection);
    const bool client_tells = connection != nullptr && connection->client.cover != Cover::Open;
    if (tls.side == Side::Server && client_tells) return {};
    std::string words =
        say("encrypted from here on ({1}, {2})", "terenkripsi mulai dari sini ({1}, {2})",
            text(tls.version), text(tls.cipher));
    if (tls.certificate.empty()) return words;
    words += say("; the certificate: {1}", "; sertifikatnya: {1}", text(tls.certificate));
    if (tls.trust == Trust::Untrusted) {
      words += narrator_.pick(", which nobody here trusts", ", yang di sini tidak dipercaya");
    }
    return words;
  }
  std::string operator()(const TlsBroken& broken) const {
    const std::string why = narrator_.tls_trouble(broken.why);
    if (broken.detail.empty()) return say("{0}: {1}", "{0}: {1}", why);
    return say("{0}: {1} ({2})", "{0}: {1} ({2})", why, text(broken.detail));
  }
  std::string operator()(const ConnectionReset&) const {
    return say("{0} notices that the line is cut", "{0} menyadari bahwa sambungan terputus");
  }

 private:
  // {0} is the machine, {L} the letter's name, {1} and on the arguments.
  template <class... Arguments>
  std::string say(std::string_view english, std::string_view indonesian,
                  const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(narrator_.pick(english, indonesian)), here_, arguments...,
                       fmt::arg("L", letter_));
  }
  [[nodiscard]] std::uint32_t did_not_fit(const Bytes& account) const {
    const Machine* machine = happened_.after.machine(happened_.event.node);
    const auto* polled = machine == nullptr ? nullptr : machine->accounts.find(account);
    return polled == nullptr ? 0 : (*polled)->did_not_fit;
  }
  // What a person wants in vain leads to no other event that could tell of it.
  std::string there_is_no_letter(const PersonActed& acted) const {
    const Machine* machine = happened_.after.machine(happened_.event.node);
    const auto number = ascii::parse_number(acted.detail.view());
    if (machine == nullptr || !number) return {};
    if (machine->letters.find(DeviceLetterId{static_cast<std::uint32_t>(*number)}) != nullptr)
      return {};
    return say("there is no letter {1} on {0} that could be opened or thrown away",
               "di {0} tidak ada surat {1} yang bisa dibuka atau dibuang", *number);
  }
  std::string already_asking(const PersonActed& acted) const {
    const Machine* machine = happened_.after.machine(happened_.event.node);
    if (machine == nullptr || machine->accounts.empty()) return {};
    for (const auto& [name, account] : machine->accounts) {
      const bool is_meant = acted.detail.empty() || name == acted.detail;
      if (is_meant && !account->polling) return {};
    }
    return say("{0} is told to ask for mail, but it is asking already",
               "{0} disuruh mengambil surat, padahal sedang mengambilnya");
  }

  static std::string text(const Bytes& bytes) { return printable(bytes.view()); }
  std::string clock(VirtualTime time) const {
    return clock_words(happened_.after.calendar, time, happened_.event.time, narrator_.language());
  }
  // "2 new letters", in Indonesian "2 surat baru".
  std::string new_letters(std::uint64_t count) const {
    return narrator_.format("{0}", "{1} surat baru",
                            count_words(count, "new letter", "new letters"), count);
  }
  // "2300 of 2500"; "2300" where the quota is not known.
  std::string used_of_quota(const QuotaExceeded& quota) const {
    const Maildrop* maildrop = happened_.after.maildrop(happened_.event.node, quota.owner);
    if (maildrop == nullptr || maildrop->quota_bytes == 0) return std::to_string(quota.used_bytes);
    return narrator_.format("{0} of {1}", "{0} dari {1}", quota.used_bytes, maildrop->quota_bytes);
  }
  // "; 2.6 of 3.0 KB used"; empty where there is no limit.
  std::string room(const Bytes& owner) const {
    const Maildrop* maildrop = happened_.after.maildrop(happened_.event.node, owner);
    if (maildrop == nullptr || maildrop->quota_bytes == 0) return {};
    return "; " + room_words(maildrop->used_bytes, maildrop->quota_bytes, narrator_.language());
  }

  const Narrator& narrator_;
  const Happened& happened_;
  std::string here_;
  std::string letter_;
};

}  // namespace

std::string Narrator::tell(const Happened& happened) const {
  return std::visit(EventTeller(*this, happened), happened.event.payload);
}

std::string Narrator::machine(NodeId node, const WorldView& view) const {
  const Machine* machine = view.machine(node);
  if (machine == nullptr) return std::string(pick("an unknown machine", "mesin tak dikenal"));
  const Bytes& label =
      language_ == Language::English ? machine->label_english : machine->label_indonesian;
  return printable(label.empty() ? machine->name.view() : label.view());
}

std::string Narrator::mode(FetchMode mode, std::uint32_t keep_days) const {
  switch (mode) {
    case FetchMode::Delete: return std::string(pick("delete mode", "mode hapus"));
    case FetchMode::Keep: return std::string(pick("keep mode", "mode simpan"));
    case FetchMode::KeepDays:
      return fmt::format(fmt::runtime(pick("keep mode for {} days", "mode simpan {} hari")),
                         keep_days);
  }
  return {};
}

std::string Narrator::failure(ConnectFailure why) const {
  switch (why) {
    case ConnectFailure::Refused:
      return std::string(pick("connection refused", "sambungan ditolak"));
    case ConnectFailure::Unreachable:
      return std::string(pick("host unreachable", "host tidak terjangkau"));
    case ConnectFailure::TimedOut:
      return std::string(pick("connection timed out", "batas waktu penyambungan habis"));
  }
  return {};
}

std::string Narrator::tls_trouble(TlsTrouble trouble) const {
  switch (trouble) {
    case TlsTrouble::HandshakeFailed:
      return std::string(pick("the TLS handshake failed", "jabat tangan TLS gagal"));
    case TlsTrouble::CertificateRefused:
      return std::string(pick("the certificate is not trusted", "sertifikatnya tidak dipercaya"));
    case TlsTrouble::BadRecord:
      return std::string(pick("what came in was not what the other side has encrypted",
                              "yang datang bukan yang dienkripsi pihak lain"));
    case TlsTrouble::Truncated:
      return std::string(pick("the line ended without TLS's good-bye: something may be missing",
                              "sambungan berakhir tanpa penutup TLS: mungkin ada yang hilang"));
  }
  return {};
}

std::string Narrator::trouble(Trouble trouble, const Bytes& words) const {
  const std::string said = printable(words.view());
  switch (trouble) {
    case Trouble::None:
    case Trouble::ServerSaid: return said;
    case Trouble::ConnectionRefused: return failure(ConnectFailure::Refused);
    case Trouble::HostUnreachable: return failure(ConnectFailure::Unreachable);
    case Trouble::ConnectionTimedOut: return failure(ConnectFailure::TimedOut);
    case Trouble::NoSuchName: return answer(LookupOutcome::NoSuchName);
    case Trouble::NullMx: return answer(LookupOutcome::NullMx);
    case Trouble::NoAddress: return answer(LookupOutcome::NoAddress);
    case Trouble::NameServerFailed: return answer(LookupOutcome::TemporaryFailure);
    case Trouble::LoopsBack: return answer(LookupOutcome::LoopsBack);
    case Trouble::LineLost:
      return std::string(
          pick("the connection broke or fell silent", "sambungan terputus atau diam terlalu lama"));
    case Trouble::NoReply: return std::string(pick("no reply came", "tidak ada balasan"));
    case Trouble::NotUnderstood:
      return std::string(pick("the server said something that is no reply",
                              "server mengatakan sesuatu yang bukan balasan"));
    case Trouble::CannotBeCarried:
      return fmt::format(fmt::runtime(pick("the next server cannot carry it: {}",
                                           "server berikutnya tidak bisa membawanya: {}")),
                         said);
    case Trouble::NoApop:
      return std::string(pick("the server does not offer APOP", "server tidak menawarkan APOP"));
    case Trouble::NoTls:
      return std::string(
          pick("the server does not offer TLS, and without it nothing is said",
               "server tidak menawarkan TLS, dan tanpa itu tidak ada yang diucapkan"));
    case Trouble::TlsFailed:
      return std::string(pick("no TLS came about", "TLS tidak berhasil dibuat"));
    case Trouble::NoMechanism:
      return std::string(pick("the server does not offer this way of logging in",
                              "server tidak menawarkan cara login ini"));
    case Trouble::ServerUnproven:
      return std::string(pick("the server did not prove that it knows the password",
                              "server tidak membuktikan bahwa ia tahu kata sandinya"));
  }
  return said;
}

std::string Narrator::answer(const NameLookedUp& name) const {
  if (name.outcome == LookupOutcome::Found) return printable(name.answer.view());
  return answer(name.outcome);
}

std::string Narrator::answer(LookupOutcome outcome) const {
  switch (outcome) {
    case LookupOutcome::Found: return {};
    case LookupOutcome::NullMx:
      return std::string(
          pick("the domain takes no mail (null MX)", "domain ini tidak menerima surat (null MX)"));
    case LookupOutcome::NoSuchName:
      return std::string(pick("there is no such name (NXDOMAIN)", "nama itu tidak ada (NXDOMAIN)"));
    case LookupOutcome::NoAddress: return std::string(pick("no address", "tidak ada alamatnya"));
    case LookupOutcome::TemporaryFailure:
      return std::string(
          pick("the name server gives no answer", "server nama tidak memberi jawaban"));
    case LookupOutcome::LoopsBack:
      return std::string(
          pick("the mail would come back to where it is", "suratnya akan kembali ke tempat ini"));
  }
  return {};
}

}  // namespace mailwalk::exporting
