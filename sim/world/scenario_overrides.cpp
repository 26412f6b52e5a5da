#include "world/scenario_overrides.hpp"

#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

#include "world/problems.hpp"

namespace mailwalk::world {

void override_mode(Scenario& scenario, journal::FetchMode mode) {
  assert(mode != journal::FetchMode::KeepDays);
  scenario.overrides.mode = mode;
  for (DeviceSpec& device : scenario.devices) {
    for (FetchSpec& account : device.accounts) {
      account.mode = mode;
      account.keep_days = 0;
    }
  }
  auto& happenings = scenario.happenings;
  happenings.erase(std::remove_if(happenings.begin(), happenings.end(),
                                  [](const Happening& happening) {
                                    return std::holds_alternative<SetFetchMode>(happening.action);
                                  }),
                   happenings.end());
}

void offer_tls(Scenario& scenario) {
  scenario.overrides.tls = OfferTls::Everywhere;
  for (HostSpec& host : scenario.hosts) {
    if (host.smtp.tls == tls::Offer::None) host.smtp.tls = tls::Offer::Offered;
    if (host.maa && host.maa->tls == tls::Offer::None) host.maa->tls = tls::Offer::Offered;
  }
}

void leave_servers_only(Scenario& scenario) {
  scenario.overrides.cast = journal::Cast::Servers;
  scenario.happenings.clear();
  for (DeviceSpec& device : scenario.devices) {
    for (FetchSpec& account : device.accounts) account.poll_interval = {};
  }
}

Done replace_mail(Scenario& scenario, Bytes mail) {
  for (Happening& happening : scenario.happenings) {
    if (auto* compose = std::get_if<ComposeMail>(&happening.action)) {
      compose->raw = mail;
      scenario.overrides.mail = std::move(mail);
      return done();
    }
  }
  return make_error("nobody writes a mail in this lesson",
                    "choose a lesson in which a mail is sent");
}

}  // namespace mailwalk::world
