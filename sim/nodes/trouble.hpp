// What went wrong, as the journal names it.
#pragma once

#include "dns/resolver.hpp"
#include "journal/vocabulary.hpp"
#include "net/network.hpp"
#include "pop3/events.hpp"
#include "smtp/client_events.hpp"

namespace mailwalk::nodes {

journal::Trouble trouble_of(net::ConnectFailure failure);
// None for a recipient that was taken.
journal::Trouble trouble_of(const smtp::RecipientOutcome& outcome);
// None for a session that ended with QUIT.
journal::Trouble trouble_of(pop3::EndReason reason);

// None for what was found.
journal::Trouble trouble_of(journal::LookupOutcome outcome);

journal::LookupOutcome outcome_of(dns::MxResult::Status status);
journal::LookupOutcome outcome_of(dns::AddressResult::Status status);

}  // namespace mailwalk::nodes
