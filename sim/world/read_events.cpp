// [[event]]: what people do and what goes wrong, and when.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mail/address.hpp"
#include "mail/message.hpp"
#include "world/scenario_reading.hpp"

namespace mailwalk::world {
namespace {

constexpr std::uint64_t kMostLetters = 1'000'000;

// "device", which every act of a person has.
DeviceSpec* read_device_name(const TableReader& table, Reading& reading) {
  const auto name = table.text("device", Need::Required);
  return name ? require_device(*name, "device", reading) : nullptr;
}

// The account of that device, by its mail address, as the device names it
// ("budi@mx.kantor.example"). Empty if the table names none: all of them. nullopt if it names one
// that the device has not.
std::optional<std::string> read_account_name(const TableReader& table, const DeviceSpec& device,
                                             Reading& reading) {
  const auto address = table.text("account");
  if (!address) return std::string();
  Words known;
  for (const FetchName& name : reading.fetch_names[device.name]) {
    if (name.address == address->value) return name.account;
    known.push_back(name.address);
  }
  table.problem(address->place,
                fmt::format("\"{}\" does not fetch {}", device.name, in_quotes(address->value)),
                suggest(address->value, known));
  return std::nullopt;
}

// A device that fetches; otherwise there is nothing to poll or to set.
bool check_fetches(const TableReader& table, const DeviceSpec& device) {
  if (!device.accounts.empty()) return true;
  table.problem(table.place_of("device"), fmt::format("\"{}\" fetches no mail", device.name),
                "add a [[device.fetch]] to it, or name another device");
  return false;
}

std::optional<Action> read_poll(const TableReader& table, Reading& reading) {
  const DeviceSpec* device = read_device_name(table, reading);
  if (device == nullptr || !check_fetches(table, *device)) return std::nullopt;
  const auto account = read_account_name(table, *device, reading);
  if (!account) return std::nullopt;
  return PollNow{device->name, *account};
}

std::optional<Action> read_set_mode(const TableReader& table, Reading& reading) {
  const DeviceSpec* device = read_device_name(table, reading);
  const auto mode = read_mode(table, "to", Need::Required);
  if (device == nullptr || !mode || !check_fetches(table, *device)) return std::nullopt;
  const auto account = read_account_name(table, *device, reading);
  if (!account) return std::nullopt;
  return SetFetchMode{device->name, *account, mode->mode, mode->keep_days};
}

template <class Act>
std::optional<Action> read_letter_act(const TableReader& table, Reading& reading) {
  const DeviceSpec* device = read_device_name(table, reading);
  const auto letter = table.number("letter", 1, kMostLetters);
  if (device == nullptr || !check_fetches(table, *device)) return std::nullopt;
  return Act{device->name, static_cast<std::uint32_t>(letter.value_or(1))};
}

// ---- compose ---------------------------------------------------------------------------------

std::vector<std::string> read_recipients(const TableReader& table) {
  constexpr std::size_t kMostRecipients = 100;  // that every server takes (RFC 5321, 4.5.3.1.8)
  std::vector<std::string> recipients;
  const auto addresses = table.texts("to", Need::Required);
  if (!addresses) return recipients;
  for (const PlacedText& address : *addresses) {
    if (!mail::parse_mailbox(address.value, mail::Utf8::Allowed)) {
      table.problem(address.place,
                    fmt::format("{} is not a mail address", in_quotes(address.value)),
                    "write it like \"budi@kantor.example\"");
    }
    recipients.push_back(address.value);
  }
  if (recipients.size() > kMostRecipients) {
    table.problem(table.place_of("to"), fmt::format("{} recipients", recipients.size()),
                  fmt::format("the most is {}", kMostRecipients));
  }
  return recipients;
}

bool add_mail_bytes(const TableReader& table, std::string_view key, std::size_t bytes,
                    Reading& reading) {
  reading.mail_bytes += std::min(bytes, kMostMailBytesTogether + 1);
  if (bytes > kMostMailBytes) {
    table.problem(table.place_of(key), fmt::format("the mail has {} octets", bytes),
                  fmt::format("the most is {}", kMostMailBytes));
    return false;
  }
  if (reading.mail_bytes > kMostMailBytesTogether) {
    table.problem(table.place_of(key), "the mails of this file are too large together",
                  fmt::format("the most is {} octets", kMostMailBytesTogether));
    return false;
  }
  return true;
}

// Lines of 64 octets on the wire, until the body has that many.
void fill_up(std::string& body, std::size_t bytes) {
  constexpr std::size_t kLineOctets = 64;
  std::size_t octets = 0;
  for (const char c : body) octets += c == '\n' ? 2U : 1U;
  if (octets < bytes && !body.empty() && body.back() != '\n') {
    body += '\n';
    octets += 2;
  }
  for (int number = 1; octets < bytes; ++number) {
    std::string line = fmt::format("{:06} ", number);
    while (line.size() < kLineOctets - 2) line += static_cast<char>('a' + line.size() % 26);
    // The last line is shorter; there is no line of less than CRLF.
    line.resize(std::min(line.size(), std::max<std::size_t>(bytes - octets, 2) - 2));
    body += line + '\n';
    octets += line.size() + 2;
  }
}

// "eml" is a plain name or path below the lesson's folder.
bool stays_in_folder(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos)
    return false;
  while (true) {
    const std::size_t slash = name.find('/');
    if (name.substr(0, slash) == "..") return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

void remember_mail_file(const std::string& name, const Bytes& content, Scenario& scenario) {
  for (const MailFile& known : scenario.mail_files) {
    if (known.name == name) return;
  }
  scenario.mail_files.push_back({name, content});
}

void read_eml(const TableReader& table, const PlacedText& name, ComposeMail& compose,
              Reading& reading) {
  for (const std::string_view key : {"subject", "body", "fill"}) {
    if (!table.has(key)) continue;
    table.problem(table.place_of(key),
                  fmt::format("a mail from a file has no \"{}\" beside it", key),
                  fmt::format("keep one of eml and {}", key));
  }
  if (!stays_in_folder(name.value)) {
    table.problem(name.place,
                  fmt::format("{} leads out of the lesson's folder", in_quotes(name.value)),
                  "put the file beside the lesson and write its name");
    return;
  }
  const Result<Bytes> file = reading.read_mail(name.value);
  if (!file) {
    reading.problems.add(name.place, file.error());
    return;
  }
  if (file->empty()) {
    table.problem(name.place, fmt::format("{} is empty", in_quotes(name.value)), "expected a mail");
    return;
  }
  if (!add_mail_bytes(table, "eml", file->size(), reading)) return;
  remember_mail_file(name.value, *file, reading.scenario);
  compose.raw = Bytes(mail::normalise_line_ends(file->view()));
}

void read_body(const TableReader& table, ComposeMail& compose, Reading& reading) {
  if (const auto subject = table.text("subject")) compose.subject = subject->value;
  if (const auto body = table.text("body", Need::Optional, TextKind::Lines)) {
    compose.body = body->value;
  }
  const std::uint64_t fill_bytes = table.size_bytes("fill").value_or(0);
  if (add_mail_bytes(table, "fill", std::max<std::size_t>(fill_bytes, compose.body.size()),
                     reading)) {
    fill_up(compose.body, fill_bytes);
  }
}

std::optional<Action> read_compose(const TableReader& table, Reading& reading) {
  ComposeMail compose;
  const DeviceSpec* device = read_device_name(table, reading);
  if (device != nullptr && device->mail_address.empty()) {
    table.problem(table.place_of("device"), fmt::format("\"{}\" cannot send mail", device->name),
                  "give it mail and submit_to, or name another device");
  }
  compose.to = read_recipients(table);
  const auto eml = table.text("eml");
  if (eml) {
    read_eml(table, *eml, compose, reading);
  } else {
    read_body(table, compose, reading);
  }
  if (device == nullptr) return std::nullopt;
  compose.device = device->name;
  return compose;
}

// ---- [[event]] -------------------------------------------------------------------------------

struct ActionReader {
  std::string_view key;
  const TableWords* words;
  std::optional<Action> (*read)(const TableReader& table, Reading& reading);
};

constexpr std::array<ActionReader, 8> kActions{
    {{"compose", &words::kCompose, read_compose},
     {"poll", &words::kPoll, read_poll},
     {"read", &words::kRead, read_letter_act<ReadLetter>},
     {"remove", &words::kRemove, read_letter_act<RemoveLetter>},
     {"mode", &words::kMode, read_set_mode},
     {"fault", &words::kFault, read_fault},
     {"answer", &words::kAnswer, read_answer},
     {"cut", &words::kCut, read_cut}}};

std::optional<Action> read_action(const TableReader& event, Reading& reading) {
  const ActionReader* found = nullptr;
  for (const ActionReader& action : kActions) {
    if (!event.has(action.key)) continue;
    if (found != nullptr) {
      event.problem(event.place_of(action.key),
                    fmt::format("one event both \"{}\" and \"{}\"", found->key, action.key),
                    "write two [[event]]s; they may have the same time");
      return std::nullopt;
    }
    found = &action;
  }
  if (found == nullptr) {
    event.problem(event.place(), "nothing happens in this event",
                  "add one of compose, poll, read, remove, mode, fault, answer, cut");
    return std::nullopt;
  }
  const auto table = event.table(found->key, *found->words);
  return table ? found->read(*table, reading) : std::nullopt;
}

std::optional<VirtualTime> read_time(const TableReader& event) {
  const auto text = event.text("at", Need::Required);
  if (!text) return std::nullopt;
  if (text->value.starts_with('-')) {
    event.problem(text->place, "the event lies in the past", "the run begins at \"0 s\"");
    return std::nullopt;
  }
  const auto at = event.duration("at");
  return at ? std::optional(VirtualTime{} + *at) : std::nullopt;
}

}  // namespace

void read_events(const TableReader& file, Reading& reading) {
  std::vector<Happening>& happenings = reading.scenario.happenings;
  for (const TableReader& event : file.tables("event", words::kEvent)) {
    if (happenings.size() == kMostHappenings) {
      event.problem(event.place(), fmt::format("more than {} events", kMostHappenings),
                    "take some away");
      break;
    }
    const auto at = read_time(event);
    auto action = read_action(event, reading);
    if (at && action) happenings.push_back({*at, std::move(*action)});
  }
  std::stable_sort(happenings.begin(), happenings.end(),
                   [](const Happening& a, const Happening& b) { return a.at < b.at; });
}

}  // namespace mailwalk::world
