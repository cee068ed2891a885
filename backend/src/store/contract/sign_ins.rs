use crate::store::Store;

pub(super) async fn failed_sign_ins(store: &dyn Store) {
    for at in [100, 150, 160] {
        store.add_failed_sign_in("a", at, 90).await.unwrap();
    }
    store.add_failed_sign_in("b", 160, 90).await.unwrap();
    assert_eq!(store.failed_sign_ins("a", 100).await.unwrap(), 3);
    assert_eq!(store.failed_sign_ins("a", 101).await.unwrap(), 2);
    store.forget_failed_sign_ins("a").await.unwrap();
    assert_eq!(store.failed_sign_ins("a", 0).await.unwrap(), 0);
    assert_eq!(store.failed_sign_ins("b", 0).await.unwrap(), 1);
}
