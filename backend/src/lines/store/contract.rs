use crate::store::{Store, StoreError, contract::fixtures::*};

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
