// Scenarios drawn by lot: hosts, devices, mails, people, faults. Each is the text of a lesson, so
// that whatever is run can be made again from its journal.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/prng.hpp"
#include "base/result.hpp"
#include "tests/support/catch.hpp"
#include "world/scenario_file.hpp"

namespace mailwalk::test {

// Draws one scenario: an MTA (sometimes through a relay) and one or two mailbox servers; a sender
// and some devices that fetch, one time in four with TLS; mails, polls and faults in the first
// quarter of an hour.
class ScenarioLottery {
 public:
  explicit ScenarioLottery(std::uint64_t seed) : prng_(seed), with_tls_(seed % 4 == 3) {}

  std::string text() {
    out_ = fmt::format("[lesson]\nid = \"drawn\"\n[run]\nseed = {}\nuntil = \"20 min\"\n",
                       prng_.below(1'000));
    if (prng_.chance(500)) {
      add("[network]\nlatency = \"{} ms\"\nsegment = \"{} B\"\nrandom_segments = true\n",
          1 + prng_.below(80), 40 + prng_.below(1'500));
    }
    draw_hosts();
    draw_accounts();
    draw_devices();
    const std::uint64_t events = 4 + prng_.below(12);
    for (std::uint64_t i = 0; i < events; ++i) draw_event();
    return out_;
  }

 private:
  template <class... Arguments>
  void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    out_ += fmt::format(format, std::forward<Arguments>(arguments)...);
  }
  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[prng_.below(list.size())];
  }

  void draw_hosts() {
    const bool relayed = prng_.chance(300);
    add("[[host]]\nname = \"mta.a.example\"\nroles = [\"mta\"]\nsmtp = {{pipelining = {}{}}}\n"
        "mta = {{retry_min = \"2 min\", retry_max = \"10 min\", expiry = \"1 h\"{}}}\n",
        prng_.chance(600), with_tls_ ? ", tls = \"offered\"" : "",
        relayed ? ", next_hop = \"relay.example\"" : "");
    if (relayed) add("[[host]]\nname = \"relay.example\"\nroles = [\"mta\"]\n");
    servers_ = {"mx.b.example"};
    if (prng_.chance(500)) servers_.push_back("mx.c.example");
    for (const std::string& server : servers_) {
      add("[[host]]\nname = \"{}\"\nroles = [\"mailbox\", \"maa\"{}]\n", server,
          prng_.chance(300) ? ", \"mta\"" : "");
      if (with_tls_) add("[host.maa]\ntls = \"offered\"\nauth = [\"plain\", \"cram-md5\"]\n");
    }
    add("[[host]]\nname = \"ns.example\"\nroles = [\"names\"]\n");
  }

  void draw_accounts() {
    for (const char* name : {"budi", "citra", "dewi"}) {
      const std::string& server = one_of(servers_);
      accounts_.push_back(fmt::format("{}@{}", name, server.substr(3)));
      add("[[account]]\naddress = \"{}\"\npassword = \"rahasia\"\nhost = \"{}\"\n",
          accounts_.back(), server);
      if (prng_.chance(300)) add("quota = \"{} B\"\n", 1'500 + prng_.below(6'000));
    }
  }

  void draw_devices() {
    add("[[device]]\nname = \"laptop\"\nmail = \"ani@b.example\"\nsubmit_to = \"mta.a.example\"\n"
        "outbox_retry = \"1 min\"\n");
    if (with_tls_) add("tls = \"{}\"\n", draw_wish());
    const std::uint64_t count = 1 + prng_.below(3);
    for (std::uint64_t i = 0; i < count; ++i) {
      fetchers_.push_back(fmt::format("phone{}", i));
      add("[[device]]\nname = \"{}\"\n", fetchers_.back());
      if (prng_.chance(200)) add("storage = \"{} B\"\n", 2'000 + prng_.below(5'000));
      add("[[device.fetch]]\naccount = \"{}\"\nmode = \"{}\"\n", one_of(accounts_), draw_mode());
      if (prng_.chance(400)) {
        add("login = \"apop\"\n");
      } else if (with_tls_ && prng_.chance(500)) {
        add("login = \"{}\"\n", prng_.chance(500) ? "plain" : "cram-md5");
      }
      if (with_tls_) add("tls = \"{}\"\n", draw_wish());
      if (prng_.chance(500)) add("every = \"{} min\"\n", 2 + prng_.below(5));
    }
  }

