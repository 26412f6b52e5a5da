// What goes into a run from outside, as events: with RunStarted, all that is needed to make it
// again.
//
// First what was laid beside the scenario before anything happened, then what persons did whom the
// scenario does not know. They are told here in full; what people read is in the events that follow
// (PersonActed, FaultInjected), as when the scenario itself lets it happen.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/virtual_time.hpp"
#include "journal/vocabulary.hpp"

namespace mailwalk::journal {

// ---- Before anything happens -------------------------------------------------------------------

// A mail that the scenario names by its file.
struct MailFileGiven {
  Bytes name;  // as in the scenario
  Bytes content;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("name", self.name);
    v("content", self.content);
  }
};

// Every account has this mode, whatever the scenario says.
struct ModeOverridden {
  FetchMode mode = FetchMode::Keep;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("mode", self.mode);
  }
};

// The first mail that the scenario composes has this content.
struct MailOverridden {
  Bytes content;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("content", self.content);
  }
};

// Every server offers TLS, whatever the scenario says.
struct TlsOverridden {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

// ---- While it runs -----------------------------------------------------------------------------
//
// `after_steps`: how many steps the run had taken when this was decided. It counts steps and not
// events, because there are steps in which nothing happens that anybody sees. The run fills it in.

// On the connection: its line breaks.
struct LineCut {
  std::uint64_t after_steps = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
  }
};

// At a machine: a fault between it and another one, or towards all.
struct NetworkDisturbed {
  std::uint64_t after_steps = 0;
  Fault fault = Fault::Refuse;         // Refuse, Unreachable, Reset, Stall, Slow or Clear
  NodeId other;                        // kNoNode: every machine
  std::optional<Port> port;            // only connections to this port
  std::uint64_t after_bytes = 0;       // Reset, Stall: once a connection carried so many octets
  std::uint64_t bytes_per_second = 0;  // Slow
  Duration lasts;                      // 0 = until it is cleared
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("fault", self.fault);
    v("other", self.other);
    v("port", self.port);
    v("after_bytes", self.after_bytes);
    v("bytes_per_second", self.bytes_per_second);
    v("lasts", self.lasts);
  }
};

// At a server, on the connection: it does not carry out the command that it has just read, and says
// this instead. Decided before it was read, when so many others were to come first.
struct AnswerReplaced {
  std::uint64_t after_steps = 0;
  std::uint32_t commands_ahead = 0;
  Bytes line;  // "451 4.7.1 Come back later", "-ERR not today"
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("commands_ahead", self.commands_ahead);
    v("line", self.line);
  }
};

// At a client, on the connection: what it sends next was typed by a person. Decided when so many
// commands were still to come before it.
struct CommandTyped {
  std::uint64_t after_steps = 0;
  std::uint32_t commands_ahead = 0;
  Bytes line;  // without CRLF
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("commands_ahead", self.commands_ahead);
    v("line", self.line);
  }
};

// At a device: from the next poll on, it fetches otherwise.
struct ModeChosen {
  std::uint64_t after_steps = 0;
  Bytes account;  // empty: all
  FetchMode mode = FetchMode::Keep;
  std::uint32_t keep_days = 0;  // for FetchMode::KeepDays
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("account", self.account);
    v("mode", self.mode);
    v("keep_days", self.keep_days);
  }
};

// Whatever is drawn by lot is drawn from here on as in a run with this seed.
struct SeedChanged {
  std::uint64_t after_steps = 0;
  std::uint64_t seed = 0;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("seed", self.seed);
  }
};

// At a device: somebody writes a mail that the scenario does not know.
struct MailWritten {
  std::uint64_t after_steps = 0;
  AddressList recipients;
  Bytes subject;
  Bytes body;
  Bytes content;  // a whole mail, in CRLF lines; then subject and body are not used
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("recipients", self.recipients);
    v("subject", self.subject);
    v("body", self.body);
    v("content", self.content);
  }
};

// The next mail that the scenario composes has this content, in CRLF lines.
struct NextMailReplaced {
  std::uint64_t after_steps = 0;
  Bytes content;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("content", self.content);
  }
};

// At a device: somebody has it ask for mail.
struct PollWanted {
  std::uint64_t after_steps = 0;
  Bytes account;  // empty: all
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("account", self.account);
  }
};

// At a device: somebody opens a letter …
struct LetterOpened {
  std::uint64_t after_steps = 0;
  DeviceLetterId letter;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("letter", self.letter);
  }
};

// … or throws it away.
struct LetterThrownAway {
  std::uint64_t after_steps = 0;
  DeviceLetterId letter;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("after_steps", self.after_steps);
    v("letter", self.letter);
  }
};

// ---- On real TCP -------------------------------------------------------------------------------
//
// What programs outside the scenario said is in the events of their connections, and they cannot be
// asked to say it again: such a run can be taken up again, but not made again.

// The stage is set, and from here on the run is served.
struct RunServed {
  Cast cast = Cast::Everybody;
  template <class Self, class V>
  static void fields(Self& self, V&& v) {
    v("cast", self.cast);
  }
};

// The program that served it had ended, whatever ended it, and another one goes on from here. What
// was connected then is cut by this; what lay in queues, maildrops and devices lies there still.
struct RunTakenUp {
  template <class Self, class V>
  static void fields(Self&, V&&) {}
};

}  // namespace mailwalk::journal
