#!/usr/bin/env bash
# Tests what ./run says and what it would install. It runs a copy of the script, with stand-ins for
# the tools of the system: nothing is installed or built.
#
#     tests/run/run_test.sh ./run
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$1" "$folder/run"
mkdir "$folder/tools"
export PATH="$folder/tools:$PATH" CALLS="$folder/calls" MISSING=''
unset DISPLAY WAYLAND_DISPLAY

# stand_in TOOL: reads its body from stdin.
stand_in() {
  { printf '#!/usr/bin/env bash\n' && cat; } >"$folder/tools/$1"
  chmod +x "$folder/tools/$1"
}

stand_in dpkg-query <<'EOF_TOOL'
[[ " $MISSING " == *" ${*: -1} "* ]] && exit 1
printf ' installed'
EOF_TOOL
stand_in apt-get <<'EOF_TOOL'
printf 'apt-get %s\n' "$*" >>"$CALLS"
EOF_TOOL
stand_in cmake <<'EOF_TOOL'
echo 'the stand-in for CMake builds nothing'
exit 1
EOF_TOOL
for tool in c++ ninja; do stand_in "$tool" </dev/null; done

failures=0

fail() {
  printf 'FAILED: %s\n' "$@"
  failures=$((failures + 1))
}

# check WHAT STATUS TEXT ARGUMENT…: ./run with these arguments ends so and says so.
check() {
  local what=$1 status=$2 text=$3 got=0 said
  shift 3
  said=$("$folder/run" "$@" </dev/null 2>&1) || got=$?
  if [[ $got != "$status" || $said != *"$text"* ]]; then
    fail "$what: wanted status $status and \"$text\"; got status $got and \"$said\""
  fi
}

check 'help names the commands' 0 './run bench' help
check 'help names the options' 0 '--fuzz SECONDS' --help
check 'an unknown command is refused' 1 'does not know "jump"' jump
check 'an unknown option is refused' 1 'does not know "--faster"' test --faster
check 'a compiler has a name' 1 '--compiler needs a name' test --compiler
check 'fuzzing has a time' 1 '--fuzz needs a number' test --fuzz

check 'without a screen the lesson is played as text' 1 'There is no screen here'
DISPLAY=:7 check 'with a screen the window is built' 1 'build/release'
check 'what CMake complains of is shown' 1 'the stand-in for CMake'
[[ ! -e $CALLS ]] || fail 'something was installed though nothing is missing'

MISSING='catch2 ninja-build'
if ((EUID == 0)); then
  check 'it says what it installs' 1 'ninja-build catch2'
  wanted='apt-get update
apt-get install --yes --no-install-recommends ninja-build catch2'
  [[ $(<"$CALLS") == "$wanted" ]] || fail 'root in a script installs what is missing' "$(<"$CALLS")"
else
  check 'a script without root is told what to have installed' 1 \
    'apt-get install --no-install-recommends ninja-build catch2'
  [[ ! -e $CALLS ]] || fail 'something was installed without root'
fi

MISSING='libglfw3-dev'
check 'the window says what it needs' 1 'libglfw3-dev' window
check 'the tests say what the window needs' 1 'libglfw3-dev' test

((failures == 0))