  const char* draw_wish() {
    static const std::vector<const char*> kWishes{"never", "opportunistic", "required", "implicit"};
    return one_of(kWishes);
  }

  const char* draw_mode() {
    static const std::vector<const char*> kModes{"delete", "keep", "keep 1 days"};
    return one_of(kModes);
  }

  void draw_event() {
    add("[[event]]\nat = \"{} s\"\n", prng_.below(900));
    switch (prng_.below(12)) {
      case 0:
        add("read = {{device = \"{}\", letter = {}}}\n", one_of(fetchers_), 1 + prng_.below(3));
        break;
      case 1:
        add("remove = {{device = \"{}\", letter = {}}}\n", one_of(fetchers_), 1 + prng_.below(3));
        break;
      case 2:
        add("mode = {{device = \"{}\", to = \"{}\"}}\n", one_of(fetchers_), draw_mode());
        break;
      case 3: draw_fault(); break;
      case 4: draw_answer(); break;
      case 5:
        add("cut = {{host = \"{}\", verb = \"{}\", nth = {}}}\n", one_of(servers_),
            prng_.chance(500) ? "RETR" : "DELE", 1 + prng_.below(2));
        break;
      case 6: add("poll = {{device = \"{}\"}}\n", one_of(fetchers_)); break;
      default: draw_mail(); break;
    }
  }

  void draw_mail() {
    std::string to = fmt::format("\"{}\"", one_of(accounts_));
    if (prng_.chance(300)) to += ", \"nobody@b.example\"";
    if (prng_.chance(300)) to += fmt::format(", \"{}\"", one_of(accounts_));
    add("compose = {{device = \"laptop\", to = [{}], subject = \"Hai\", fill = \"{} B\"}}\n", to,
        prng_.below(3'000));
  }

  void draw_fault() {
    static const std::vector<std::string_view> kKinds{"refuse", "unreachable", "reset", "stall",
                                                      "slow"};
    const std::string_view kind = one_of(kKinds);
    add("fault = {{kind = \"{}\", machine = \"{}\"", kind, one_of(servers_));
    if (kind == "slow") add(", bandwidth = \"{} B/s\"", 200 + prng_.below(2'000));
    const bool after = (kind == "reset" || kind == "stall") && prng_.chance(700);
    if (after) add(", after = \"{} B\"", 1 + prng_.below(2'000));
    const std::uint64_t seconds = 1 + prng_.below(400);
    if (kind != "reset" || after) add(", lasts = \"{} s\"", seconds);
    add("}}\n");
  }

  void draw_answer() {
    if (prng_.chance(300)) {
      add("answer = {{host = \"{}\", verb = \"PASS\", reply = \"-ERR [SYS/TEMP] later\"}}\n",
          one_of(servers_));
      return;
    }
    static const std::vector<std::string_view> kVerbs{"MAIL", "RCPT", "."};
    add("answer = {{host = \"{}\", verb = \"{}\", reply = \"{}\"}}\n",
        prng_.chance(500) ? "mta.a.example" : one_of(servers_), one_of(kVerbs),
        prng_.chance(500) ? "451 4.7.1 Later" : "550 5.7.1 No");
  }

  Prng prng_;
  bool with_tls_;
  std::string out_;
  std::vector<std::string> servers_, accounts_, fetchers_;
};

inline world::Scenario random_scenario(std::uint64_t seed) {
  const std::string text = ScenarioLottery(seed).text();
  auto scenario = world::parse_scenario(text, "drawn.toml", [](const std::string& name) {
    return Result<Bytes>(Error{"there is no " + name, "", "", 0, 0});
  });
  for (const Error& error : scenario.errors()) UNSCOPED_INFO(error.text());
  INFO(text);
  REQUIRE(scenario.ok());
  return std::move(*scenario);
}

}  // namespace mailwalk::test
