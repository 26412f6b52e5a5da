// Everything that a transcript takes from the run passes through here.
#pragma once

#include "wire/printable.hpp"

namespace mailwalk::exporting {

using wire::printable;

}  // namespace mailwalk::exporting
