use super::fixtures::*;
use crate::store::{Store, StoreError};

pub(super) async fn lines(store: &dyn Store) {
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
