#!/usr/bin/env bash
# Makes the pictures of README.md: the real program, in a screen in memory.
#
#     gui/make_pictures.sh build/release/bin/mailwalk-gui docs/pictures
set -euo pipefail

program=$1
folder=$2
mkdir -p "$folder"

# picture NAME ARGUMENT…
picture() {
  local name=$1
  shift
  xvfb-run -a -s '-screen 0 1920x1200x24' "$program" "$@" --screenshot "$folder/$name.png"
}

# DELE 3 is on its way; letters A and B are marked already.
before_third_dele='end ctrl+left ctrl+left ctrl+left ctrl+left ctrl+left left'
picture stage-dele delete-mode --size 1280x720 --play-keys "$before_third_dele"
picture side-by-side delete-mode --size 1280x720 --play-keys 'd end'
picture presentation delete-mode --size 1280x720 --present --play-keys "$before_third_dele"
picture night keep-mode --size 1280x720 --theme dark --lang id --play-keys 'end'
