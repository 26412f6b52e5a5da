#include "export/story.hpp"

#include <map>
#include <utility>

#include "journal/reducer.hpp"

namespace mailwalk::exporting {
namespace {

bool is_fault(const journal::Event& event) {
  return journal::payload_if<journal::FaultInjected>(event) != nullptr ||
         journal::payload_if<journal::ConnectionReset>(event) != nullptr ||
         journal::payload_if<journal::ConnectionFailed>(event) != nullptr ||
         journal::payload_if<journal::TlsBroken>(event) != nullptr;
}

// In whose block an event is told. What a session led to beside it, at once (its mail has left the
// outbox), belongs between its lines as well; what it led to later is a story of its own.
ConnectionId told_with(const journal::Event& event, const journal::Journal& journal) {
  if (event.connection != kNoConnection || event.cause == kNoEvent) return event.connection;
  const journal::Event& cause = journal[event.cause];
  return cause.time == event.time ? cause.connection : kNoConnection;
}

}  // namespace

const journal::Moment& begins(const StoryItem& item) {
  const auto* block = std::get_if<SessionBlock>(&item);
  return block != nullptr ? block->session.begun : std::get<Note>(item).moment;
}

const journal::Moment& ends(const StoryItem& item) {
  const auto* block = std::get_if<SessionBlock>(&item);
  return block != nullptr ? block->session.last : std::get<Note>(item).moment;
}

Story make_story(const journal::Journal& journal, const Narrator& narrator) {
  std::map<EventPosition, journal::Session> by_begin;
  for (journal::Session& session : journal::sessions(journal)) {
    by_begin.emplace(session.begun.position, std::move(session));
  }

  Story story;
  std::map<ConnectionId, std::size_t> block_of;  // into items
  journal::WorldView before;
  for (const journal::Event& event : journal) {
    journal::WorldView after = journal::apply(before, event);
    const auto session = by_begin.find(event.position);
    if (session != by_begin.end()) {
      SessionBlock block;
      block.client = narrator.machine(session->second.client, after);
      block.server = session->second.server == kNoNode
                         ? session->second.address.text()
                         : narrator.machine(session->second.server, after);
      block.session = std::move(session->second);
      block_of[event.connection] = story.items.size();
      story.items.emplace_back(std::move(block));
    }
    std::string sentence = narrator.tell({event, before, after});
    if (!sentence.empty()) {
      Note note{{event.position, event.time}, std::move(sentence), is_fault(event)};
      const auto block = block_of.find(told_with(event, journal));
      if (block != block_of.end()) {
        std::get<SessionBlock>(story.items[block->second]).notes.push_back(std::move(note));
      } else {
        story.items.emplace_back(std::move(note));
      }
    }
    before = std::move(after);
  }
  story.end = std::move(before);
  return story;
}

}  // namespace mailwalk::exporting
