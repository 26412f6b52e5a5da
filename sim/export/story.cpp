#include "export/story.hpp"

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

StoryMaker::StoryMaker(const journal::Journal& journal, const Narrator& narrator)
    : journal_(journal),
      narrator_(narrator),
      events_(journal.size()),
      collector_(journal::make_session_collector()) {}

bool StoryMaker::read_next() {
  if (gathered_ < events_) {
    collector_->take(journal_[EventPosition{gathered_++}]);
    if (gathered_ == events_) gather_sessions();
    return true;
  }
  if (told_ == events_) return false;
  tell(journal_[EventPosition{told_++}]);
  return true;
}

double StoryMaker::progress() const {
  if (events_ == 0) return 1;
  return static_cast<double>(gathered_ + told_) / static_cast<double>(2 * events_);
}

void StoryMaker::gather_sessions() {
  for (journal::Session& session : collector_->finish()) {
    by_begin_.emplace(session.begun.position, std::move(session));
  }
}

void StoryMaker::tell(const journal::Event& event) {
  const journal::WorldView before = std::move(story_.end);
  journal::WorldView after = journal::apply(before, event);
  const auto session = by_begin_.find(event.position);
  if (session != by_begin_.end()) {
    SessionBlock block;
    block.client = narrator_.machine(session->second.client, after);
    block.server = session->second.server == kNoNode
                       ? session->second.address.text()
                       : narrator_.machine(session->second.server, after);
    block.session = std::move(session->second);
    block_of_[event.connection] = story_.items.size();
    story_.items.emplace_back(std::move(block));
  }
  std::string sentence = narrator_.tell({event, before, after});
  if (!sentence.empty()) {
    Note note{{event.position, event.time}, std::move(sentence), is_fault(event)};
    const auto block = block_of_.find(told_with(event, journal_));
    if (block != block_of_.end()) {
      std::get<SessionBlock>(story_.items[block->second]).notes.push_back(std::move(note));
    } else {
      story_.items.emplace_back(std::move(note));
    }
  }
  story_.end = std::move(after);
}

}  // namespace mailwalk::exporting
