use std::{collections::BTreeSet, sync::Arc};

use futures_util::future::join_all;
use shared::api::{CallDirection, CallOutcome};

use crate::{
    calls::{busy::BusySince, call::CallReport},
    events::event::{Event, MOST_KEPT, Since},
    lines::Credential,
    sign_in::{
        browser_secret::{BrowserSecret, SecretDigest},
        session::{NewSession, Proof},
    },
    store::{Store, contract::fixtures::*},
};

/// Kind and payload of what has happened after that one.
async fn told(store: &dyn Store, after: i64) -> Vec<(String, String)> {
    match store.events(&number(A), after).await.unwrap() {
        Since::Events(events) => events.into_iter().map(|event| (event.kind, event.payload)).collect(),
        gap @ Since::Gap { .. } => panic!("{gap:?}"),
    }
}

async fn sign_in(store: &dyn Store, proof: Proof<'_>) -> SecretDigest {
    let digest = BrowserSecret::generate().unwrap().digest();
    let session = NewSession {
        digest,
        id: digest.short(),
        line: number(A),
        device: String::new(),
        device_digest: digest,
        signed_in_at: 100,
        expires_at: 200,
    };
    assert!(store.add_session(&session, proof, 50).await.unwrap());
    digest
}

/// Whatever ends sessions tells so, once.
pub(crate) async fn ends_of_sessions(store: &dyn Store) {
    let hash = Proof::PasscodeHash("hash");
    store.add_line(&line(A)).await.unwrap();
    assert_eq!((store.last_event().await.unwrap(), told(store, 0).await), (0, vec![]));
    let mut seen = 0;
    let mut ended = async |reason: &str, what: &str| {
        let ended = ("sessions_ended".to_owned(), format!(r#"{{"reason":"{reason}"}}"#));
        assert_eq!(told(store, seen).await, [ended], "{what}");
        seen = store.last_event().await.unwrap();
    };
    let session = sign_in(store, hash).await;
    for _ in 0..2 {
        store.remove_session(session).await.unwrap();
    }
    ended("signed_out", "one signs out").await;
    let session = sign_in(store, hash).await;
    assert!(store.remove_session_of(&number(A), &session.short()).await.unwrap());
    assert!(!store.remove_session_of(&number(A), &session.short()).await.unwrap());
    ended("signed_out", "one is signed out").await;
    sign_in(store, hash).await;
    sign_in(store, hash).await;
    assert_eq!(store.remove_sessions(&number(A)).await.unwrap(), 2);
    assert_eq!(store.remove_sessions(&number(A)).await.unwrap(), 0);
    ended("signed_out", "all are signed out").await;
    assert!(store.replace_passcode(&number(A), "hash", "other", None).await.unwrap());
    assert!(!store.replace_passcode(&number(A), "hash", "other", None).await.unwrap());
    ended("passcode", "it is changed").await;
    store.set_credential(&number(A), &Credential::Passcode { hash: "hash".into() }).await.unwrap();
    ended("passcode", "it is set").await;
    store.add_email(&number(A), "a@example.com").await.unwrap();
    assert!(store.remove_email(&number(A), "a@example.com").await.unwrap());
    assert!(!store.remove_email(&number(A), "a@example.com").await.unwrap());
    ended("email", "it is taken away").await;
    store.add_email(&number(A), "a@example.com").await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    sign_in(store, Proof::Email("a@example.com")).await;
    store.add_email(&number(B), "a@example.com").await.unwrap();
    ended("email", "another line gets it").await;
    assert!(store.remove_line(&number(A)).await.unwrap());
    assert!(!store.remove_line(&number(A)).await.unwrap());
    ended("removed", "the line is gone").await;
    store.add_line(&line(A)).await.unwrap();
    store.remove_line_but_the_last_admins(&number(A)).await.unwrap();
    ended("removed", "an admin has removed it").await;
    assert!(matches!(store.events(&number(B), 0).await.unwrap(), Since::Events(none) if none.is_empty()));
}

fn incoming(call: u32, outcome: CallOutcome) -> CallReport {
    let direction = CallDirection::Incoming;
    CallReport { parent_sid: format!("CA{call:032x}"), direction, ..report(outcome, 10_000, 0) }
}

fn missed(call: u32) -> (String, String) {
    ("missed_call".to_owned(), format!(r#"{{"call_sid":"CA{call:032x}"}}"#))
}

/// However often and in whatever words it is reported, a missed call is told once.
pub(crate) async fn missed_calls(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    let since = BusySince::at(10_000, 30, 600);
    assert!(store.ring_line(&incoming(1, CallOutcome::Ringing), since).await.unwrap());
    for _ in 0..2 {
        assert!(!store.ring_line(&incoming(2, CallOutcome::Ringing), since).await.unwrap());
    }
    assert_eq!(told(store, 0).await, [missed(2)], "the line is busy");
    for outcome in [CallOutcome::NoAnswer, CallOutcome::NoAnswer, CallOutcome::Canceled] {
        store.report_call(&incoming(1, outcome)).await.unwrap();
    }
    let declined = CallReport { child_sid: Some(CHILD.into()), ..incoming(3, CallOutcome::Busy) };
    store.report_call(&declined).await.unwrap();
    store.report_call(&incoming(4, CallOutcome::Completed)).await.unwrap();
    let own = CallReport { direction: CallDirection::Outgoing, ..incoming(5, CallOutcome::NoAnswer) };
    store.report_call(&own).await.unwrap();
    assert_eq!(told(store, 0).await, [missed(2), missed(1)]);
    let last = store.last_event().await.unwrap();
    assert_eq!(told(store, last - 1).await, [missed(1)]);
    assert_eq!(store.lines_with_events(last - 1).await.unwrap(), BTreeSet::from([number(A)]));
    assert!(store.lines_with_events(last).await.unwrap().is_empty());

    // Some at one moment, not all of them missed.
    let some = (20..40).map(|call| {
        let taken = call % 4 == 0;
        incoming(call, if taken { CallOutcome::Completed } else { CallOutcome::Canceled })
    });
    let some: Vec<_> = some.collect();
    join_all(some.iter().map(|report| store.report_call(report))).await;
    let told: BTreeSet<_> = told(store, last).await.into_iter().collect();
    assert_eq!(told, (20..40).filter(|call| call % 4 != 0).map(missed).collect());
}

/// Who was away for long is told that it was too long, and never less than what has happened.
pub(crate) async fn gaps(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    for call in 0..MOST_KEPT + 10 {
        store.report_call(&incoming(call, CallOutcome::NoAnswer)).await.unwrap();
    }
    let last = store.last_event().await.unwrap();
    let kept = i64::from(MOST_KEPT);
    for after in [0, last - kept - 1, last - kept] {
        assert_eq!(store.events(&number(A), after).await.unwrap(), Since::Gap { last }, "{after}");
    }
    let all = told(store, last - kept + 1).await;
    assert_eq!(all.len(), MOST_KEPT as usize - 1);
    assert_eq!(all.last(), Some(&missed(MOST_KEPT + 9)));
    let other = store.events(&number(A), last + 1).await.unwrap();
    assert_eq!(other, Since::Gap { last }, "the number of another database");
}

/// Whoever reads on from where it is has all of them, each once, however many write on whatever server.
pub(crate) async fn at_once(stores: [Arc<dyn Store>; 3]) {
    const WRITTEN: u32 = 90;
    stores[0].add_line(&line(A)).await.unwrap();
    let writing = (0..WRITTEN).map(|call| {
        let store = Arc::clone(&stores[call as usize % 3]);
        tokio::spawn(async move { store.report_call(&incoming(call, CallOutcome::NoAnswer)).await.unwrap() })
    });
    let writing: Vec<_> = writing.collect();
    let mut listener = stores[2].listen();
    let (mut after, mut read) = (0, Vec::new());
    while read.len() < WRITTEN as usize {
        let Since::Events(events) = stores[2].events(&number(A), after).await.unwrap() else { panic!() };
        for Event { id, payload, .. } in events {
            assert!(id > after);
            after = id;
            read.push(payload);
        }
        if read.len() < WRITTEN as usize {
            listener.heard().await;
        }
    }
    for write in writing {
        write.await.unwrap();
    }
    assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), WRITTEN as usize);
}
