#include "play.hpp"

#include <fmt/format.h>

#include <utility>

#include "mail/message.hpp"
#include "tests/support/catch.hpp"
#include "world/scenario_file.hpp"

namespace mailwalk::test {
namespace {

constexpr std::uint32_t kFirstServerAddress = 0x0A000001;  // 10.0.0.1
constexpr std::uint32_t kFirstServerId = 1'000;
constexpr std::uint32_t kFirstCallerAddress = 0x0A000101;  // 10.0.1.1
constexpr std::uint32_t kFirstCallerId = 2'000;

constexpr const char* kOutcomes[] = {"Relayed", "Deferred", "Failed", "Expired"};

}  // namespace

const std::string kPost = R"([lesson]
id = "post"
[[host]]
name = "mta.a.example"
roles = ["mta"]
[[host]]
name = "mx.a.example"
roles = ["mailbox", "maa"]
[[host]]
name = "ns.example"
roles = ["names"]
[[account]]
address = "ani@a.example"
password = "rahasia"
host = "mx.a.example"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mta.a.example"
[[device]]
name = "tablet"
[[device.fetch]]
account = "ani@a.example"
)";

const std::string kBudi = R"([[host]]
name = "mx.b.example"
roles = ["mailbox", "maa"]
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "phone"
[[device.fetch]]
account = "budi@b.example"
mode = "delete"
)";

std::string mail_domain(const std::string& name, const std::vector<StandInMx>& mx) {
  std::string text = fmt::format("[[domain]]\nname = \"{}\"\n", name);
  for (const StandInMx& one : mx) {
    text +=
        fmt::format("[[domain.mx]]\nhost = \"m{}.c.example\"\npreference = {}\nmissing = true\n",
                    one.server, one.preference);
  }
  return text;
}

std::string event(const std::string& at, const std::string& action) {
  return fmt::format("[[event]]\nat = \"{}\"\n{}\n", at, action);
}

std::string letter(const std::string& at, const std::string& to, const std::string& more) {
  return event(at, fmt::format("compose = {{device = \"laptop\", to = [\"{}\"]{}}}", to, more));
}

world::Scenario scenario_of(const std::string& text) {
  auto scenario = world::parse_scenario(text, "test.toml", [](const std::string&) {
    return Result<Bytes>(Bytes("Subject: x\r\n\r\nx\r\n"));
  });
  for (const Error& error : scenario.errors()) UNSCOPED_INFO(error.what);
  REQUIRE(scenario.ok());
  return *scenario;
}

void send_raw(world::Scenario& scenario, Duration at, const std::vector<std::string>& to,
              std::string octets) {
  scenario.happenings.push_back(
      {VirtualTime{} + at, world::ComposeMail{"laptop", to, "", "", Bytes(std::move(octets))}});
}

Play::Play(const std::string& text, std::vector<Manners> servers)
    : Play(scenario_of(text), std::move(servers)) {}

namespace {

world::Scenario with_names(world::Scenario scenario, std::size_t servers) {
  for (std::size_t i = 0; i < servers; ++i) {
    world::DomainSpec name;
    name.name = fmt::format("m{}.c.example", i + 1);
    name.address = IpAddress{kFirstServerAddress + static_cast<std::uint32_t>(i)};
    scenario.domains.push_back(std::move(name));
  }
  return scenario;
}

}  // namespace

Play::Play(world::Scenario scenario, std::vector<Manners> servers)
    : world_(with_names(std::move(scenario), servers.size())) {
  hire(std::move(servers));
}

void Play::hire(std::vector<Manners> servers) {
  net::WorldNetwork& network = world_.network();
  for (std::uint32_t i = 0; i < servers.size(); ++i) {
    const NodeId id{kFirstServerId + i};
    const Presence presence = servers[i].presence;
    servers_.push_back(std::make_unique<StandInServer>(network, id, std::move(servers[i])));
    if (presence == Presence::Absent) continue;
    network.add_machine(id, IpAddress{kFirstServerAddress + i}, *servers_.back());
    if (presence == Presence::Answers) network.listen(id, kSmtpPort);
  }
}

