// DNS in words: the form that dig prints, and one line for people.
#pragma once

#include <string>

#include "dns/message.hpp"
#include "dns/record.hpp"

namespace mailwalk::dns {

// "kantor.example. IN MX"
std::string text(const Question& question);

// "10 mx.kantor.example.": the part after the type. Unknown data as in RFC 3597: "\# 2 0a0b".
std::string text(const RecordData& data);

// "kantor.example. 3600 IN MX 10 mx.kantor.example."
std::string text(const ResourceRecord& record);

// Several lines, like dig: header with its flags, question and the sections that are not empty.
std::string text(const Message& message);

// One line: "MX kantor.example?" for a query, and for a response "MX kantor.example: 10
// mx.kantor.example" or what there is instead: ": no such name (NXDOMAIN)".
std::string summary(const Message& message);

}  // namespace mailwalk::dns
