// What nearly every test includes, for cmake/Precompiled.cmake. No file includes this.
#pragma once

#include "base/precompiled.hpp"
#include "journal/journal.hpp"
#include "tests/support/catch.hpp"
