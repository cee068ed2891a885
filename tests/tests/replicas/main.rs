//! Several servers on one PostgreSQL behind HAProxy, while they are killed and replaced. Run through
//! `tests/scripts/with_postgres.sh`, as `make e2e` does.

mod calls;
mod limits;
mod sessions;
