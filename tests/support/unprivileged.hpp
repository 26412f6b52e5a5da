// What a program may do that is nobody's in particular: root may write everywhere.
#pragma once

#include <functional>
#include <string>

namespace mailwalk::test {

// What `work` says when it is done in a process of its own: as the user "nobody" where the test
// runs as root, else as whoever runs the test. Nothing is asserted in there.
std::string said_unprivileged(const std::function<std::string()>& work);

}  // namespace mailwalk::test
