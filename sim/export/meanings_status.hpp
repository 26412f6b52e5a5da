// What the digits of an SMTP reply mean, and the three numbers of an enhanced status code.
#pragma once

#include "export/meaning.hpp"
#include "mail/status_code.hpp"

namespace mailwalk::exporting {

// Of a reply's code, by the digit's value 0 to 9 (RFC 5321 section 4.2.1). Never empty.
Meaning meaning_of_first_digit(int digit);
Meaning meaning_of_second_digit(int digit);
Meaning meaning_of_third_digit();

// Of an enhanced status code (RFC 3463 and what was added since). Never empty; numbers that nobody
// has written down are told as such.
Meaning meaning_of_class(const mail::StatusCode& code);
Meaning meaning_of_subject(const mail::StatusCode& code);
Meaning meaning_of_detail(const mail::StatusCode& code);
// Whether subject and detail stand in a table, so that their meaning is their own.
bool is_known(const mail::StatusCode& code);

}  // namespace mailwalk::exporting
