#!/usr/bin/env bash
# Runs a static program as a container runtime would: its root is a folder, which it cannot write, with no more in it than is
# there; another folder is its volume; it is user 65532 without any rights, and the first of its own processes.
#   in_root.sh ROOT VOLUME COMMAND...      (VOLUME - for none)
# As another user: the variable IN_ROOT_USER.
set -euo pipefail

if [ "$1" = --inside ]; then
  root=$2 volume=$3 nested=$4
  shift 4
  mount --bind "$root" "$root"
  [ "$volume" = - ] || mount --bind "$volume" "$root/data"
  mount -t proc proc "$root/proc"
  mount -o remount,bind,ro "$root"
  user=${IN_ROOT_USER:-65532}
  if [ "$nested" = yes ]; then
    become=(--user --map-user="$user" --map-group="$user")
  else
    become=(--setuid "$user" --setgid "$user")
  fi
  exec setpriv --no-new-privs unshare "${become[@]}" --root "$root" --wd /data "$@"
fi

nested=no apart=(unshare --mount --pid --fork --kill-child)
# In a chroot, "/" is no mount that could be made private.
unshare --mount true 2>/dev/null || ! unshare --mount --propagation unchanged true 2>/dev/null || apart+=(--propagation unchanged)
if [ "$(id -u)" != 0 ]; then
  nested=yes
  apart+=(--user --map-root-user)
fi
exec "${apart[@]}" "$0" --inside "$1" "$2" "$nested" "${@:3}"
