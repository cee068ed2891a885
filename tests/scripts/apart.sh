#!/usr/bin/env bash
# Runs a command in a network of its own, which ends with it: loopback, and one interface whose cable leads nowhere else.
# Firefox takes no audio over loopback, and nothing may go over a real interface. Others that run at the same time have
# theirs.
#   apart.sh COMMAND...
set -euo pipefail

if [ "${1:-}" = --inside ]; then
  shift
  ip link set lo up
  ip link add phone0 type veth peer name phone1
  ip address add 10.11.12.1/24 dev phone0
  ip link set phone0 up
  ip link set phone1 up
  # a browser takes its own address from the way out; nobody answers there
  ip route add default via 10.11.12.2 dev phone0
  exec "$@"
fi

PATH=$PATH:/usr/sbin:/sbin
command -v ip >/dev/null || { echo "apart.sh: needs \`ip\`; on Debian: sudo apt-get install iproute2" >&2; exit 1; }
if [ "$(id -u)" = 0 ]; then
  alone=(unshare --net)
else
  alone=(unshare --user --map-root-user --net)
fi
if ! why=$("${alone[@]}" true 2>&1); then
  echo "apart.sh: no network of its own: $why" >&2
  echo "Run it as root, or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 (Debian), kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu)" >&2
  exit 1
fi
exec "${alone[@]}" "$0" --inside "$@"
