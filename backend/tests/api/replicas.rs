//! Several servers on one database, on each engine: each request may reach another one.

use backend::{
    config::{Database, Settings},
    store,
};
use futures_util::future::join_all;
use shared::api::paths;

use crate::{
    databases,
    dial_policy::{MOBILE, dials, ends, settings_with},
    helpers::{CHILD, LINE, PARENT, TestApp, settings},
};

/// Three servers on each engine, one after the other.
pub(crate) async fn on_each_engine(settings: impl Fn() -> Settings, check: impl AsyncFn([TestApp; 3])) {
    let folder = tempfile::tempdir().unwrap();
    for database in [Database::File(folder.path().join("sidetone.db")), databases::postgres().await] {
        let open = || async { store::open(&database).await.unwrap() };
        check([
            TestApp::start_with_store(settings(), open().await).await,
            TestApp::beside(settings(), open().await).await,
            TestApp::beside(settings(), open().await).await,
        ])
        .await;
    }
}

#[tokio::test]
async fn who_signs_in_on_one_is_signed_in_on_all_and_signs_out_of_all_at_once() {
    on_each_engine(settings, async |[one, other, third]| {
        let cookie = one.session_of(LINE).await;
        for app in [&one, &other, &third] {
            assert_eq!(app.post_as(&cookie, paths::TOKEN, &().into()).await.status(), 200);
        }
        assert!(other.delete_as(&cookie, paths::SESSION).await.status().is_success());
        for app in [&one, &other, &third] {
            assert_eq!(app.post_as(&cookie, paths::TOKEN, &().into()).await.status(), 401);
        }
    })
    .await;
}

/// Few enough that no store is slower than what Twilio is let wait: the store's own suite asks fifty.
#[tokio::test]
async fn calls_at_one_moment_get_no_more_than_one_server_would_grant() {
    let limited = || Settings { call_time_limit_s: 60, ..settings_with(|dial| dial.calls_at_once = 3) };
    on_each_engine(limited, async |apps| {
        let asked = join_all((0..12).map(|i| dials(&apps[i % 3], i, MOBILE))).await;
        let granted: Vec<_> = (0..12).filter(|i| asked[*i].contains("<Number")).collect();
        assert_eq!(granted.len(), 3);
        // The same call gets the same answer from another server.
        let again = join_all((0..12).map(|i| dials(&apps[(i + 1) % 3], i, MOBILE))).await;
        let same: Vec<_> = (0..12).filter(|i| again[*i].contains("<Number")).collect();
        assert_eq!(same, granted);
        // The end of one, told to whichever, makes room for one everywhere.
        ends(&apps[(granted[0] + 2) % 3], granted[0], "completed", "10").await;
        let more = join_all((100..106).map(|i| dials(&apps[i % 3], i, MOBILE))).await;
        assert_eq!(more.iter().filter(|twiml| twiml.contains("<Number")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_told_of_a_call_to_any_of_them_adds_up() {
    on_each_engine(settings, async |[one, other, third]| {
        let from = format!("client:{}", one.line.client_name);
        let call = [("CallSid", PARENT), ("From", &from), ("To", MOBILE)];
        one.twiml(paths::CALL_OUTGOING, &call).await;
        let end = [("DialCallSid", CHILD), ("DialCallStatus", "completed"), ("DialCallDuration", "8")];
        other.twiml(paths::DIAL_ACTION, &[&call[..], &end].concat()).await;
        let cookie = other.session_of(LINE).await;
        let record = third.call(&cookie, CHILD).await;
        assert_eq!(
            (&record["outcome"]["status"], &record["duration_s"]),
            (&"completed".into(), &8.into()),
            "{record}"
        );
    })
    .await;
}
