#include "world/intervention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "smtp/command.hpp"
#include "world/director.hpp"
#include "world/problems.hpp"
#include "world/world.hpp"

namespace mailwalk::world {
namespace {

// A lesson that lasts longer has other troubles than a fault.
constexpr Duration kLongestFault = days(3'650);
constexpr std::uint32_t kMostKeepDays = 36'500;
// A line has 512 octets with CRLF and all that a server adds (RFC 5321 section 4.5.3.1.4).
constexpr std::size_t kMostLineOctets = 400;

bool is_one_line(std::string_view text) {
  return text.size() <= kMostLineOctets &&
         std::none_of(text.begin(), text.end(), ascii::is_control);
}

// One change on its way into the world: each kind of it is one call.
class Intervention {
 public:
  Intervention(World& world, const Change& change)
      : world_(world), change_(change), here_(world.find(change.machine)) {}

  // ---- In the network

  Done operator()(const journal::LineCut& cut) const {
    const bool stands = world_.network().ends_of(change_.connection).has_value();
    if (!stands)
      return make_error("that connection is over, or it never was", "choose an open one");
    record(cut);
    world_.director().strike(change_.machine, change_.connection, {.fault = journal::Fault::Reset});
    world_.network().cut(change_.connection);
    return done();
  }

  Done operator()(const journal::NetworkDisturbed& fault) const {
    const Inhabitant* other = world_.find(fault.other);
    if (here_ == nullptr || other == here_ || (other == nullptr && fault.other != kNoNode)) {
      return make_error("a fault lies at a machine, or between two",
                        "name one that is there, or two different ones");
    }
    if (fault.fault == journal::Fault::Answer) {
      return make_error("an answer is no fault of the network", "point at a command instead");
    }
    if (fault.fault == journal::Fault::Slow && fault.bytes_per_second == 0) {
      return make_error("a slow line carries something", "say how many octets a second");
    }
    if (fault.lasts < Duration{} || fault.lasts > kLongestFault) {
      return make_error("a fault does not last so long", "at most ten years");
    }
    record(fault);
    world_.director().make_happen(NetworkFault{fault.fault, here_->name, other ? other->name : "",
                                               fault.port, fault.after_bytes,
                                               fault.bytes_per_second, fault.lasts});
    return done();
  }

  // ---- In a session

  Done operator()(const journal::AnswerReplaced& answer) const {
    if (!is_one_line(answer.line.view())) return no_line();
    nodes::Conversation* server = conversation();
    if (server == nullptr) return no_conversation();
    return server->answer_instead(stamped(answer));
  }

  Done operator()(const journal::CommandTyped& typed) const {
    if (!is_one_line(typed.line.view())) return no_line();
    nodes::Conversation* client = conversation();
    if (client == nullptr) return no_conversation();
    return client->type_instead(stamped(typed));
  }

  // ---- At a device

  Done operator()(const journal::MailWritten& mail) const {
    if (here_ == nullptr || !here_->user_agent) {
      return make_error("no mail can be sent from there", "choose a device that has an MTA");
    }
    ComposeMail compose{here_->name,
                        {},
                        std::string(mail.subject.view()),
                        std::string(mail.body.view()),
                        std::nullopt};
    for (const Bytes& recipient : mail.recipients) {
      if (!mail::parse_mailbox(recipient.view(), mail::Utf8::Allowed)) {
        return make_error(fmt::format("{} is not a mail address", in_quotes(recipient.view())),
                          "write it like \"budi@kantor.example\"");
      }
      compose.to.emplace_back(recipient.view());
    }
    if (compose.to.empty()) return make_error("the mail is for nobody", "name a recipient");
    if (!is_one_line(compose.subject)) return make_error("a subject is one line of text");
    if (!mail.content.empty()) compose.raw = mail.content;
    record(mail);
    world_.director().make_happen(compose);
    return done();
  }

  Done operator()(const journal::ModeChosen& mode) const {
    if (!fetches(mode.account)) return no_account();
    if (mode.keep_days > kMostKeepDays) {
      return make_error("letters are not kept for so many days",
                        fmt::format("at most {}", kMostKeepDays));
    }
    record(mode);
    world_.director().make_happen(
        SetFetchMode{here_->name, std::string(mode.account.view()), mode.mode, mode.keep_days});
    return done();
  }

  Done operator()(const journal::PollWanted& poll) const {
    if (!fetches(poll.account)) return no_account();
    record(poll);
    world_.director().make_happen(PollNow{here_->name, std::string(poll.account.view())});
    return done();
  }

  Done operator()(const journal::LetterOpened& opened) const {
    const store::DeviceLetter* letter = letter_on_device(opened.letter);
    if (letter == nullptr) return no_letter();
    if (letter->mark == store::ReadMark::Read) {
      return make_error("that letter is read already", "choose one that is unread");
    }
    record(opened);
    world_.director().make_happen(ReadLetter{here_->name, opened.letter.value()});
    return done();
  }

  Done operator()(const journal::LetterThrownAway& thrown) const {
    if (letter_on_device(thrown.letter) == nullptr) return no_letter();
    record(thrown);
    world_.director().make_happen(RemoveLetter{here_->name, thrown.letter.value()});
    return done();
  }

  // ---- In the world

  Done operator()(const journal::NextMailReplaced& mail) const {
    if (mail.content.empty()) return make_error("the mail is empty", "write something into it");
    if (!world_.director().can_replace_next_mail()) {
      return make_error("this lesson composes no mail after this",
                        "choose a place before one is written");
    }
    record(mail);
    world_.director().replace_next_mail(mail.content);
    return done();
  }

  Done operator()(const journal::SeedChanged& changed) const {
    record(changed);
    world_.draw_from(changed.seed);
    return done();
  }

 private:
  template <class What>
  [[nodiscard]] What stamped(What what) const {
    what.after_steps = world_.steps();
    return what;
  }

  // What follows happens because of it, and it itself because of nothing that was before.
  template <class What>
  void record(const What& what) const {
    journal::Recorder& recorder = world_.recorder();
    recorder.set_moment(recorder.now(), kNoEvent);
    recorder.go_on_because_of(recorder.record(change_.machine, change_.connection, stamped(what)));
  }

  [[nodiscard]] nodes::Conversation* conversation() const {
    return here_ == nullptr ? nullptr : here_->machine->conversation(change_.connection);
  }
  static Error no_line() {
    return make_error(
        "that is not one line of a session",
        fmt::format("at most {} octets, without control characters", kMostLineOctets));
  }
  static Error no_conversation() {
    return make_error("no session is held there", "choose a connection that is open");
  }

  // By an account of that name, or by any if the name is empty.
  [[nodiscard]] bool fetches(const Bytes& account) const {
    if (here_ == nullptr || !here_->device) return false;
    for (const DeviceSpec& device : world_.scenario().devices) {
      if (device.name != here_->name) continue;
      return std::any_of(device.accounts.begin(), device.accounts.end(), [&](const FetchSpec& f) {
        return account.empty() || account == f.user + "@" + f.server;
      });
    }
    return false;
  }
  static Error no_account() {
    return make_error("no such account is set up there", "choose a device that fetches mail");
  }

  [[nodiscard]] const store::DeviceLetter* letter_on_device(journal::DeviceLetterId id) const {
    return here_ == nullptr || !here_->store ? nullptr : here_->store->find(id);
  }
  static Error no_letter() {
    return make_error("there is no such letter on that device", "choose one that lies there now");
  }

  World& world_;
  const Change& change_;
  const Inhabitant* here_;  // nullptr: at no machine of ours
};

}  // namespace

Done intervene(World& world, const Change& change) {
  return std::visit(Intervention(world, change), change.what);
}

}  // namespace mailwalk::world
