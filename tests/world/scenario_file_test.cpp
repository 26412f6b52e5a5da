#include "world/scenario_file.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "tests/support/catch.hpp"
#include "tests/world/scenario_text.hpp"
#include "world/scenario_load.hpp"

using namespace mailwalk;
using namespace mailwalk::world;
using mailwalk::test::kSmallScenario;
using mailwalk::test::parse_text;

namespace {

// The file's own text goes into what Catch prints when it fails to parse.
Scenario parsed(const std::string& text) {
  const ScenarioResult result = parse_text(text);
  for (const Error& error : result.errors()) UNSCOPED_INFO(error.text());
  REQUIRE(result.ok());
  return *result;
}

Scenario everything() {
  const auto text = load_file(MAILWALK_SOURCE_DIR "/tests/world/data/everything.toml", 100'000);
  REQUIRE(text.ok());
  return parsed(std::string(text->view()));
}

template <class Act>
Act action_at(const Scenario& scenario, std::size_t index) {
  REQUIRE(index < scenario.happenings.size());
  const auto* act = std::get_if<Act>(&scenario.happenings[index].action);
  REQUIRE(act != nullptr);
  return *act;
}

}  // namespace

TEST_CASE("A scenario file's lesson and run become values", "[world][scenario]") {
  const Scenario scenario = everything();
  CHECK(scenario.id == "everything");
  CHECK(scenario.order == 7);
  CHECK(scenario.title.english == "Everything");
  CHECK(scenario.title.indonesian == "Semuanya");
  CHECK(scenario.summary.english == "All keys at once");
  CHECK(scenario.summary.indonesian == "All keys at once");
  CHECK(scenario.seed == 42);
  CHECK(scenario.until == minutes(150));
  CHECK(rfc5322_date(scenario.calendar, VirtualTime{}) == "Sun, 01 Mar 2026 23:30:15 -0230");
  CHECK(scenario.file == "t.toml");
  CHECK(scenario.source.view().substr(0, 7) == "# Every");
}

TEST_CASE("A scenario file's hosts become values", "[world][scenario]") {
  const Scenario scenario = everything();
  REQUIRE(scenario.hosts.size() == 4);
  const HostSpec& mta = scenario.hosts[0];
  CHECK(mta.name == "mta.a.example");
  CHECK(mta.label.indonesian == "MTA-nya");
  CHECK(mta.address.text() == "192.0.2.2");
  CHECK(mta.smtp.max_message_bytes == 1'000'000);
  CHECK(mta.smtp.max_recipients == 100);
  CHECK(mta.smtp.max_errors == 3);
  CHECK(mta.smtp.idle == minutes(1));
  CHECK(mta.smtp.eight_bit_mime == Offered::No);
  CHECK(mta.smtp.pipelining == Offered::No);
  CHECK(mta.smtp.smtputf8 == Offered::No);
  CHECK(mta.smtp.enhanced_status_codes == Offered::No);
  REQUIRE(mta.mta);
  CHECK(mta.mta->relays_for == std::vector<std::string>{"laptop"});
  CHECK(mta.mta->relay_domains == std::vector<std::string>{"c.example"});
  CHECK(mta.mta->next_hop == "mx.b.example");
  CHECK(mta.mta->retry_min == minutes(5));
  CHECK(mta.mta->retry_max == hours(1));
  CHECK(mta.mta->expiry == days(2));
  CHECK_FALSE(mta.mailbox);
  CHECK_FALSE(mta.name_server);

  const HostSpec& mx = scenario.hosts[1];
  CHECK(mx.label.english == "mx.b.example");
  CHECK(mx.smtp.pipelining == Offered::Yes);
  REQUIRE(mx.mailbox);
  CHECK(mx.mailbox->domains == std::vector<std::string>{"d.example", "b.example"});
  REQUIRE(mx.mailbox->maildrops.size() == 1);
  CHECK(mx.mailbox->maildrops[0].user == "budi");
  CHECK(mx.mailbox->maildrops[0].domain == "b.example");
  CHECK(mx.mailbox->maildrops[0].password == "rahasia besar");
  CHECK(mx.mailbox->maildrops[0].quota_bytes == 10'000);
  REQUIRE(mx.maa);
  CHECK(mx.maa->user_pass == Offered::Yes);
  CHECK(mx.maa->apop == Offered::No);
  CHECK(mx.maa->max_errors == 5);
  CHECK(mx.maa->idle == minutes(20));
  CHECK(mx.maa->tls == tls::Offer::Offered);
  CHECK(mx.maa->auth == std::vector<sasl::Mechanism>{sasl::Mechanism::CramMd5});
  CHECK(mx.maa->login_without_tls == tls::ClearTextLogin::Refused);
  CHECK(mta.smtp.tls == tls::Offer::Required);
  CHECK(mta.smtp.auth ==
        std::vector<sasl::Mechanism>{sasl::Mechanism::Plain, sasl::Mechanism::ScramSha256});
  CHECK(mta.smtp.auth_without_tls == tls::ClearTextLogin::Refused);
  CHECK(mta.mta->tls == tls::Wish::Opportunistic);
  REQUIRE(scenario.hosts[2].external);
  CHECK(scenario.hosts[2].external->text() == "127.0.0.1:2500");
  CHECK(scenario.hosts[3].name_server);
}

TEST_CASE("A scenario file's lines and domains become values", "[world][scenario]") {
  const Scenario scenario = everything();
  REQUIRE(scenario.links.size() == 2);
  CHECK(scenario.links[0].a.empty());
  CHECK(scenario.links[0].latency == milliseconds(5));
  CHECK(scenario.links[0].segment_bytes == 536);
  CHECK(scenario.links[1].a == "laptop");
  CHECK(scenario.links[1].b == "mta.a.example");
  CHECK(scenario.links[1].latency == milliseconds(1'500));
  CHECK(scenario.links[1].bytes_per_second == 56'000);  // from [network]
  CHECK(scenario.links[1].random_segments);

  REQUIRE(scenario.domains.size() == 4);
  const DomainSpec& with_all = scenario.domains[0];
  CHECK(with_all.name == "c.example");
  REQUIRE(with_all.mx.size() == 2);
  CHECK(with_all.mx[0].preference == 5);
  CHECK(with_all.mx[1].preference == 10);
  CHECK(with_all.mx[1].host == "gone.example");
  CHECK(with_all.address == scenario.hosts[1].address);
  CHECK(with_all.failure == NameFailure::ServerFailure);
  const DomainSpec& null_mx = scenario.domains[1];
  REQUIRE(null_mx.mx.size() == 1);
  CHECK(null_mx.mx[0].preference == 0);
  CHECK(null_mx.mx[0].host.empty());
}

TEST_CASE("A scenario file's devices become values", "[world][scenario]") {
  const Scenario scenario = everything();
  REQUIRE(scenario.devices.size() == 1);
  const DeviceSpec& laptop = scenario.devices[0];
  CHECK(laptop.name == "laptop");
  CHECK(laptop.label.english == "Laptop");
  CHECK(laptop.label.indonesian == "Laptop");
  CHECK(laptop.address.text() == "198.51.100.9");
  CHECK(laptop.display_name == "Ani");
  CHECK(laptop.mail_address == "ani@a.example");
  CHECK(laptop.submit_to == "mta.a.example");
  CHECK(laptop.outbox_retry == minutes(1));
  CHECK(laptop.capacity_bytes == 2'000'000'000);
  CHECK(laptop.tls == tls::Wish::Implicit);
  CHECK(laptop.auth == sasl::Mechanism::Login);
  CHECK(laptop.password == "juga salah");
  REQUIRE(laptop.accounts.size() == 1);
  const FetchSpec& fetch = laptop.accounts[0];
  CHECK(fetch.user == "budi");
  CHECK(fetch.server == "mx.b.example");
  CHECK(fetch.password == "salah");
  CHECK(fetch.login == Login::Apop);
  CHECK(fetch.tls == tls::Wish::Required);
  CHECK(fetch.mode == journal::FetchMode::KeepDays);
  CHECK(fetch.keep_days == 14);
  CHECK(fetch.poll_interval == minutes(15));
}

TEST_CASE("What people do in a scenario file comes in the order of time", "[world][scenario]") {
  const Scenario scenario = everything();
  REQUIRE(scenario.happenings.size() == 10);
  CHECK(std::is_sorted(scenario.happenings.begin(), scenario.happenings.end(),
                       [](const Happening& a, const Happening& b) { return a.at < b.at; }));
  const auto from_file = action_at<ComposeMail>(scenario, 0);
  REQUIRE(from_file.raw);
  CHECK(*from_file.raw == "Subject: x\r\n\r\nHai\r\n");
  const auto written = action_at<ComposeMail>(scenario, 1);
  CHECK(scenario.happenings[1].at == VirtualTime{} + minutes(9));
  CHECK_FALSE(written.raw);
  CHECK(written.device == "laptop");
  CHECK(written.to == std::vector<std::string>{"budi@b.example", "x@void.example"});
  CHECK(written.subject == "Hai");
  CHECK(written.body.substr(0, 10) == "Dua\nbaris\n");
  CHECK(action_at<PollNow>(scenario, 2).account == "budi@mx.b.example");
  CHECK(action_at<ReadLetter>(scenario, 3).letter == 2);
  CHECK(action_at<RemoveLetter>(scenario, 4).letter == 1);
  const auto mode = action_at<SetFetchMode>(scenario, 5);
  CHECK(mode.account == "budi@mx.b.example");
  CHECK(mode.mode == journal::FetchMode::Delete);
}

TEST_CASE("What goes wrong in a scenario file becomes values", "[world][scenario]") {
  const Scenario scenario = everything();
  const auto reset = action_at<NetworkFault>(scenario, 6);
  CHECK(reset.kind == journal::Fault::Reset);
  CHECK(reset.a == "laptop");
  CHECK(reset.b == "mx.b.example");
  CHECK(reset.port == kPop3Port);
  CHECK(reset.after_bytes == 500);
  CHECK(reset.lasts == hours(1));
  const auto slow = action_at<NetworkFault>(scenario, 7);
  CHECK(slow.a == "laptop");
  CHECK(slow.b.empty());
  CHECK(slow.bytes_per_second == 1'000);
  const auto answer = action_at<ScriptedAnswer>(scenario, 8);
  CHECK(answer.host == "mta.a.example");
  CHECK(answer.verb == journal::Verb(smtp::Verb::Rcpt));
  CHECK(answer.nth == 2);
  CHECK(answer.times == 0);
  CHECK(answer.reply == "451 4.7.1 Later");
  const auto cut = action_at<CutAtCommand>(scenario, 9);
  CHECK(cut.verb == journal::Verb(pop3::Verb::Quit));
  CHECK(cut.nth == 3);
}

TEST_CASE("What a scenario file leaves open is filled in", "[world][scenario]") {
  const Scenario scenario = parsed(kSmallScenario);
  CHECK(scenario.title.english == "small");
  CHECK(scenario.order == 0);
  CHECK(scenario.seed == 1);
  CHECK(rfc5322_date(scenario.calendar, VirtualTime{}) == "Mon, 05 Jan 2026 09:00:00 +0700");
  CHECK(scenario.hosts[0].address.text() == "192.0.2.1");
  CHECK(scenario.hosts[2].address.text() == "192.0.2.3");
  CHECK(scenario.devices[1].address.text() == "192.0.2.5");
  REQUIRE(scenario.domains.size() == 1);
  CHECK(scenario.domains[0].name == "b.example");
  REQUIRE(scenario.domains[0].mx.size() == 1);
  CHECK(scenario.domains[0].mx[0].host == "mx.b.example");
  CHECK(scenario.domains[0].mx[0].preference == 10);
  const FetchSpec& fetch = scenario.devices[1].accounts[0];
  CHECK(fetch.password == "rahasia");
  CHECK(fetch.server == "mx.b.example");
  CHECK(fetch.mode == journal::FetchMode::Keep);
  CHECK(fetch.poll_interval == Duration{});
}

TEST_CASE("An account lies on the only host with mailboxes, if it names none",
          "[world][scenario]") {
  std::string text = kSmallScenario;
  const std::string host = "host = \"mx.b.example\"\n";
  text.erase(text.find(host), host.size());
  const Scenario scenario = parsed(text);
  REQUIRE(scenario.hosts[1].mailbox->maildrops.size() == 1);
  CHECK(scenario.hosts[1].mailbox->maildrops[0].user == "budi");
}

TEST_CASE("An MTA relays for those that name it, and for nobody else", "[world][scenario]") {
  const std::string second_mta = R"([[host]]
name = "out.a.example"
roles = ["mta"]
mta = {next_hop = "mta.a.example"}
)";
  const Scenario scenario = parsed(kSmallScenario + second_mta);
  CHECK(scenario.hosts[0].mta->relays_for == std::vector<std::string>{"out.a.example", "laptop"});
  CHECK(scenario.hosts[3].mta->relays_for.empty());
  const Scenario closed = parsed(kSmallScenario +
                                 "[[host]]\nname = \"m.c.example\"\nroles = [\"mta\"]\n"
                                 "mta = {relays_for = []}\n[[device]]\nname = \"pc\"\n"
                                 "mail = \"x@c.example\"\nsubmit_to = \"m.c.example\"\n");
  CHECK(closed.hosts[3].mta->relays_for.empty());
}

TEST_CASE("Addresses that a file gives are not given to another machine", "[world][scenario]") {
  const Scenario scenario = parsed(kSmallScenario +
                                   "[[host]]\nname = \"m.c.example\"\naddress = \"192.0.2.1\"\n"
                                   "roles = [\"mta\"]\n");
  CHECK(scenario.hosts[0].address.text() == "192.0.2.2");
  CHECK(scenario.hosts[3].address.text() == "192.0.2.1");
}

TEST_CASE("A domain that the file describes gets no MX of ours", "[world][scenario]") {
  const Scenario scenario = parsed(kSmallScenario + "[[domain]]\nname = \"b.example\"\n");
  REQUIRE(scenario.domains.size() == 1);
  CHECK(scenario.domains[0].mx.empty());
}

TEST_CASE("A filled body has the size that was asked for, in lines", "[world][scenario]") {
  for (const int size : {0, 1, 2, 3, 5, 63, 64, 65, 1'000}) {
    INFO("fill = " << size);
    const Scenario scenario =
        parsed(kSmallScenario +
               "[[event]]\nat = \"0 s\"\ncompose = {device = \"laptop\", to = "
               "\"budi@b.example\", body = \"\", fill = \"" +
               std::to_string(size) + " B\"}\n");
    const std::string& body = action_at<ComposeMail>(scenario, 0).body;
    const auto lines = std::count(body.begin(), body.end(), '\n');
    const auto octets = static_cast<int>(body.size()) + static_cast<int>(lines);  // LF goes as CRLF
    CHECK(octets >= size);
    CHECK(octets <= std::max(size, 2) + 1);
    std::size_t longest = 0;
    for (std::size_t at = 0; at < body.size(); at = body.find('\n', at) + 1) {
      longest = std::max(longest, body.find('\n', at) - at);
    }
    CHECK(longest <= 62);
  }
}

TEST_CASE("A file saved with CRLF means the same", "[world][scenario]") {
  const std::string event =
      "[[event]]\nat = \"0 s\"\ncompose = {device = \"laptop\", to = "
      "\"budi@b.example\", body = \"\"\"\nHai\nBudi\n\"\"\"}\n";
  std::string text;
  for (const char c : kSmallScenario + event)
    text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Scenario scenario = parsed(text);
  CHECK(action_at<ComposeMail>(scenario, 0).body == "Hai\nBudi\n");
}
