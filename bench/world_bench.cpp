#include "world_bench.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "journal/event_codec.hpp"
#include "memory.hpp"
#include "report.hpp"
#include "world/world.hpp"

namespace mailwalk::bench {
namespace {

constexpr int kFew = 1'000;
constexpr int kMany = 100'000;
constexpr std::size_t kBodyBytes = 4'096;

std::string body() {
  std::string text;
  while (text.size() < kBodyBytes)
    text += "Sampai jumpa di kelas jaringan, hari Rabu pagi pukul delapan.\n";
  text.resize(kBodyBytes);
  return text;
}

world::HostSpec host(const std::string& name, std::uint32_t number) {
  world::HostSpec spec;
  spec.name = name;
  spec.address = {0xC0000200 + number};
  return spec;
}

// Device, MTA, relay, mailbox server, device: four hops. A mail every 100 ms, and a poll every
// minute.
world::Scenario scenario(int mails) {
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
  fetch.mode = journal::FetchMode::Delete;
  fetch.poll_interval = minutes(1);
  budi.accounts = {fetch};
  s.devices = {ani, budi};

  const std::string text = body();
  for (int i = 0; i < mails; ++i) {
    s.happenings.push_back(
        {VirtualTime{} + milliseconds(100) * i,
         world::ComposeMail{"laptop-ani", {"budi@kantor.example"}, "Kelas", text, {}}});
  }
  s.until = milliseconds(100) * mails + minutes(2);
  return s;
}

struct Measured {
  double seconds_per_mail = 0;      // by the clock
  double cpu_seconds_per_mail = 0;  // of our own instructions, without the system's
  std::uint64_t events = 0;
  double overhead_per_event = 0;  // octets
};

// What an event costs beside the octets of its payload. Every event is written down and read again,
// as from a recording, so that nothing is shared with the run.
double overhead_per_event(const journal::Journal& journal) {
  const std::uint64_t before = allocated_bytes();
  std::uint64_t payload_bytes = 0;
  journal::Journal copy;
  for (const journal::Event& event : journal) {
    const std::string encoded = journal::encode_payload(event.payload);
    auto payload = journal::decode_payload(journal::payload_kind(event.payload), encoded);
    payload_bytes += encoded.size();
    copy.append(event.time, event.node, event.connection, event.cause, std::move(*payload));
  }
  const std::uint64_t held = allocated_bytes() - before;
  return (static_cast<double>(held) - static_cast<double>(payload_bytes)) /
         static_cast<double>(journal.size());
}

double cpu_seconds_now() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec) / 1e6;
}

Measured run(int mails) {
  world::Scenario s = scenario(mails);
  const double begun = seconds_now();
  const double cpu_begun = cpu_seconds_now();
  world::World world(std::move(s));
  world.run();
  Measured measured;
  measured.seconds_per_mail = (seconds_now() - begun) / mails;
  measured.cpu_seconds_per_mail = (cpu_seconds_now() - cpu_begun) / mails;
  measured.events = world.journal().size();
  const auto letters = world.find("hp-budi")->store->letters().size();
  if (letters != static_cast<std::size_t>(mails)) {
    fmt::print("  {} of {} mails arrived: the figures below are void\n", letters, mails);
  }
  if (mails == kFew) measured.overhead_per_event = overhead_per_event(world.journal());
  return measured;
}

// Each run has a process of its own: one that finds memory which an earlier run has left pays
// nothing for it, and would look better than one that has to ask the system.
Measured in_fresh_process(int mails) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    const Measured measured = run(mails);
    const bool told = write(ends[1], &measured, sizeof measured) == sizeof measured;
    _exit(told ? 0 : 1);
  }
  Measured measured;
  close(ends[1]);
  if (read(ends[0], &measured, sizeof measured) != sizeof measured) std::abort();
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return measured;
}

}  // namespace

void measure_world() {
  Measured few = in_fresh_process(kFew);
  for (int i = 0; i < 6; ++i) {
    const Measured again = in_fresh_process(kFew);
    few.seconds_per_mail = std::min(few.seconds_per_mail, again.seconds_per_mail);
    few.cpu_seconds_per_mail = std::min(few.cpu_seconds_per_mail, again.cpu_seconds_per_mail);
  }
  const Measured many = in_fresh_process(kMany);
  print_figure(fmt::format("mails a second, run of {}", kFew), 1 / few.seconds_per_mail, "mails/s");
  print_figure(fmt::format("mails a second, run of {}", kMany), 1 / many.seconds_per_mail,
               "mails/s");
  print_figure("events a mail", static_cast<double>(many.events) / kMany, "events");
  print_ratio("memory an event beside its payload, in units of 200 octets",
              few.overhead_per_event / 200, Aim::AtMost, 1.0);
  print_ratio("our own work for a mail among 100,000 beside one among 1,000",
              many.cpu_seconds_per_mail / few.cpu_seconds_per_mail, Aim::AtMost, 1.2);
  // The journal keeps every octet: the larger run has the system hand out some 12 GB meanwhile.
  print_ratio("the same by the clock, with the system's work for its memory",
              many.seconds_per_mail / few.seconds_per_mail, Aim::AtMost, 1.2);
}

}  // namespace mailwalk::bench
