#include "nodes/covered_conversation.hpp"

#include <cassert>
#include <utility>

#include "nodes/tls_good_bye.hpp"

namespace mailwalk::nodes {
namespace {

using Filter = tls::TlsFilter;

journal::TlsTrouble trouble_of_tls(tls::Failure failure) {
  switch (failure) {
    case tls::Failure::Handshake: return journal::TlsTrouble::HandshakeFailed;
    case tls::Failure::Certificate: return journal::TlsTrouble::CertificateRefused;
    case tls::Failure::Record: break;
  }
  return journal::TlsTrouble::BadRecord;
}

journal::Trust trust_in(const tls::Agreement& agreement) {
  if (agreement.certificate.empty()) return journal::Trust::NotAsked;
  return agreement.certificate_is_trusted ? journal::Trust::Trusted : journal::Trust::Untrusted;
}

}  // namespace

void CoveredConversation::begin_tls_as_server() {
  begin(machine().issuer().server(machine().host_name(), machine().prng().next()),
        journal::Side::Server);
}

void CoveredConversation::begin_tls_as_client(const std::string& server_name, tls::Wish wish) {
  const tls::Demand demand =
      wish == tls::Wish::Opportunistic ? tls::Demand::Anybody : tls::Demand::TheRightHost;
  begin(machine().issuer().client(server_name, demand, machine().prng().next(), now()),
        journal::Side::Client);
  tls_->start();
  send_what_waits();
}

void CoveredConversation::begin(std::unique_ptr<tls::TlsFilter> filter, journal::Side side) {
  assert(!tls_);
  tls_ = std::move(filter);
  side_ = side;
  record(journal::TlsBegun{side});
}

void CoveredConversation::say(std::string plain) {
  if (stage_ == Stage::Over) return;
  if (!tls_) return send(std::move(plain));
  if (tls_->state() != Filter::State::Handshake && !tls_->broken()) tls_->say(plain);
  send_what_waits();
}

void CoveredConversation::hang_up() {
  if (stage_ == Stage::Over) return;
  const bool other_side_says_good_bye =
      stage_ == Stage::Covered && tls_->state() == Filter::State::Established;
  stage_ = Stage::Over;
  if (!tls_) return close();
  tls_->close();
  send_what_waits();
  if (!other_side_says_good_bye) return close();
  leave_to(std::make_unique<TlsGoodBye>(machine(), std::move(tls_)));
}

void CoveredConversation::send_what_waits() {
  std::string cipher = tls_->take_cipher();
  if (!cipher.empty()) send(std::move(cipher));
}

void CoveredConversation::received(std::string_view bytes) {
  if (!tls_) return heard(bytes);
  tls_->receive(bytes);
  follow();
}

// What has come of the octets that came in: the end of the handshake, something that was said, the
// end of it all; in that order.
void CoveredConversation::follow() {
  const journal::Recorder::Because restored(machine().recorder(), machine().recorder().cause());
  send_what_waits();
  if (stage_ == Stage::Open && (tls_->state() == Filter::State::Established ||
                                (tls_->state() == Filter::State::Ended && !tls_->broken()))) {
    stage_ = Stage::Covered;
    record_agreement();
    covered();
  }
  if (stage_ == Stage::Over) return;
  const std::string plain = tls_->take_plain();
  if (!plain.empty() && stage_ == Stage::Covered) heard(plain);
  if (stage_ == Stage::Over || tls_->state() != Filter::State::Ended) return;
  if (tls_->broken()) {
    const tls::Broken broken = *tls_->broken();
    record_break(trouble_of_tls(broken.why), broken.detail);
    cover_failed(broken.detail);
  } else {
    ended(net::CloseKind::Orderly);
    if (holds_back()) return;
  }
  hang_up();
}

void CoveredConversation::closed(net::CloseKind how) {
  if (how == net::CloseKind::Orderly && tls_) {
    if (is_shaking_hands()) record_break(journal::TlsTrouble::HandshakeFailed, "connection closed");
    if (tls_->state() == Filter::State::Established) {
      record_break(journal::TlsTrouble::Truncated, "");
    }
  }
  stage_ = Stage::LineEnded;
  ended(how);
}

void CoveredConversation::tell_if_handshake_is_late() {
  if (is_shaking_hands()) record_break(journal::TlsTrouble::HandshakeFailed, "timed out");
}

void CoveredConversation::record_agreement() {
  const tls::Agreement agreement = tls_->agreement();
  const EventPosition position = record(journal::TlsEstablished{
      side_, Bytes(agreement.version), Bytes(agreement.cipher), Bytes(agreement.server_name),
      Bytes(agreement.certificate), trust_in(agreement)});
  machine().recorder().go_on_because_of(position);
}

void CoveredConversation::record_break(journal::TlsTrouble why, const std::string& detail) {
  machine().recorder().go_on_because_of(record(journal::TlsBroken{side_, why, Bytes(detail)}));
}

}  // namespace mailwalk::nodes
