// What nearly every file of sim/ includes, for cmake/Precompiled.cmake. No file includes this.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>
