// mailwalk_load: a load for any server, and how fast it was. bench/servers.py runs it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "load_client.hpp"

int main(int argc, char** argv) {
  using mailwalk::bench::LoadPlan;
  LoadPlan plan;
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  CLI::App app{"Puts a load on a mail server, and prints how many mails a second it took or gave."};
  app.require_subcommand(1);
  CLI::App* smtp = app.add_subcommand("smtp", "one mail in each connection");
  CLI::App* pop3 = app.add_subcommand("pop3", "all letters of a maildrop in each connection");
  for (CLI::App* kind : {smtp, pop3}) {
    kind->add_option("ADDRESS", address)->required();
    kind->add_option("PORT", port)->required();
    kind->add_option("--sessions", plan.sessions, "at once")->check(CLI::PositiveNumber);
    kind->add_option("--count", plan.count, "connections in all")->check(CLI::PositiveNumber);
  }
  smtp->add_option("--body", plan.body_octets, "octets of each mail")->check(CLI::Range(1, 50'000));
  smtp->add_option("--to", plan.recipient, "address of the recipient");
  pop3->add_option("--user", plan.user_prefix, "of the users' names, before their number");
  pop3->add_option("--users", plan.users, "how many there are, from 0 on");
  pop3->add_option("--password", plan.password, "of each of them");
  CLI11_PARSE(app, argc, argv);

  plan.kind = smtp->parsed() ? LoadPlan::Kind::Smtp : LoadPlan::Kind::Pop3;
  const auto at = mailwalk::IpAddress::parse(address);
  if (!at) {
    fmt::print(stderr, "\"{}\" is no IPv4 address\n", address);
    return EXIT_FAILURE;
  }
  if (plan.kind == LoadPlan::Kind::Pop3 && plan.sessions > plan.users) {
    fmt::print(stderr, "Each session at once needs a user of its own: --users {}\n", plan.sessions);
    return EXIT_FAILURE;
  }
  plan.server = {*at, mailwalk::Port{port}};
  const auto result = mailwalk::bench::put_load(plan);
  if (result.failed > 0) {
    fmt::print(stderr, "{} connections failed, the first with: {}\n", result.failed,
               result.first_failure);
    return EXIT_FAILURE;
  }
  fmt::print("{:.1f}\n", static_cast<double>(result.mails) / result.seconds);
  return EXIT_SUCCESS;
}
