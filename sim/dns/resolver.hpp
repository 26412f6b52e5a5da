// The lookups of an MTA, without I/O: where mail for a domain goes, and what addresses a host has.
//
// A lookup is driven like a session: send what take_query() yields to the name server, feed the
// datagrams that come back, tell it when deadline() has passed, until done(). After every call ask
// take_query() and next_event() until they yield nothing. One question is open at a time, so that a
// class can follow them.
#pragma once

#include "dns/address_lookup.hpp"
#include "dns/mx_lookup.hpp"
