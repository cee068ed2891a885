use super::fixtures::*;
use crate::{
    domain::browser_secret::SecretDigest,
    store::{OpenIdLogin, Store},
};

pub(super) async fn logins(store: &dyn Store) {
    let login = |n| OpenIdLogin {
        digest: SecretDigest([n; 32]),
        state: "state".into(),
        nonce: "nonce".into(),
        verifier: "verifier".into(),
        expires_at: 200,
    };
    store.add_login(&login(1), 100).await.unwrap();
    store.add_login(&login(2), 100).await.unwrap();
    assert_eq!(store.take_login(login(1).digest, 150).await.unwrap(), Some(login(1)));
    assert_eq!(store.take_login(login(1).digest, 150).await.unwrap(), None, "once");
    assert_eq!(store.take_login(login(2).digest, 200).await.unwrap(), None, "in time");
    assert_eq!(store.take_login(login(3).digest, 150).await.unwrap(), None);
}

pub(super) async fn emails(store: &dyn Store) {
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
