use super::fixtures::*;
use crate::{domain::session_id::SessionId, store::Store};

pub(super) async fn sessions(store: &dyn Store) {
    let line = line(A);
    store.add_line(&line).await.unwrap();
    let [first, second, third] = [(); 3].map(|()| SessionId::generate().unwrap().digest());
    store.add_session(first, &line.phone_number, 100, 200).await.unwrap();
    assert_eq!(store.session(first, 199).await.unwrap(), Some(line.clone()));
    assert_eq!(store.session(first, 200).await.unwrap(), None, "a session ends when it says so");
    assert_eq!(store.session(second, 150).await.unwrap(), None);

    store.add_session(second, &line.phone_number, 100, 200).await.unwrap();
    store.remove_session(first).await.unwrap();
    assert_eq!(store.session(first, 150).await.unwrap(), None);
    assert!(store.session(second, 150).await.unwrap().is_some());

    assert!(store.set_passcode(&line.phone_number, "new").await.unwrap());
    assert_eq!(store.session(second, 150).await.unwrap(), None, "a new passcode ends sessions");
    assert_eq!(store.line_by_number(&line.phone_number).await.unwrap().unwrap().passcode_hash, "new");
    assert!(!store.set_passcode(&number(B), "new").await.unwrap());

    store.add_session(third, &line.phone_number, 100, 200).await.unwrap();
    store.remove_line(&line.phone_number).await.unwrap();
    assert_eq!(store.session(third, 150).await.unwrap(), None, "a removed line's sessions end");
}
