#include "pop3/events.hpp"

#include "pop3/apop.hpp"

namespace mailwalk::pop3 {

bool LoginAsked::matches(std::string_view known_password) const {
  switch (method) {
    case LoginMethod::Pass: return secret == known_password;
    case LoginMethod::Auth: return true;  // or it would not have been asked
    case LoginMethod::Apop: return apop_digest(stamp, known_password) == secret;
  }
  return false;
}

}  // namespace mailwalk::pop3
