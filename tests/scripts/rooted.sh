#!/usr/bin/env bash
# Runs a command that wants "/" to be a mount, as tools for images do, also in a chroot, where it is none.
#   rooted.sh COMMAND...
set -euo pipefail

if [ "${1:-}" = --inside ]; then
  shift
  root=$(mktemp -d)
  mount --rbind / "$root"
  exec unshare --root "$root" --wd "$PWD" "$@"
fi

if [ "$(id -u)" != 0 ] || unshare --mount true 2>/dev/null; then exec "$@"; fi
# Only this process sees the mount, and it goes with it.
exec unshare --mount --propagation unchanged "$0" --inside "$@"
