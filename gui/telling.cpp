#include "gui/telling.hpp"

#include <algorithm>

namespace mailwalk::gui {

void Telling::add(const journal::Journal& journal, const journal::Event& event,
                  const Glimpse& glimpse) {
  const Told told = told_.add(event, glimpse);
  if (glimpse.is_hidden) hidden_.push_back(event.position);
  const std::uint32_t before = rows_.size();
  rows_.add(journal, event, told, glimpse);
  for (RowId row{before}; row.value() < rows_.size(); row = RowId{row.value() + 1}) {
    ladder_.add(journal, rows_, row);
    transcript_.add(journal, rows_, row);
  }
}

bool Telling::hides(EventPosition event) const {
  return std::binary_search(hidden_.begin(), hidden_.end(), event);
}

}  // namespace mailwalk::gui
