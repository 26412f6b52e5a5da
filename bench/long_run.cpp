#include "long_run.hpp"

#include <string>

namespace mailwalk::bench {
namespace {

constexpr std::size_t kBodyBytes = 4'096;
constexpr std::size_t kShortBodyBytes = 256;
constexpr int kFewMails = 3;

std::string body(std::size_t octets) {
  std::string text;
  while (text.size() < octets)
    text += "Sampai jumpa di kelas jaringan, hari Rabu pagi pukul delapan.\n";
  text.resize(octets);
  return text;
}

world::HostSpec host(const std::string& name, std::uint32_t number) {
  world::HostSpec spec;
  spec.name = name;
  spec.address = {0xC0000200 + number};
  return spec;
}

// Everything but the mails.
world::Scenario machines(journal::FetchMode mode, Duration poll_interval) {
  world::Scenario s;
  s.id = "bench";
  s.calendar = {1'767'578'400, 420};
  s.hosts = {host("names.example", 1), host("smtp.kampus.example", 2),
             host("relay.kampus.example", 3), host("mx.kantor.example", 4)};
  s.hosts[0].name_server = true;
  s.hosts[1].mta = world::MtaSpec{};
  s.hosts[1].mta->relays_for = {"laptop-ani"};
  s.hosts[1].mta->next_hop = "relay.kampus.example";
  s.hosts[2].mta = world::MtaSpec{};
  s.hosts[2].mta->relays_for = {"smtp.kampus.example"};
  s.hosts[3].mailbox =
      world::MailboxSpec{{"kantor.example"}, {{"budi", "kantor.example", "pw", 0}}};
  s.hosts[3].maa = world::MaaSpec{};
  s.domains = {{"kantor.example", {{10, "mx.kantor.example"}}, {}, {}}};

  world::DeviceSpec ani;
  ani.name = "laptop-ani";
  ani.address = {0xC0000210};
  ani.mail_address = "ani@kampus.example";
  ani.submit_to = "smtp.kampus.example";
  world::DeviceSpec budi;
  budi.name = "hp-budi";
  budi.address = {0xC0000211};
  world::FetchSpec fetch;
  fetch.user = "budi";
  fetch.password = "pw";
  fetch.server = "mx.kantor.example";
  fetch.mode = mode;
  fetch.poll_interval = poll_interval;
  budi.accounts = {fetch};
  s.devices = {ani, budi};
  return s;
}

void add_mails(world::Scenario& scenario, int mails, std::size_t octets) {
  const std::string text = body(octets);
  for (int i = 0; i < mails; ++i) {
    scenario.happenings.push_back(
        {VirtualTime{} + milliseconds(100) * i,
         world::ComposeMail{"laptop-ani", {"budi@kantor.example"}, "Kelas", text, {}}});
  }
}

world::Scenario mails_in_a_row(int mails, Duration poll_interval) {
  world::Scenario scenario = machines(journal::FetchMode::Delete, poll_interval);
  add_mails(scenario, mails, kBodyBytes);
  scenario.until = milliseconds(100) * mails + minutes(2);
  return scenario;
}

}  // namespace

world::Scenario long_run(int mails) {
  return mails_in_a_row(mails, minutes(1));
}

world::Scenario full_shelves_run(int mails) {
  return mails_in_a_row(mails, seconds(10));
}

world::Scenario polling_run(int polls) {
  world::Scenario scenario = machines(journal::FetchMode::Keep, minutes(1));
  add_mails(scenario, kFewMails, kShortBodyBytes);
  scenario.until = minutes(1) * polls;
  return scenario;
}

}  // namespace mailwalk::bench
