#!/usr/bin/env bash
# with_postgres.sh COMMAND...: runs a command beside a PostgreSQL server of its own, which is new, listens on no network and
# is gone afterwards, and PgBouncer in front of it. TEST_POSTGRES and TEST_PGBOUNCER tell the command their addresses.
# POSTGRES_FSYNC=on: what it says is written has reached the disk, as on a host.
set -euo pipefail

bin=$(dirname "$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1)")
[ -x "$bin/postgres" ] || { echo "There is no PostgreSQL server: apt-get install postgresql" >&2; exit 1; }
pgbouncer=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
[ -x "$pgbouncer" ] || { echo "There is no PgBouncer: apt-get install pgbouncer" >&2; exit 1; }
folder=$(mktemp -d)
# The server refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
stop() {
  code=$?
  [ ! -e "$folder/pooler/pid" ] || kill "$(cat "$folder/pooler/pid")" || true
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
  --options "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=${POSTGRES_FSYNC:-off} -c max_connections=400" start ||
  { cat "$folder/log" >&2; exit 1; }
# Few connections for each database, so that its clients share them.
"${as[@]}" mkdir "$folder/pooler"
cat >"$folder/pooler.ini" <<END
[databases]
* = host=$folder user=sidetone
[pgbouncer]
pool_mode = transaction
auth_type = any
listen_addr =
unix_socket_dir = $folder/pooler
pidfile = $folder/pooler/pid
logfile = $folder/pooler/log
max_client_conn = 400
default_pool_size = 3
server_idle_timeout = 5
END
"${as[@]}" "$pgbouncer" --quiet --daemon "$folder/pooler.ini" || { cat "$folder/pooler/log" >&2; exit 1; }
cd - >/dev/null
TEST_POSTGRES="postgresql://sidetone@localhost/postgres?host=$folder" \
  TEST_PGBOUNCER="postgresql://sidetone@localhost:6432/postgres?host=$folder/pooler" "$@"
