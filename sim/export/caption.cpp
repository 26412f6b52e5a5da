#include "export/caption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "export/count_words.hpp"
#include "export/dns_words.hpp"
#include "export/letter_of.hpp"
#include "export/meanings_pop3.hpp"
#include "export/meanings_smtp.hpp"
#include "export/printable.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words and nothing else

// Longer lines are for the transcript.
constexpr std::size_t kMostLineOctets = 120;

std::string one_line(std::string_view text) {
  text = text.substr(0, text.find('\r'));
  // Not in the middle of a character.
  std::size_t end = std::min(text.size(), kMostLineOctets);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  std::string shown = printable(text.substr(0, end));
  if (text.size() > kMostLineOctets) shown += " …";
  return shown;
}

// The sentences for what the narrator does not tell, in both languages side by side.
class Captioner {
 public:
  Captioner(const Narrator& narrator, const Happened& happened)
      : narrator_(narrator), happened_(happened), here_(machine(happened.event.node)) {}

  // Told by the narrator, always.
  template <class Payload>
  std::string operator()(const Payload&) const {
    return say("something happens at {0}", "ada yang terjadi di {0}");
  }

  // ---- The stage is set

  std::string operator()(const RunStarted&) const {
    return say("the run begins", "simulasi dimulai");
  }
  std::string operator()(const RunServed&) const {
    return say("from here on, programs outside can call the servers",
               "mulai dari sini, program di luar bisa menghubungi server");
  }
  std::string operator()(const MachineAdded&) const { return say("{0} is there", "{0} sudah ada"); }
  std::string operator()(const LinkAdded& link) const {
    return say("there is a line between {1} and {2}", "ada jalur antara {1} dan {2}",
               machine(link.a), machine(link.b));
  }
  std::string operator()(const MaildropAdded& maildrop) const {
    return say("{1} has a maildrop on {0}, still empty",
               "{1} punya kotak surat di {0}, masih kosong", printable(maildrop.owner.view()));
  }
  std::string operator()(const PersonActed& acted) const {
    switch (acted.act) {
      case Act::Compose: return say("somebody writes on {0}", "seseorang menulis di {0}");
      case Act::Send: return say("somebody sends from {0}", "seseorang mengirim dari {0}");
      case Act::Poll: return say("{0} is told to ask for mail", "{0} disuruh mengambil surat");
      case Act::Read: return say("somebody reads on {0}", "seseorang membaca di {0}");
      case Act::Remove:
        return say("somebody throws a letter away on {0}", "seseorang membuang surat di {0}");
      case Act::SetMode:
        return say("somebody sets {0} to another mode", "seseorang mengubah mode {0}");
      case Act::SetPollInterval:
        return say("somebody changes how often {0} asks",
                   "seseorang mengubah seberapa sering {0} bertanya");
    }
    return {};
  }

  // ---- The line

  std::string operator()(const ConnectionOpening& opening) const {
    const std::string to = opening.to == kNoNode ? opening.address.text() : machine(opening.to);
    return say("{0} calls {1} on port {2}", "{0} menghubungi {1} di port {2}", to,
               opening.port.value());
  }
  std::string operator()(const ConnectionAccepted&) const {
    return say("{0} accepts the call", "{0} menerima sambungan");
  }
  std::string operator()(const ConnectionOpened&) const {
    return say("{0} is connected", "{0} tersambung");
  }
  std::string operator()(const ConnectionClosing&) const {
    return say("{0} hangs up", "{0} menutup sambungan");
  }
  std::string operator()(const ConnectionClosed&) const {
    return say("{0} notices that the other side has hung up",
               "{0} menyadari bahwa pihak lain sudah menutup sambungan");
  }
  std::string operator()(const BytesSent& sent) const {
    return say("{0} sends {1}", "{0} mengirim {1}", octets(sent.bytes.size()));
  }
  std::string operator()(const BytesDelivered& delivered) const {
    return say("{0} gets {1}", "{1} tiba di {0}", octets(delivered.size));
  }
  std::string operator()(const BytesLost& lost) const {
    return say("lost on the way from {0}: {1}", "hilang dalam perjalanan dari {0}: {1}",
               octets(lost.size));
  }
  std::string operator()(const TlsBegun&) const {
    return say("{0} speaks TLS from here on", "{0} mulai berbicara TLS");
  }
  // At the server; the narrator tells the rest at the client.
  std::string operator()(const TlsEstablished&) const {
    return say("{0} has the keys now too", "{0} sekarang juga memegang kuncinya");
  }
  std::string operator()(const DatagramSent& sent) const {
    const std::string question = question_words(sent.bytes.view());
    const std::string to = sent.to == kNoNode ? sent.address.text() : machine(sent.to);
    if (question.empty())
      return say("{0} sends {1} a datagram", "{0} mengirim datagram ke {1}", to);
    if (sent.from_port == kDnsPort) {
      return say("{0} answers {1}: {2}", "{0} menjawab {1}: {2}", to,
                 datagram_words(sent.bytes.view()));
    }
    return say("{0} asks {1}: {2}?", "{0} bertanya kepada {1}: {2}?", to, question);
  }
  std::string operator()(const DatagramDelivered&) const {
    return say("the datagram arrives at {0}", "datagram tiba di {0}");
  }
  std::string operator()(const DatagramLost&) const {
    return say("a datagram from {0} is lost", "datagram dari {0} hilang");
  }

