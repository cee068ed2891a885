use crate::{
    domain::sign_in_throttle::{Limit, Subject},
    store::{Attempt, Store},
};

const LIMITS: &[Limit] = &[Limit { most: 2, window_s: 10 }, Limit { most: 3, window_s: 100 }];

fn subject(key: &str) -> Subject {
    Subject { key: key.into(), of: "number", limits: LIMITS }
}

pub(super) async fn attempts(store: &dyn Store) {
    let begin = async |keys: &[&str], now_s| {
        let subjects: Vec<_> = keys.iter().map(|key| subject(key)).collect();
        store.begin_attempt(&subjects, now_s).await.unwrap()
    };
    let last = |attempt: &Attempt| match attempt {
        Attempt::Counted { last_of, .. } => *last_of,
        Attempt::TooMany => panic!("too many"),
    };
    assert_eq!(last(&begin(&["a"], 100).await), None);
    let second = begin(&["a", "b"], 101).await;
    assert_eq!(last(&second), Some("number"));
    assert_eq!(begin(&["a", "c"], 102).await, Attempt::TooMany);
    assert_eq!(last(&begin(&["b"], 103).await), Some("number"), "an attempt that is refused is not counted");

    let Attempt::Counted { ids, .. } = second else { panic!("it was counted") };
    assert_eq!(ids.len(), 2);
    store.forget_attempt(&ids).await.unwrap();
    assert_eq!(last(&begin(&["a"], 104).await), Some("number"), "it was no failure");
    assert_eq!(begin(&["a"], 105).await, Attempt::TooMany);

    // The short window has passed, then the long one.
    assert_eq!(last(&begin(&["a"], 115).await), Some("number"));
    assert_eq!(begin(&["a"], 130).await, Attempt::TooMany);
    assert_eq!(last(&begin(&["a"], 204).await), None);
    store.forget_attempts_of("a").await.unwrap();
    assert_eq!(last(&begin(&["a"], 205).await), None);
    assert_eq!(begin(&[], 205).await, Attempt::Counted { ids: Vec::new(), last_of: None });
}
