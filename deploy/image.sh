#!/usr/bin/env bash
# Builds a container image of a static program, with whatever this machine has for it: docker, podman or buildah, or what BUILDER
# names.
#   image.sh NAME PROGRAM CONTAINERFILE
set -euo pipefail
name=$1 program=$2 containerfile=$3
here=$(cd "$(dirname "$0")" && pwd)

says() { echo "image.sh: $*" >&2; exit 1; }

builder() {
  local why=()
  for builder in docker podman buildah; do
    if ! command -v $builder >/dev/null; then why+=("no $builder"); continue; fi
    # docker is nothing without its daemon
    if $builder info >/dev/null 2>&1; then echo $builder; return; fi
    why+=("$builder does not work: $($builder info 2>&1 >/dev/null | tail -n 1)")
  done
  printf 'image.sh: nothing here builds images. Install docker, podman or buildah.\n' >&2
  printf '  - %s\n' "${why[@]}" >&2
  exit 1
}

[ -x "$program" ] || says "there is no program $program"
if readelf --program-headers "$program" 2>/dev/null | grep --quiet INTERP; then
  says "$program needs the system's libraries, of which an image has none; \`make static\` makes one that does not"
fi
builder=${BUILDER:-$(builder)}

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
mkdir -p "$context/program" "$context/volume/data"
strip -o "$context/program/sidetone" "$program"
chmod 0755 "$context/program/sidetone"
install -m 0644 "$here/../LICENSE" "$context/program/LICENSE"
chmod 0755 "$context" "$context/program" "$context/volume"
chmod 0750 "$context/volume/data"

echo "image.sh: $builder builds $name" >&2
case $builder in
  docker) docker build --quiet --tag "$name" --file "$here/$containerfile" "$context" ;;
  # OCI's format has no health check.
  podman | buildah) $builder build --quiet --format docker --tag "$name" --file "$here/$containerfile" "$context" ;;
  *) says "BUILDER is docker, podman or buildah, not $builder" ;;
esac