  // ---- What is said

  std::string operator()(const CommandSent& command) const {
    return say("{0} to {1}: {2}", "{0} kepada {1}: {2}", other_end(),
               one_line(command.line.view()));
  }
  std::string operator()(const CommandReceived& command) const {
    return say("{0} has read: {1}", "{0} sudah membaca: {1}", one_line(command.line.view()));
  }
  std::string operator()(const ReplySent& reply) const {
    if (const std::string letter = letter_in(reply); !letter.empty()) {
      return say("{0} sends {1} a copy of letter {2}; the letter itself stays on the server",
                 "{0} mengirim salinan surat {2} ke {1}; suratnya sendiri tetap di server",
                 other_end(), letter);
    }
    return say("{0} replies to {1}: {2}", "{0} menjawab {1}: {2}", other_end(),
               one_line(reply.text.view()));
  }
  std::string operator()(const ReplyReceived& reply) const {
    return say("{0} has the reply: {1}", "{0} menerima jawaban: {1}", one_line(reply.text.view()));
  }
  std::string operator()(const ContentSent&) const {
    return say("{0} sends letter {2} to {1}, and a lone dot to end it",
               "{0} mengirim surat {2} ke {1}, diakhiri satu baris berisi titik", other_end(),
               letter_on_line());
  }
  std::string operator()(const ContentReceived& content) const {
    return say("letter {1} has come in at {0} whole: {2}", "surat {1} sudah masuk utuh di {0}: {2}",
               letter_on_line(), octets(content.content.size()));
  }
  std::string operator()(const SessionStateChanged& changed) const {
    const std::string from = state_name(changed.from);
    const std::string to = state_name(changed.to);
    return say("the session at {0} goes from {1} to {2}", "sesi di {0} berubah dari {1} ke {2}",
               from, to);
  }

  // ---- On its way

  std::string operator()(const SubmissionBegun&) const {
    return say("{0} offers letter {1} to {2}", "{0} menawarkan surat {1} kepada {2}", letter_here(),
               other_end());
  }
  std::string operator()(const RelayBegun&) const {
    return say("{0} offers letter {1} to {2}", "{0} menawarkan surat {1} kepada {2}", letter_here(),
               other_end());
  }
  std::string operator()(const RecipientSettled& settled) const {
    return say("the next server has taken letter {1} for {2}",
               "server berikutnya sudah menerima surat {1} untuk {2}", letter_here(),
               printable(settled.recipient.view()));
  }
  std::string operator()(const MailBounced&) const {
    return say("{0} has written a bounce for letter {1}",
               "{0} sudah menulis bounce untuk surat {1}", letter_here());
  }

 private:
  // {0} is the machine.
  template <class... Arguments>
  std::string say(std::string_view english, std::string_view indonesian,
                  const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(narrator_.pick(english, indonesian)), here_, arguments...);
  }
  std::string octets(std::uint64_t count) const {
    return narrator_.format("{0}", "{1} oktet", count_words(count, "octet", "octets"), count);
  }
  std::string machine(NodeId node) const { return narrator_.machine(node, happened_.after); }

  // What an event takes away is only in the view before it.
  const Connection* connection() const {
    const Connection* found = happened_.after.connection(happened_.event.connection);
    return found != nullptr ? found : happened_.before.connection(happened_.event.connection);
  }
  std::string other_end() const {
    const Connection* found = connection();
    if (found == nullptr) return std::string(narrator_.pick("the other side", "pihak lain"));
    const bool from_client = found->client.node == happened_.event.node;
    const NodeId other = from_client ? found->server.node : found->client.node;
    if (other != kNoNode) return machine(other);
    return from_client ? found->address.text()
                       : std::string(narrator_.pick("the caller", "pihak yang menghubungi"));
  }
  std::string letter_on_line() const {
    const Connection* found = connection();
    return name_of_letter(found == nullptr ? kNoLetter : found->letter, happened_.after);
  }
  std::string letter_here() const { return name_of_letter(letter_of(happened_), happened_.after); }
  // The letter that a reply to RETR brings; empty if it brings none.
  std::string letter_in(const ReplySent& reply) const {
    const bool is_copy = reply.to == Verb{pop3::Verb::Retr} && !reply.content.empty();
    return is_copy ? letter_on_line() : std::string();
  }
  [[nodiscard]] std::string state_name(const SessionState& state) const {
    const auto label = std::visit([](auto s) { return name_of(s); }, state);
    return std::string(label.in(narrator_.language()));
  }

  const Narrator& narrator_;
  const Happened& happened_;
  std::string here_;
};

// A sentence begins with a capital; a name of the DNS stays as it is.
std::string with_capital(std::string text, const WorldView& view) {
  for (const auto& [id, machine] : view.machines) {
    if (text.rfind(printable(machine->name.view()), 0) == 0) return text;
  }
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

}  // namespace

std::string caption(const Happened& happened, Language language) {
  const Narrator narrator(language);
  std::string told = narrator.tell(happened);
  if (told.empty()) told = std::visit(Captioner(narrator, happened), happened.event.payload);
  return with_capital(std::move(told), happened.after);
}

}  // namespace mailwalk::exporting
