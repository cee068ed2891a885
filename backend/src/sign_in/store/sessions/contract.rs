use crate::{
    lines::Credential,
    sign_in::{
        browser_secret::{BrowserSecret, SecretDigest},
        session::{NewSession, Proof},
    },
    store::{Store, contract::fixtures::*},
};

const IDLE_S: u32 = 50;

fn digest() -> SecretDigest {
    BrowserSecret::generate().unwrap().digest()
}

fn session(digest: SecretDigest, id: &str) -> NewSession {
    NewSession {
        digest,
        id: id.into(),
        line: number(A),
        device: "Chrome on Linux".into(),
        device_digest: SecretDigest([id.as_bytes()[0]; 32]),
        signed_in_at: 100,
        expires_at: 200,
    }
}

async fn add(store: &dyn Store, id: &str) -> SecretDigest {
    let new = session(digest(), id);
    let Some(Credential::Passcode { hash }) =
        store.line_by_number(&new.line).await.unwrap().map(|line| line.credential)
    else {
        panic!("the line has no passcode");
    };
    assert!(store.add_session(&new, Proof::PasscodeHash(&hash), IDLE_S).await.unwrap());
    store.remember_device(new.device_digest, &new.line, 100).await.unwrap();
    new.digest
}

async fn is_known(store: &dyn Store, id: &str) -> bool {
    !store.lines_of_device(SecretDigest([id.as_bytes()[0]; 32])).await.unwrap().is_empty()
}

pub(crate) async fn ends(store: &dyn Store) {
    let line = line(A);
    store.add_line(&line).await.unwrap();
    let first = add(store, "a").await;
    let told = store.session(first, 149, IDLE_S).await.unwrap().unwrap();
    assert_eq!(told.line, line);
    assert_eq!((told.session.id.as_str(), told.session.device.as_str()), ("a", "Chrome on Linux"));
    assert_eq!(
        (told.session.signed_in_at, told.session.last_seen_at, told.session.expires_at),
        (100, 100, 200)
    );
    assert!(store.session(first, 150, IDLE_S).await.unwrap().is_none(), "nobody used it");
    assert!(store.session(digest(), 120, IDLE_S).await.unwrap().is_none());

    for at in [149, 130, 198] {
        store.touch_session(first, at).await.unwrap();
    }
    assert_eq!(store.session(first, 199, IDLE_S).await.unwrap().unwrap().session.last_seen_at, 198);
    assert!(store.session(first, 200, IDLE_S).await.unwrap().is_none(), "it ends although it is used");

    let second = add(store, "b").await;
    store.remove_session(second).await.unwrap();
    assert!(store.session(second, 101, IDLE_S).await.unwrap().is_none());
    let third = add(store, "c").await;
    store.remove_line(&line.phone_number).await.unwrap();
    assert!(store.session(third, 101, IDLE_S).await.unwrap().is_none(), "a removed line's sessions end");
    assert!(!is_known(store, "c").await);
}

/// The clock was ahead when somebody signed in. From the next use on the session lasts as long as any other.
pub(crate) async fn clock_ahead(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    let session = add(store, "a").await;
    store.touch_session(session, 10).await.unwrap();
    let told = store.session(session, 10, IDLE_S).await.unwrap().unwrap().session;
    assert_eq!((told.signed_in_at, told.last_seen_at, told.expires_at), (10, 10, 110));
    assert!(store.session(session, 10 + i64::from(IDLE_S), IDLE_S).await.unwrap().is_none());
    for at in [50, 90] {
        store.touch_session(session, at).await.unwrap();
    }
    assert!(store.session(session, 109, IDLE_S).await.unwrap().is_some());
    assert!(store.session(session, 110, IDLE_S).await.unwrap().is_none());
}

