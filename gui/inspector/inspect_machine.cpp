#include <fmt/format.h>

#include <string>

#include "export/time_words.hpp"
#include "gui/inspector/facts.hpp"
#include "gui/inspector/inspect.hpp"

namespace mailwalk::gui {
namespace {

using namespace journal;  // NOLINT: this file is about the journal's words

std::string roles_text(Roles set, const Language& language) {
  struct Named {
    Role role;
    const char* key;
  };
  constexpr Named kRoles[] = {{Role::Device, "inspect.role_device"},
                              {Role::Mta, "inspect.role_mta"},
                              {Role::MailboxServer, "inspect.role_mailbox"},
                              {Role::MaaServer, "inspect.role_maa"},
                              {Role::NameServer, "inspect.role_names"}};
  std::string text;
  for (const Named& named : kRoles) {
    if (!has_role(set, named.role)) continue;
    if (!text.empty()) text += ", ";
    text += language.text(named.key);
  }
  return text;
}

// "1 406 of 3 000 octets" or, without a limit, "1 406 octets".
std::string used_text(std::uint64_t used, std::uint64_t limit, const Language& language) {
  return limit == 0 ? language.format("inspect.octets", used)
                    : language.format("inspect.used", used, limit);
}

Facts about(const Machine& machine, const Language& language) {
  Facts facts;
  facts.facts.push_back(wire_fact(language.text("inspect.name"), machine.name.view()));
  facts.facts.push_back(wire_fact(language.text("inspect.address"), machine.address.text()));
  facts.facts.push_back(fact(language.text("inspect.tasks"), roles_text(machine.roles, language)));
  const bool is_device = has_role(machine.roles, Role::Device);
  if (is_device) {
    facts.facts.push_back(fact(language.text("inspect.storage"),
                               used_text(machine.used_bytes, machine.capacity_bytes, language)));
  }
  return facts;
}

Facts outbox(const Machine& machine, const Circumstances& circumstances) {
  Facts facts;
  facts.heading = circumstances.language.text("inspect.outbox");
  for (const auto& [id, mail] : machine.outbox) {
    if (facts.facts.size() == kMostRows) break;
    facts.facts.push_back(letter_fact("", mail->copy.letter, circumstances.after));
  }
  add_rest(facts, machine.outbox.size(), circumstances.language);
  return facts;
}

Facts queue(const Machine& machine, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  const WorldView& view = circumstances.after;
  Facts facts;
  facts.heading = language.text("inspect.queue");
  for (const auto& [number, mail] : machine.queue) {
    if (facts.facts.size() == kMostRows) break;
    Facts::Fact row = letter_fact("", mail->copy.letter, view);
    row.value += " · ";
    row.value +=
        mail->state == QueueState::Trying
            ? std::string(language.text("inspect.trying"))
            : language.format("inspect.next_try", clock_text(view.calendar, mail->next_try));
    facts.facts.push_back(std::move(row));
  }
  add_rest(facts, machine.queue.size(), language);
  return facts;
}

Facts maildrop_facts(const Maildrop& maildrop, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  Facts facts;
  facts.heading = language.format("inspect.maildrop", shown(maildrop.owner.view()));
  facts.facts.push_back(fact(language.text("inspect.space"),
                             used_text(maildrop.used_bytes, maildrop.quota_bytes, language)));
  if (maildrop.lock_holder != kNoConnection) {
    facts.facts.push_back(fact(language.text("inspect.locked"),
                               fmt::format("#{}", maildrop.lock_holder.value()),
                               Selection{maildrop.lock_holder}));
  }
  std::size_t rows = 0;
  for (const auto& [arrival, letter] : maildrop.letters) {
    if (rows++ == kMostRows) break;
    const auto number = maildrop.number_in_session(arrival);
    Facts::Fact row = letter_fact(number ? std::to_string(*number) : "–", letter.copy.letter,
                                  circumstances.after);
    row.value += " · UID " + shown(letter.uid.view());
    if (letter.marked) row.value += fmt::format(" · {}", language.text("inspect.marked"));
    facts.facts.push_back(std::move(row));
  }
  add_rest(facts, maildrop.letters.size(), language);
  return facts;
}

std::string mode_text(const Account& account, const Language& language) {
  std::string text = exporting::Narrator(language.which()).mode(account.mode, account.keep_days);
  text += " · ";
  text += account.poll_interval.us == 0
              ? std::string(language.text("inspect.by_hand"))
              : language.format("inspect.every",
                                exporting::duration_words(account.poll_interval, language.which()));
  return text;
}

Facts account_facts(const Account& account, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  Facts facts;
  facts.heading = language.format("inspect.account", shown(account.name.view()));
  facts.facts.push_back(fact(language.text("inspect.mode"), mode_text(account, language)));
  std::string uids = std::to_string(account.known_uids.size());
  std::size_t named = 0;
  for (const auto& [uid, letter] : account.known_uids) {
    if (named == 4) break;
    uids += (named++ == 0 ? ": " : ", ") + shown(uid.view());
  }
  if (account.known_uids.size() > named) uids += " …";
  facts.facts.push_back(fact(language.text("inspect.known_uids"), std::move(uids)));
  if (account.trouble != Trouble::None) {
    const exporting::Narrator narrator(language.which());
    facts.facts.push_back(fact(language.text("inspect.trouble"),
                               shown(narrator.trouble(account.trouble, account.reason))));
    facts.facts.back().tint = Tint::Fault;
  }
  return facts;
}

Facts letters_on(const Machine& machine, const Circumstances& circumstances) {
  const Language& language = circumstances.language;
  Facts facts;
  facts.heading = language.text("inspect.letters_here");
  for (const auto& [id, letter] : machine.letters) {
    if (facts.facts.size() == kMostRows) break;
    Facts::Fact row = letter_fact("", letter.copy.letter, circumstances.after);
    row.value +=
        fmt::format(" · {}", language.text(letter.read ? "inspect.read" : "inspect.unread"));
    facts.facts.push_back(std::move(row));
  }
  add_rest(facts, machine.letters.size(), language);
  return facts;
}

}  // namespace

Inspection inspect_machine(NodeId node, const Circumstances& circumstances) {
  const Machine* machine = circumstances.after.machine(node);
  if (machine == nullptr) return {};
  const exporting::Narrator narrator(circumstances.language.which());
  Inspection inspection;
  inspection.heading = shown(narrator.machine(node, circumstances.after));
  inspection.blocks.emplace_back(about(*machine, circumstances.language));
  if (!machine->outbox.empty()) inspection.blocks.emplace_back(outbox(*machine, circumstances));
  if (has_role(machine->roles, Role::Mta)) {
    Facts waiting = queue(*machine, circumstances);
    if (waiting.facts.empty()) {
      waiting.facts.push_back(fact("", std::string(circumstances.language.text("inspect.empty"))));
    }
    inspection.blocks.emplace_back(std::move(waiting));
  }
  for (const auto& [owner, maildrop] : machine->maildrops) {
    inspection.blocks.emplace_back(maildrop_facts(*maildrop, circumstances));
    if (inspection.blocks.size() > kMostRows) break;
  }
  for (const auto& [name, account] : machine->accounts) {
    inspection.blocks.emplace_back(account_facts(*account, circumstances));
    if (inspection.blocks.size() > 2 * kMostRows) break;
  }
  if (!machine->letters.empty())
    inspection.blocks.emplace_back(letters_on(*machine, circumstances));
  return inspection;
}

}  // namespace mailwalk::gui
