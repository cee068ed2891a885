//! The suite through PgBouncer in transaction mode, in front of the same server. The one of Debian 12 knows no prepared
//! statements: a statement that counts on a connection of its own fails here, as soon as several are under way.

use std::sync::Arc;

use super::{fixtures::*, postgres::database, suite::suite};
use crate::{
    config::{Database, PostgresUrl},
    store::{Store, open},
};

// What is asked in many ways; who asks very often does so in the same ways.
suite!(on empty => {
    lines: crate::lines::store::contract::lines,
    emails: crate::lines::store::contract::emails,
    sessions: crate::sign_in::store::sessions::contract::ends,
    devices: crate::sign_in::store::sessions::contract::devices,
    passcodes: crate::sign_in::store::sessions::contract::passcodes,
    sign_in_attempts: crate::sign_in::store::attempts::contract::attempts,
    audit_log: crate::audit::store::contract::audit,
    call_log: crate::calls::store::contract::calls,
    ratings: crate::calls::store::contract::ratings,
    busy_lines: crate::calls::store::contract_busy::busy,
    ends_of_sessions_are_told: crate::events::store::contract::ends_of_sessions,
    dial_limits: crate::dialling::store::contract::limits,
});

#[tokio::test]
async fn at_once() {
    crate::calls::store::contract_busy::at_once(thrice().await).await;
    crate::events::store::contract::at_once(thrice().await).await;
}

/// A new database, as it is seen through the pooler.
async fn through_the_pooler() -> (PostgresUrl, PostgresUrl) {
    let (Database::Postgres(direct), _) = database().await else { unreachable!() };
    let pooler = std::env::var("TEST_PGBOUNCER").unwrap();
    let name = direct.options().get_database().unwrap();
    (PostgresUrl::parse(&format!("{pooler}&dbname={name}")).unwrap(), direct)
}

async fn pooled() -> Database {
    let (pooler, direct) = through_the_pooler().await;
    Database::Postgres(pooler.with_direct(direct))
}

async fn empty() -> Arc<dyn Store> {
    open(&pooled().await).await.unwrap()
}

async fn thrice() -> [Arc<dyn Store>; 3] {
    let database = pooled().await;
    let (one, other, third) = tokio::join!(open(&database), open(&database), open(&database));
    [one.unwrap(), other.unwrap(), third.unwrap()]
}

/// Many more at once than the pooler has connections.
#[tokio::test]
async fn statements_of_many_do_not_meet() {
    let stores = thrice().await;
    stores[0].add_line(&line(A)).await.unwrap();
    stores[0].add_line(&line(B)).await.unwrap();
    let asking = (0..60).map(|i| {
        let store = Arc::clone(&stores[i % 3]);
        tokio::spawn(async move {
            for _ in 0..10 {
                let wanted = number([A, B][i % 2]);
                assert_eq!(store.line_by_number(&wanted).await.unwrap().unwrap().phone_number, wanted);
                assert!(store.emails().await.unwrap().is_empty());
                assert_eq!(store.lines().await.unwrap().len(), 2);
            }
        })
    });
    for asked in asking.collect::<Vec<_>>() {
        asked.await.unwrap();
    }
}

/// What somebody is told who has not said that there is one, before anything is mixed up.
#[tokio::test]
async fn a_pooler_that_nobody_has_named_is_seen() {
    let (pooler, direct) = through_the_pooler().await;
    for url in [pooler.clone(), direct.with_direct(pooler)] {
        let error = open(&Database::Postgres(url)).await.err().unwrap().to_string();
        assert!(error.contains("`database_direct`"), "{error}");
    }
}