pub(crate) async fn devices(store: &dyn Store) {
    for number in [A, B] {
        store.add_line(&line(number)).await.unwrap();
    }
    let (a, b, c) = (add(store, "a").await, add(store, "b").await, add(store, "c").await);
    store.touch_session(b, 120).await.unwrap();
    let ids = async |now_s| {
        let sessions = store.sessions(&number(A), now_s, IDLE_S).await.unwrap();
        sessions.into_iter().map(|session| session.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(130).await, ["b", "a", "c"]);
    assert_eq!(ids(160).await, ["b"]);
    assert!(store.sessions(&number(B), 130, IDLE_S).await.unwrap().is_empty());

    assert!(!store.remove_session_of(&number(B), "a").await.unwrap(), "another line's");
    assert!(!store.remove_session_of(&number(A), "x").await.unwrap());
    assert!(store.remove_session_of(&number(A), "a").await.unwrap());
    assert!(store.session(a, 120, IDLE_S).await.unwrap().is_none());
    assert!(!is_known(store, "a").await && is_known(store, "b").await);

    assert_eq!(store.remove_sessions(&number(A)).await.unwrap(), 2);
    assert!(store.session(c, 120, IDLE_S).await.unwrap().is_none());
    assert!(!is_known(store, "b").await);

    // A browser may be several lines' phone; of very many browsers, the last seen are remembered.
    let device = SecretDigest([0; 32]);
    store.remember_device(device, &number(B), 99).await.unwrap();
    store.remember_device(device, &number(A), 99).await.unwrap();
    assert_eq!(store.lines_of_device(device).await.unwrap().len(), 2);
    for n in 1..=50 {
        store.remember_device(SecretDigest([n; 32]), &number(A), 100 + i64::from(n)).await.unwrap();
    }
    assert_eq!(store.lines_of_device(device).await.unwrap(), [number(B)]);
    assert_eq!(store.lines_of_device(SecretDigest([1; 32])).await.unwrap(), [number(A)]);
}

/// Between the check of a passcode and the session somebody may change the passcode.
pub(crate) async fn stale_proofs(store: &dyn Store) {
    for number in [A, B] {
        store.add_line(&line(number)).await.unwrap();
    }
    let begin = async |proof: Proof<'_>| {
        let new = session(digest(), "a");
        let begun = store.add_session(&new, proof, IDLE_S).await.unwrap();
        assert_eq!(store.session(new.digest, 101, IDLE_S).await.unwrap().is_some(), begun);
        store.remove_session(new.digest).await.unwrap();
        begun
    };
    assert!(begin(Proof::PasscodeHash("hash")).await);
    assert!(store.replace_passcode(&number(A), "hash", "new", None).await.unwrap());
    assert!(!begin(Proof::PasscodeHash("hash")).await && begin(Proof::PasscodeHash("new")).await);

    let email = "ann@example.com";
    assert!(!begin(Proof::Email(email)).await);
    store.add_email(&number(A), email).await.unwrap();
    assert!(begin(Proof::Email(email)).await);
    let last = add(store, "b").await;
    let lasts = async || store.session(last, 101, IDLE_S).await.unwrap().is_some();
    assert!(store.add_email(&number(A), email).await.unwrap());
    assert!(!store.add_email(&number("+14155550198"), email).await.unwrap());
    assert!(lasts().await, "the address is still this line's");
    store.add_email(&number(B), email).await.unwrap();
    assert!(!lasts().await, "who had the address may have begun it");
    assert!(!begin(Proof::Email(email)).await, "another line's");
    store.remove_email(&number(B), email).await.unwrap();
    assert!(!begin(Proof::Email(email)).await);

    store.remove_line(&number(A)).await.unwrap();
    assert!(!begin(Proof::PasscodeHash("new")).await);
}

pub(crate) async fn passcodes(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    let (a, b) = (add(store, "a").await, add(store, "b").await);
    let replace =
        async |old: &str, new: &str, keep| store.replace_passcode(&number(A), old, new, keep).await.unwrap();
    assert!(!replace("wrong", "new", None).await);
    assert!(store.session(b, 120, IDLE_S).await.unwrap().is_some(), "nothing is changed");
    assert!(replace("hash", "new", Some(a)).await);
    assert!(store.session(a, 120, IDLE_S).await.unwrap().is_some(), "who changed it stays");
    assert!(store.session(b, 120, IDLE_S).await.unwrap().is_none());
    assert!(is_known(store, "a").await && !is_known(store, "b").await);

    let credential = async || store.line_by_number(&number(A)).await.unwrap().unwrap().credential;
    assert_eq!(credential().await, Credential::Passcode { hash: "new".into() });
    let code = Credential::OneTimeCode { hash: "code".into(), expires_at: 500 };
    assert!(store.set_credential(&number(A), &code).await.unwrap());
    assert_eq!(credential().await, code);
    assert!(store.session(a, 120, IDLE_S).await.unwrap().is_none(), "sessions end");
    assert!(!is_known(store, "a").await);
    assert!(replace("code", "chosen", None).await);
    assert!(!replace("code", "twice", None).await, "a code is good once");
    assert_eq!(credential().await, Credential::Passcode { hash: "chosen".into() });
    assert!(store.set_credential(&number(A), &Credential::Nothing).await.unwrap());
    assert_eq!(credential().await, Credential::Nothing);
    assert!(!store.set_credential(&number(B), &code).await.unwrap());
}
