#!/usr/bin/env bash
# with_postgres.sh COMMAND...: runs a command beside a PostgreSQL server of its own, which is new, listens on no network and
# is gone afterwards. TEST_POSTGRES tells the command its address.
set -euo pipefail

bin=$(dirname "$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1)")
[ -x "$bin/postgres" ] || { echo "There is no PostgreSQL server: apt-get install postgresql" >&2; exit 1; }
folder=$(mktemp -d)
# The server refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
stop() {
  code=$?
  "${as[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop || true
  # What it said, where something went wrong.
  [ "$code" = 0 ] || grep -E "FATAL|PANIC|terminated|ERROR" "$folder/log" | sort | uniq -c | sort -rn | head -20 >&2 || true
  rm -rf "$folder"
}
trap stop EXIT
cd "$folder"
"${as[@]}" "$bin/initdb" --pgdata "$folder/data" --username sidetone --auth trust --encoding UTF8 --locale C.UTF-8 \
  --no-sync >"$folder/initdb.log" || { cat "$folder/initdb.log" >&2; exit 1; }
"${as[@]}" "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait --silent \
  --options "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c max_connections=400" start ||
  { cat "$folder/log" >&2; exit 1; }
cd - >/dev/null
TEST_POSTGRES="postgresql://sidetone@localhost/postgres?host=$folder" "$@"
