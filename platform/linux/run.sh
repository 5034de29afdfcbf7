#!/bin/sh
# Opens the app where there is a display; without one plays the demonstration and says so.
set -eu
cd "$(dirname "$0")/../.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "${B:-build}/lantern"
fi
echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the app cannot open a window."
echo "Instead it plays a night and a day by itself, and leaves pictures of both:"
echo
exec sh platform/linux/demo.sh