void Play::run_until(Duration time) {
  while (world_.scheduler().next_time() &&
         *world_.scheduler().next_time() <= VirtualTime{} + time && world_.step()) {
  }
}

const StandInCaller& Play::type_at(const std::string& host, Port port,
                                   std::vector<std::string> lines) {
  const auto number = static_cast<std::uint32_t>(callers_.size());
  const NodeId id{kFirstCallerId + number};
  callers_.push_back(std::make_unique<StandInCaller>(world_.network(), id, std::move(lines)));
  world_.network().add_machine(id, IpAddress{kFirstCallerAddress + number}, *callers_.back());
  callers_.back()->call(world_.find(host)->machine->address(), port);
  run();
  return *callers_.back();
}

std::string Play::called() const {
  std::string names;
  for (const journal::Event* event : all<journal::ConnectionOpening>()) {
    const auto& opening = *journal::payload_if<journal::ConnectionOpening>(*event);
    if (opening.port != kSmtpPort) continue;
    if (!names.empty()) names += ' ';
    const std::uint32_t number = opening.address.value - kFirstServerAddress;
    if (number < 100) {
      names += fmt::format("m{}", number + 1);
    } else {
      for (const auto& inhabitant : world_.inhabitants()) {
        if (inhabitant.machine->address() == opening.address) names += inhabitant.name;
      }
    }
  }
  return names;
}

Words Play::settled() const {
  Words words;
  for (const journal::Event* event : all<journal::RecipientSettled>()) {
    const auto& settled = *journal::payload_if<journal::RecipientSettled>(*event);
    words.push_back(fmt::format("{} {}", settled.recipient.view(),
                                kOutcomes[static_cast<std::size_t>(settled.outcome)]));
  }
  return words;
}

Words Play::reasons() const {
  Words words;
  for (const journal::Event* event : all<journal::RecipientSettled>()) {
    words.emplace_back(journal::payload_if<journal::RecipientSettled>(*event)->reason.view());
  }
  return words;
}

Words Play::bounce_mails() const {
  Words mails;
  for (const journal::Event* event : all<journal::MailQueued>()) {
    const auto& queued = *journal::payload_if<journal::MailQueued>(*event);
    if (queued.sender.empty()) mails.emplace_back(queued.content.view());
  }
  return mails;
}

std::vector<mail::DeliveryStatus> Play::bounces() const {
  std::vector<mail::DeliveryStatus> statuses;
  for (const std::string& bounce : bounce_mails()) {
    auto status = mail::parse_delivery_status(mail::Message(Bytes(bounce)));
    REQUIRE(status.has_value());
    statuses.push_back(std::move(*status));
  }
  return statuses;
}

Words Play::letters(const std::string& device) const {
  Words contents;
  for (const store::DeviceLetter& letter : world_.find(device)->store->letters()) {
    contents.emplace_back(letter.content.view());
  }
  return contents;
}

Words Play::delivered(const std::string& owner) const {
  Words contents;
  for (const journal::Event* event : all<journal::LetterDelivered>()) {
    const auto& delivered = *journal::payload_if<journal::LetterDelivered>(*event);
    if (delivered.owner == owner) contents.emplace_back(delivered.content.view());
  }
  return contents;
}

Words Play::polls() const {
  Words words;
  for (const journal::Event* event : all<journal::PollFinished>()) {
    const auto& finished = *journal::payload_if<journal::PollFinished>(*event);
    const bool complete = finished.trouble == journal::Trouble::None;
    words.push_back(fmt::format("{} new{}", finished.new_letters,
                                complete ? "" : fmt::format(": {}", finished.reason.view())));
  }
  return words;
}

std::vector<journal::Session> Play::sessions() const {
  return journal::sessions(journal());
}

std::size_t Play::letters_at(const std::string& host, const std::string& login) const {
  return world_.find(host)->mailbox_server->find(login)->drop.messages().size();
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t times = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + 1)) {
    ++times;
  }
  return times;
}

}  // namespace mailwalk::test
