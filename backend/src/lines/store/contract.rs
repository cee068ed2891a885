use std::sync::Arc;

use crate::{
    lines::{Changed, Line, LineLimits},
    store::{Store, StoreError, contract::fixtures::*},
};

pub(crate) async fn lines(store: &dyn Store) {
    store.ping().await.unwrap();
    let (a, b) = (line(A), line(B));
    store.add_line(&a).await.unwrap();
    store.add_line(&b).await.unwrap();
    assert!(matches!(store.add_line(&line(A)).await, Err(StoreError::LineExists)));
    assert_eq!(store.lines().await.unwrap(), [b.clone(), a.clone()]);
    assert_eq!(store.line_by_number(&a.phone_number).await.unwrap().as_ref(), Some(&a));
    assert_eq!(store.line_by_client(&b.client_name).await.unwrap(), Some(b));
    assert_eq!(store.line_by_client("nobody' OR '1'='1").await.unwrap(), None);
    assert!(store.remove_line(&a.phone_number).await.unwrap());
    assert!(!store.remove_line(&a.phone_number).await.unwrap());
    assert_eq!(store.line_by_number(&a.phone_number).await.unwrap(), None);
}

pub(crate) async fn emails(store: &dyn Store) {
    for number in [A, B] {
        store.add_line(&line(number)).await.unwrap();
    }
    let by_email = async |email| store.line_by_email(email).await.unwrap().map(|line| line.phone_number);
    assert!(store.add_email(&number(A), "ann@example.com").await.unwrap());
    assert!(store.add_email(&number(A), "bob@example.com").await.unwrap());
    assert!(!store.add_email(&number("+14155550198"), "eve@example.com").await.unwrap());
    assert_eq!(by_email("ann@example.com").await, Some(number(A)));
    assert_eq!(by_email("eve@example.com").await, None);
    assert!(store.add_email(&number(B), "ann@example.com").await.unwrap());
    assert_eq!(by_email("ann@example.com").await, Some(number(B)), "one line's, the last one's");
    assert_eq!(
        store.emails().await.unwrap(),
        [(number(B), "ann@example.com".to_owned()), (number(A), "bob@example.com".to_owned())]
    );
    assert!(!store.remove_email(&number(A), "ann@example.com").await.unwrap());
    assert!(store.remove_email(&number(B), "ann@example.com").await.unwrap());
    assert_eq!(by_email("ann@example.com").await, None);
    store.remove_line(&number(A)).await.unwrap();
    assert!(store.emails().await.unwrap().is_empty());
}

pub(crate) async fn names_and_limits(store: &dyn Store) {
    let limits = LineLimits { calls_at_once: Some(5), minutes_per_day: Some(0) };
    let a = Line { admin: true, limits, ..line(A) };
    store.add_line(&a).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
    let kept = async || store.line_by_number(&number(A)).await.unwrap().unwrap();
    assert_eq!(kept().await, a);
    assert!(store.rename_line(&number(A), "Front desk").await.unwrap());
    let none = LineLimits { minutes_per_day: None, ..limits };
    assert!(store.set_limits(&number(A), none).await.unwrap());
    assert_eq!(kept().await, Line { label: "Front desk".into(), limits: none, ..a });
    let other = store.line_by_number(&number(B)).await.unwrap().unwrap();
    assert_eq!(
        (other.label.as_str(), other.limits),
        ("Reception", LineLimits::default()),
        "another line's stay"
    );
    assert!(!store.rename_line(&number("+14155550198"), "").await.unwrap());
    assert!(!store.set_limits(&number("+14155550198"), limits).await.unwrap());
}

pub(crate) async fn admins(store: &dyn Store) {
    for number in [A, B] {
        store.add_line(&line(number)).await.unwrap();
    }
    let set = async |line, admin, may_leave_none| {
        store.set_admin(&number(line), admin, may_leave_none).await.unwrap()
    };
    let remove = async |line| store.remove_line_but_the_last_admins(&number(line)).await.unwrap();
    assert_eq!(set("+14155550198", true, false).await, Changed::NoLine);
    assert_eq!(set(A, false, false).await, Changed::Done, "it was none");
    assert_eq!(set(A, true, false).await, Changed::Done);
    assert!(store.line_by_number(&number(A)).await.unwrap().unwrap().admin);
    assert_eq!(set(A, false, false).await, Changed::LastAdmin);
    assert_eq!(remove(A).await, Changed::LastAdmin);
    assert!(store.line_by_number(&number(A)).await.unwrap().unwrap().admin, "nothing is changed");
    assert_eq!(set(B, true, false).await, Changed::Done);
    assert_eq!(set(A, false, false).await, Changed::Done);
    assert_eq!(set(B, false, true).await, Changed::Done, "there may be none");
    assert_eq!(remove(A).await, Changed::Done, "no admin's");
    assert_eq!(remove(A).await, Changed::NoLine);
    assert_eq!(set(B, true, false).await, Changed::Done);
    assert!(store.remove_line(&number(B)).await.unwrap(), "the command line may");
}

/// Each by another replica.
pub(crate) async fn at_once([one, other, _]: [Arc<dyn Store>; 3]) {
    for round in 0..10 {
        for number in [A, B] {
            one.add_line(&Line { admin: true, ..line(number) }).await.unwrap();
        }
        let (a, b) = (number(A), number(B));
        let (first, second) = if round % 2 == 0 {
            tokio::join!(one.remove_line_but_the_last_admins(&b), other.remove_line_but_the_last_admins(&a))
        } else {
            tokio::join!(one.set_admin(&b, false, false), other.set_admin(&a, false, false))
        };
        let mut said = [first.unwrap(), second.unwrap()];
        said.sort_by_key(|said| *said == Changed::LastAdmin);
        assert_eq!(said, [Changed::Done, Changed::LastAdmin]);
        let lines = one.lines().await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.admin).count(), 1);
        for line in lines {
            one.remove_line(&line.phone_number).await.unwrap();
        }
    }
}
