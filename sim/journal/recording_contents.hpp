// Mails and long texts as rows of a recording, both ways: each once, however many events carry it.
//
// On its way a mail changes little: a server puts a field before it, the wire a reply before it and
// a dot behind it. So what lies around another content is stored without that one, which is its
// core. A core has none itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "journal/recording_sqlite.hpp"

namespace mailwalk::journal {

// Adds rows, in whatever transaction its caller has begun.
class ContentWriter {
 public:
  // The database must have the tables, without contents, and outlive the writer.
  static Result<ContentWriter> prepare(Database& database);

  // Its number; adds it if it is new.
  Result<std::int64_t> number_of(const Bytes& octets);

  // The same for what a file holds that is gone on with; `rows` are its contents in order, as core
  // and length. False: this is not what comes next there.
  bool recall(const Bytes& octets, Statement& rows);

  // What has become of the transaction. In the second case what was added in it is gone.
  void committed() { committed_ = added_; }
  void taken_back();

  // Octets that were added so far.
  [[nodiscard]] std::uint64_t octets_added() const { return added_.octets; }

 private:
  struct Stored {
    Bytes octets;       // shared with the event that brought it
    std::int64_t core;  // its own number if it is stored whole
  };
  // Of all contents so far.
  struct Sums {
    std::size_t contents = 0;
    std::int64_t latest = 0;  // that was asked for; 0: none yet
    std::uint64_t octets = 0;
    std::uint64_t octets_of_cores = 0;
  };
  struct Core {
    std::int64_t number = 0;  // 0: none, the content is stored whole
    std::size_t at = 0;
  };

  ContentWriter(Database& database, Statement add) : database_(&database), add_(std::move(add)) {}
  [[nodiscard]] const Stored& stored(std::int64_t number) const {
    return stored_[static_cast<std::size_t>(number - 1)];
  }
  // Its number; 0 if it is new.
  std::int64_t find(const Bytes& octets, std::uint64_t print);
  [[nodiscard]] Core core_of(const Bytes& octets) const;
  Result<std::int64_t> add(const Bytes& octets, std::uint64_t print);

  Database* database_;
  Statement add_;
  std::vector<Stored> stored_;
  std::unordered_multimap<std::uint64_t, std::int64_t> numbers_;  // by a fingerprint of the octets
  Sums added_;
  Sums committed_;
};

// Reads rows and believes none. Contents are numbered in the order in which events first name
// them, so each row is read when that happens.
class ContentReader {
 public:
  // The database must have the tables, as they should be, and outlive the reader. `file_octets`
  // bound what is held in memory.
  static Result<ContentReader> prepare(Database& database, std::uint64_t file_octets);

  // The content of that number, or what is wrong with it.
  Result<Bytes> read(std::int64_t number);

 private:
  ContentReader(Database& database, Statement contents, std::uint64_t file_octets);
  Result<Bytes> read_next();

  Database* database_;
  Statement contents_;
  std::vector<Bytes> known_;  // so far; number n is known_[n - 1]
  std::uint64_t octets_left_;
  std::uint64_t octets_of_cores_left_;
};

}  // namespace mailwalk::journal
