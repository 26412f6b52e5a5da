// Scenario texts for the tests, and reading them without a disk.
#pragma once

#include <string>
#include <string_view>

#include "world/scenario_file.hpp"

namespace mailwalk::test {

// A scenario in which one mail could go from Ani to Budi; nothing happens yet. Tests append to it.
inline const std::string kSmallScenario = R"([lesson]
id = "small"
[[host]]
name = "mta.a.example"
roles = ["mta"]
[[host]]
name = "mx.b.example"
roles = ["mailbox", "maa"]
[[host]]
name = "ns.example"
roles = ["names"]
[[account]]
address = "budi@b.example"
password = "rahasia"
host = "mx.b.example"
[[device]]
name = "laptop"
mail = "ani@a.example"
submit_to = "mta.a.example"
[[device]]
name = "phone"
[[device.fetch]]
account = "budi@b.example"
)";
// Its lines, so that what is appended begins in the next.
inline constexpr int kSmallScenarioLines = 23;

// The only mail file that there is: mails/x.eml.
inline Result<Bytes> read_test_mail(const std::string& name) {
  if (name == "mails/x.eml") return Bytes("Subject: x\n\nHai\n");
  Error error;
  error.what = "there is no file " + name;
  return error;
}

inline world::ScenarioResult parse_text(std::string_view text) {
  return world::parse_scenario(text, "t.toml", read_test_mail);
}

}  // namespace mailwalk::test
