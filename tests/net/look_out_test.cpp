#include "net/look_out.hpp"

#include "tests/support/catch.hpp"

using namespace mailwalk;
using namespace mailwalk::net;

namespace {

constexpr Duration kSomeMoment = hours(1);

}  // namespace

TEST_CASE("To look out pays where somebody has spoken soon", "[net][lookout]") {
  LookOut out;
  CHECK_FALSE(out.pays(kSomeMoment));
  out.waited(kSomeMoment, kSomeMoment + microseconds(30), LookOut::Heard::Something);
  CHECK(out.pays(kSomeMoment + microseconds(30)));
  out.waited(kSomeMoment, kSomeMoment + microseconds(30), LookOut::Heard::Nothing);
  CHECK_FALSE(out.pays(kSomeMoment + microseconds(30)));
  out.waited(kSomeMoment, kSomeMoment + milliseconds(1), LookOut::Heard::Something);
  CHECK_FALSE(out.pays(kSomeMoment + milliseconds(1)));
}

TEST_CASE("Nobody looks out while others need the processor", "[net][lookout]") {
  LookOut out;
  out.waited(kSomeMoment, kSomeMoment, LookOut::Heard::Something);
  out.looked_out(kSomeMoment, kSomeMoment + LookOut::kLongest);
  CHECK(out.pays(kSomeMoment + LookOut::kLongest));
  out.looked_out(kSomeMoment, kSomeMoment + milliseconds(3));
  CHECK_FALSE(out.pays(kSomeMoment + milliseconds(4)));
  out.waited(kSomeMoment + milliseconds(4), kSomeMoment + milliseconds(4),
             LookOut::Heard::Something);
  CHECK_FALSE(out.pays(kSomeMoment + milliseconds(5)));
  CHECK(out.pays(kSomeMoment + milliseconds(3) + LookOut::kBusy));
}
