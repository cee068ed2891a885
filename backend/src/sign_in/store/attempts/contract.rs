use super::Attempt;
use crate::{
    failures::Limit,
    sign_in::throttle::{CountedFor, Full, MOST_ADDRESSES, Subject},
    store::Store,
};

const LIMITS: &[Limit] = &[Limit { most: 2, window_s: 10 }, Limit { most: 3, window_s: 100 }];

fn subject(key: &str) -> Subject {
    Subject { key: key.into(), of: CountedFor::Number, limits: LIMITS }
}

fn last(attempt: Attempt) -> Option<CountedFor> {
    match attempt {
        Attempt::Counted { last_of } => last_of,
        Attempt::TooMany(full) => panic!("too many: {full:?}"),
    }
}

pub(crate) async fn attempts(store: &dyn Store) {
    let begin = async |keys: &[&str], now_s| {
        let subjects: Vec<_> = keys.iter().map(|key| subject(key)).collect();
        store.begin_attempt(&subjects, now_s).await.unwrap()
    };
    let too_many = |wait_s| Attempt::TooMany(vec![Full { of: CountedFor::Number, wait_s }]);
    assert_eq!(last(begin(&["a"], 100).await), None);
    assert_eq!(last(begin(&["a", "b"], 101).await), Some(CountedFor::Number));
    assert_eq!(begin(&["a", "c"], 102).await, too_many(8));
    assert_eq!(
        last(begin(&["b"], 103).await),
        Some(CountedFor::Number),
        "an attempt that is refused is not counted"
    );

    store.forget_attempt(&[subject("a"), subject("b")], 101).await.unwrap();
    assert_eq!(last(begin(&["a"], 104).await), Some(CountedFor::Number), "it was no failure");
    assert_eq!(begin(&["a"], 105).await, too_many(5));

    let waits = store.waits(&[subject("a"), subject("b"), subject("nobody")], 105).await.unwrap();
    assert_eq!(waits, [5, 0, 0], "looking counts for nothing");

    // The short window has passed, then the long one.
    assert_eq!(last(begin(&["a"], 115).await), Some(CountedFor::Number));
    assert_eq!(begin(&["a"], 130).await, too_many(70));
    assert_eq!(last(begin(&["a"], 204).await), None);
    store.forget_attempts_of("a").await.unwrap();
    assert_eq!(last(begin(&["a"], 205).await), None);
    assert_eq!(begin(&[], 205).await, Attempt::Counted { last_of: None });
    store.forget_attempt(&[subject("nobody")], 205).await.unwrap();
}

/// The clock was ten years ahead once.
pub(crate) async fn attempts_from_the_future(store: &dyn Store) {
    const AHEAD_S: i64 = 315_360_000;
    let now_s = 1_000;
    for at in [now_s + AHEAD_S, now_s + AHEAD_S + 1] {
        store.begin_attempt(&[subject("a")], at).await.unwrap();
    }
    assert_eq!(last(store.begin_attempt(&[subject("a")], now_s).await.unwrap()), None);
}

/// More addresses than are kept, and as many numbers: the count of a number is what it was.
pub(crate) async fn a_flood_of_attempts(store: &dyn Store) {
    let of = |of, key: &str| Subject { of, ..subject(key) };
    let begin = async |subjects: &[Subject], now_s| store.begin_attempt(subjects, now_s).await.unwrap();
    let ours = [of(CountedFor::Number, "number:a"), of(CountedFor::Address, "address:a")];
    begin(&ours, 1_000).await;
    // Many in one attempt, for speed.
    const AT_ONCE: i64 = 500;
    for n in 0..MOST_ADDRESSES / AT_ONCE {
        let keys = (n * AT_ONCE..(n + 1) * AT_ONCE).map(|key| key.to_string());
        let flood = keys.flat_map(|key| {
            [of(CountedFor::Number, &key), of(CountedFor::Address, &format!("address:{key}"))]
        });
        begin(&flood.collect::<Vec<_>>(), 1_001 + n / 20).await;
    }
    assert_eq!(last(begin(&ours[..1], 1_008).await), Some(CountedFor::Number), "still counted");
    assert_eq!(last(begin(&ours[1..], 1_008).await), None, "the address of the longest ago makes room");
}
