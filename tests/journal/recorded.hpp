// What the tests of recordings share: journals to record, and files to look into and to spoil.
#pragma once

#include <cstdint>
#include <string>

#include "journal/journal.hpp"

namespace mailwalk::test {

// The journal of a lesson, run to its end.
journal::Journal journal_of_lesson(const std::string& name);

// Events of every kind with drawn fields, times that do not go back and causes that point back.
journal::Journal random_journal(std::uint64_t seed, int events);

// Writes the whole journal to a new recording. REQUIRES that it can be written.
void record(journal::Journal& journal, const std::string& path);

// Every event, with its numbers: equal for journals that are equal.
bool same_events(const journal::Journal& a, const journal::Journal& b);

// Statements for SQLite, as somebody with the sqlite3 tool would run them. REQUIRES that they work.
void run_sql(const std::string& path, const std::string& sql);
// The rows of a query, the columns divided by '|' and the rows by line ends.
std::string query_sql(const std::string& path, const std::string& sql);

// What somebody leaves at the second path who is killed while a commit to the first one is under
// way: half of it in the file, and a journal of SQLite's beside it.
void leave_in_transaction(const std::string& path, const std::string& left);

std::string read_octets(const std::string& path);
void write_octets(const std::string& path, const std::string& octets);

}  // namespace mailwalk::test
