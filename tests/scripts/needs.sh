#!/usr/bin/env bash
# Looks for what the Makefile's targets use, before the first long step: needs.sh PART...
# What can be had from Debian's packages is installed when this runs as root there; everything else is said, all of it at once.
set -euo pipefail

packages=() # missing, with a package of Debian that has it
missing=()  # missing, as said to who must see to it

has() { command -v "$1" >/dev/null || test -x "/usr/sbin/$1"; }
# $1 is at least version $2
reaches() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# program, package
program() { has "$1" || { packages+=("$2"); missing+=("$1 (package $2)"); }; }

# program, its version (empty without it), the least version, where to get it
version() {
  if [ -z "$2" ]; then missing+=("$1 $3 or later: $4")
  elif ! reaches "$2" "$3"; then missing+=("$1 $3 or later; here is $2: $4")
  fi
}

# Who is not root gets namespaces by way of one of users.
map_root=()
[ "$(id -u)" = 0 ] || map_root=(--user --map-root-user)

for part in "$@"; do
  case $part in
    rust)
      rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
      version rustc "$(rustc --version 2>/dev/null | cut -d ' ' -f 2 || true)" "$rust" "https://rustup.rs"
      has cargo || missing+=("cargo: https://rustup.rs")
      ;;
    wasm-target)
      # A Rust that is not rustup's may have the target all the same.
      [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/wasm32-unknown-unknown" ] || has rustup ||
        missing+=("Rust's target wasm32-unknown-unknown: rustup adds it, https://rustup.rs")
      ;;
    node)
      version node "$(node --version 2>/dev/null | tr -d v || true)" 20 "https://nodejs.org"
      has npm || missing+=("npm, which comes with Node: https://nodejs.org")
      ;;
    # The static file: Rust's target, and a C compiler that knows its C library.
    static:*)
      target=${part#static:}
      [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$target" ] || rustup target add "$target" 2>/dev/null ||
        missing+=("Rust's target $target: rustup adds it, https://rustup.rs")
      if [ "${target%%-*}" = "$(uname -m)" ]; then
        program musl-gcc musl-tools
      else
        cross=${target/-unknown/}-gcc
        has "$cross" || missing+=("$cross, a C compiler for $target, of which Debian has no package (https://musl.cc has); or build on such a machine")
      fi
      ;;
    # Images without a daemon, and the commands that run what is in them.
    image)
      program buildah buildah
      why=$(unshare --mount --propagation unchanged --pid --fork "${map_root[@]}" true 2>&1) || missing+=("namespaces for a root of its own: $why")
      ;;
    compiler) has cc || { packages+=(gcc libc6-dev); missing+=("a C compiler called cc (packages gcc libc6-dev)"); } ;;
    chromium) program chromium chromium; program chromedriver chromium-driver ;;
    firefox)
      has firefox-esr || program firefox firefox-esr
      # a sound card that plays to nobody, and a network that leads nowhere
      program pulseaudio pulseaudio
      program ip iproute2
      if has ip; then
        why=$(tests/scripts/apart.sh true 2>&1) || missing+=("a network namespace for Firefox: $why")
      fi
      ;;
    # A real proxy, with TLS and a path prefix. Never started as a service.
    nginx) program nginx nginx-light ;;
    # In front of several servers. Never started as a service.
    haproxy) program haproxy haproxy ;;
    valgrind) program valgrind valgrind ;;
    # Of its own for the tests. Debian's package would start one for the whole machine.
    postgres)
      compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || has postgres ||
        { packages+=(postgresql); missing+=("PostgreSQL (package postgresql)"); }
      ;;
    # Debian's package would start one for the whole machine where an init runs; the tests have their own.
    pgbouncer) program pgbouncer pgbouncer ;;
    # Reads the alarms. Debian's package would also start Prometheus where an init runs.
    promtool) program promtool prometheus ;;
    python)
      # Debian's python3 has the module venv, but without this package not what venv needs.
      python3 -c 'import ensurepip, venv' 2>/dev/null ||
        { packages+=(python3 python3-venv); missing+=("Python 3 with venv (packages python3 python3-venv)"); }
      ;;
    fonts)
      # Texts in Japanese are measured and photographed. A page without the font would have other widths.
      { has fc-list && [ -n "$(fc-list :lang=ja)" ]; } ||
        { packages+=(fontconfig fonts-noto-cjk); missing+=("a Japanese font (packages fontconfig fonts-noto-cjk)"); }
      ;;
    *) echo "needs.sh knows no $part" >&2; exit 2 ;;
  esac
done

if [ "${#packages[@]}" -gt 0 ] && [ -z "${NEEDS_INSTALLED:-}" ] && [ "$(id -u)" = 0 ] && has apt-get; then
  printf '\033[1m==> Installing %s\033[0m\n' "${packages[*]}"
  apt-get update -qq
  if [[ " ${packages[*]} " = *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  NEEDS_INSTALLED=1 exec "$0" "$@"
fi
if [ "${#missing[@]}" -gt 0 ]; then
  printf 'Missing on PATH:\n' >&2
  printf '  - %s\n' "${missing[@]}" >&2
  [ "${#packages[@]}" -eq 0 ] || printf 'On Debian: sudo apt-get install --no-install-recommends %s\n' "${packages[*]}" >&2
  exit 1
fi
