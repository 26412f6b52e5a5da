// Whether a type is among others: for what is done alike for several alternatives of a variant.
#pragma once

#include <type_traits>

namespace mailwalk {

template <class T, class... Others>
constexpr bool is_one_of = (std::is_same_v<T, Others> || ...);

}  // namespace mailwalk
