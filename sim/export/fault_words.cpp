#include "export/fault_words.hpp"

#include <string_view>
#include <variant>

#include "export/count_words.hpp"
#include "export/printable.hpp"
#include "export/time_words.hpp"

namespace mailwalk::exporting {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

class FaultTeller {
 public:
  FaultTeller(const FaultInjected& fault, const Happened& happened, const Narrator& narrator)
      : fault_(fault), happened_(happened), narrator_(narrator) {}

  std::string tell() const {
    switch (fault_.fault) {
      case Fault::Answer: return answer();
      case Fault::Clear:
        return say("the faults {0} are over", "gangguan {0} sudah selesai", where());
      case Fault::Refuse:
        return say("connections {0} are refused", "sambungan {0} ditolak", where()) + limits();
      case Fault::Unreachable:
        return say("nothing passes {0}", "tidak ada yang bisa lewat {0}", where()) + limits();
      case Fault::Reset:
        if (happened_.event.connection != kNoConnection) return cut();
        return say("connections {0} are cut{1}", "sambungan {0} diputus{1}", where(), after()) +
               limits();
      case Fault::Stall:
        return say("connections {0} stand still{1}", "sambungan {0} macet{1}", where(), after()) +
               limits();
      case Fault::Slow:
        return say("connections {0} crawl, {1} a second", "sambungan {0} merayap, {1} per detik",
                   where(), octets(fault_.bytes_per_second)) +
               limits();
    }
    return {};
  }

 private:
  template <class... Arguments>
  std::string say(std::string_view english, std::string_view indonesian,
                  const Arguments&... arguments) const {
    return narrator_.format(english, indonesian, arguments...);
  }
  std::string machine(NodeId node) const { return narrator_.machine(node, happened_.after); }
  std::string here() const { return machine(happened_.event.node); }
  std::string octets(std::uint64_t count) const {
    return say("{0}", "{1} oktet", count_words(count, "octet", "octets"), count);
  }

  // ---- In the network

  std::string where() const {
    if (fault_.other == kNoNode) return say("on the lines of {0}", "di jalur-jalur {0}", here());
    return say("between {0} and {1}", "antara {0} dan {1}", here(), machine(fault_.other));
  }
  std::string after() const {
    if (fault_.after_bytes == 0) return {};
    return say(" after {0}", " setelah {0}", octets(fault_.after_bytes));
  }
  // On which port only, and for how long.
  std::string limits() const {
    std::string text;
    if (fault_.port) text += say(", on port {0} only", ", hanya di port {0}", fault_.port->value());
    if (fault_.lasts.us > 0) {
      text += say(", for {0}", ", selama {0}", duration_words(fault_.lasts, narrator_.language()));
    }
    return text;
  }

  // ---- At a command

  std::string verb() const {
    if (!fault_.verb) return say("a command", "perintah");
    if (*fault_.verb == Verb{smtp::Verb::EndOfData}) {
      return say("“.” (end of mail)", "“.” (akhir surat)");
    }
    return std::string(std::visit([](auto its) { return name(its); }, *fault_.verb));
  }

  std::string cut() const {
    if (!fault_.verb) return say("the line is cut", "sambungan diputus");
    if (fault_.nth <= 1) {
      return say("the line is cut; {0} has just read {1}",
                 "sambungan diputus; {0} baru saja membaca {1}", here(), verb());
    }
    return say("the line is cut; {0} has just read the {2} {1}",
               "sambungan diputus; {0} baru saja membaca {1} ke-{3}", here(), verb(),
               ordinal_words(fault_.nth), fault_.nth);
  }

  std::string answer() const {
    return say("{0} answers {1} with “{2}”", "{0} menjawab {1} dengan “{2}”", here(), which(),
               printable(fault_.reply.view()));
  }
  // "the next RCPT", "every RCPT from number 2 on".
  std::string which() const {
    const bool from_now = fault_.nth <= 1;
    if (fault_.times == 0) {
      return from_now ? say("every {0} from now on", "setiap {0} mulai sekarang", verb())
                      : say("every {0} from number {1} on", "setiap {0} mulai dari yang ke-{1}",
                            verb(), fault_.nth);
    }
    if (fault_.times == 1) {
      return from_now ? say("the next {0}", "{0} berikutnya", verb())
                      : say("{0} number {1}, counted from now,",
                            "{0} ke-{1} dihitung dari sekarang", verb(), fault_.nth);
    }
    return from_now ? say("the next {1} {0}", "{1} {0} berikutnya", verb(), fault_.times)
                    : say("{1} {0} from number {2} on", "{1} {0} mulai dari yang ke-{2}", verb(),
                          fault_.times, fault_.nth);
  }

  const FaultInjected& fault_;
  const Happened& happened_;
  const Narrator& narrator_;
};

}  // namespace

std::string fault_words(const FaultInjected& fault, const Happened& happened,
                        const Narrator& narrator) {
  return FaultTeller(fault, happened, narrator).tell();
}

}  // namespace mailwalk::exporting
