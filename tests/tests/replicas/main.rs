//! Several servers on one PostgreSQL behind HAProxy, while they are killed and replaced and the database fails. Run through
//! `tests/scripts/with_postgres.sh`, as `make e2e` does.

mod calls;
mod database;
mod limits;
mod sessions;
