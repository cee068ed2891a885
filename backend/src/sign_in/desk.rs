//! What all ways to sign in share: the limits, the check of a secret, the session that begins.

use std::net::IpAddr;

use super::{
    browser_secret::{BrowserSecret, SecretDigest},
    cookies::{DEVICE, SESSION},
    device_name::device_name,
    one_time_code,
    passcodes::Turn,
    session::{NewSession, Proof},
    store::attempts::Attempt,
    throttle::{self, CountedFor, Subject},
};
use crate::{
    audit::event::AuditEvent,
    clock,
    http::{
        complaints::Kind,
        error::{ApiError, Cause},
        extract::client_address,
        state::AppState,
    },
    lines::{Credential, Line},
    store::StoreError,
};
use actix_web::{
    HttpRequest,
    cookie::Cookie,
    http::header::{self},
};
use secrecy::SecretString;
use shared::api::Wait;

/// Seconds a browser keeps its own secret.
const DEVICE_LIFETIME_S: u32 = 365 * 86_400;

/// Who asks.
pub(crate) struct Client {
    pub(crate) address: IpAddr,
    pub(crate) device: Option<BrowserSecret>,
    session: Option<BrowserSecret>,
    /// Such as "Chrome on Windows".
    name: String,
}

impl Client {
    pub(crate) fn of(request: &HttpRequest, state: &AppState) -> Self {
        let user_agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Self {
            address: client_address(request),
            device: DEVICE.read(request, &state.public_url),
            session: SESSION.read(request, &state.public_url),
            name: device_name(user_agent.unwrap_or_default()),
        }
    }

    /// A place in the strangers' queue for a browser that says itself that it is one: in a flood of them most are turned
    /// away before the store is asked anything.
    pub(crate) fn turn_of_stranger(&self, state: &AppState) -> Result<Option<Turn>, ApiError> {
        if self.device.is_some() { Ok(None) } else { state.passcodes.turn(false).map(Some) }
    }

    /// The browser's secret, if this line has been signed in in it.
    pub(crate) async fn known_device(
        &self,
        state: &AppState,
        line: Option<&Line>,
    ) -> Result<Option<SecretDigest>, ApiError> {
        let Some(device) = self.device.as_ref().map(BrowserSecret::digest) else { return Ok(None) };
        // Asked in any case, so that the time it takes does not tell whether there is such a line.
        let lines = state.store.lines_of_device(device).await?;
        Ok(line.filter(|line| lines.contains(&line.phone_number)).map(|_| device))
    }
}

/// What a sign-in by OpenID Connect of this client counts for.
pub(crate) async fn openid_subject(state: &AppState, client: &Client) -> Result<Vec<Subject>, StoreError> {
    let known = match client.device.as_ref().map(BrowserSecret::digest) {
        Some(device) => (!state.store.lines_of_device(device).await?.is_empty()).then_some(device),
        None => None,
    };
    Ok(throttle::openid(client.address, known).into_iter().collect())
}

/// What somebody says to be.
pub(crate) struct Claim<'a> {
    /// The number as it was typed.
    pub(crate) typed: &'a str,
    /// All lines.
    pub(crate) lines: &'a [Line],
    /// The line that is meant, if there is one.
    pub(crate) line: Option<&'a Line>,
    /// A passcode or a one-time code.
    pub(crate) secret: SecretString,
    /// The browser, or the session, if it has an allowance of its own.
    pub(crate) known: Option<SecretDigest>,
    /// A place in the queue, if there is one already.
    pub(crate) turn: Option<Turn>,
}

/// Checks the secret within the limits. Returns when it is right; the place in the queue serves for a new passcode.
///
/// # Errors
/// 401 in the same words, and after the same work, whatever was wrong; 429; 503.
pub(crate) async fn check(state: &AppState, client: &Client, claim: Claim<'_>) -> Result<Turn, ApiError> {
    let now_s = clock::now_s();
    // First: who is turned away is not counted.
    let turn = match claim.turn {
        Some(turn) => turn,
        None => state.passcodes.turn(claim.known.is_some())?,
    };
    let subjects = throttle::subjects(claim.typed, claim.lines, client.address, claim.known);
    let counted = begin_attempt(state, client, &claim.secret, subjects, now_s).await?;
    let credential = claim.line.map_or(&Credential::Nothing, |line| &line.credential);
    let credential = match (credential, counted.codes_only) {
        (Credential::Passcode { .. }, Some(_)) => &Credential::Nothing,
        _ => credential,
    };
    let (secret, in_time) = match credential {
        Credential::OneTimeCode { expires_at, .. } => {
            (one_time_code::normalise(&claim.secret), now_s < *expires_at)
        }
        _ => (claim.secret, true),
    };
    let right = state.passcodes.verify(&turn, secret, credential.hash().map(str::to_owned)).await?;
    if right && in_time {
        state.store.forget_attempt(&counted.subjects, now_s).await?;
        return Ok(turn);
    }
    // Nothing is noted of these: the limit that keeps the audit log small has been reached.
    if let Some(wait) = counted.codes_only {
        return Err(throttled(wait));
    }
    let reason = match credential {
        Credential::Passcode { .. } => "wrong passcode",
        Credential::OneTimeCode { .. } if right => "the one-time code has expired",
        Credential::OneTimeCode { .. } => "wrong one-time code",
        Credential::Nothing => "the line has no passcode",
    };
    note_refusal(state, client, claim.line, reason, counted.last_of);
    Err(refused())
}

/// An attempt that may be made, counted as if it had failed already.
struct Counted {
    subjects: Vec<Subject>,
    last_of: Option<CountedFor>,
    /// Passcodes have been guessed too often: only a one-time code may be right, and who has none must wait so long.
    codes_only: Option<Wait>,
}

async fn begin_attempt(
    state: &AppState,
    client: &Client,
    secret: &SecretString,
    subjects: Vec<Subject>,
    now_s: i64,
) -> Result<Counted, ApiError> {
    let wait = match state.store.begin_attempt(&subjects, now_s).await? {
        Attempt::Counted { last_of } => return Ok(Counted { subjects, last_of, codes_only: None }),
        Attempt::TooMany(full) => throttle::wait(&full),
    };
    // What it looks like decides, not whether the line has one: that would tell strangers.
    if !wait.one_time_code || !one_time_code::looks_like_one(secret) {
        return Err(throttled(wait));
    }
    let subjects: Vec<_> = throttle::address(client.address).into_iter().collect();
    match state.store.begin_attempt(&subjects, now_s).await? {
        Attempt::Counted { last_of } => Ok(Counted { subjects, last_of, codes_only: Some(wait) }),
        Attempt::TooMany(full) => Err(throttled(throttle::wait(&full))),
    }
}

/// Nobody waits for what is noted: the time to the answer would tell that there is such a line.
fn note_refusal(
    state: &AppState,
    client: &Client,
    line: Option<&Line>,
    reason: &'static str,
    last_of: Option<CountedFor>,
) {
    let Some(line) = line.map(|line| &line.phone_number) else {
        // Not in the store: strangers could make it grow for as long as they like.
        if state.complaints.tell(Kind::UnknownNumber) {
            tracing::info!(address = %client.address, "somebody tried to sign in with a number that no line has");
        }
        return;
    };
    let refused = AuditEvent::SignInRefused { line: Some(line.clone()), reason };
    state.audit.note_meanwhile(refused, Some(client.address));
    if let Some(of) = last_of {
        let throttled = AuditEvent::SignInThrottled { line: Some(line.clone()), of };
        state.audit.note_meanwhile(throttled, Some(client.address));
    }
}

/// 429
fn throttled(wait: Wait) -> ApiError {
    ApiError::new(Cause::Throttled(wait), throttle::words(wait))
}

/// 401; never told what was wrong.
pub(crate) fn refused() -> ApiError {
    ApiError::new(
        Cause::SignInRefused,
        "The phone number or the passcode is wrong. Check both and try again.",
    )
}

/// Why no session has begun.
#[derive(Debug)]
pub(crate) enum NotBegun {
    /// The proof has become worthless since it was checked.
    StaleProof,
    Store(StoreError),
    Random(getrandom::Error),
}

impl From<StoreError> for NotBegun {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<getrandom::Error> for NotBegun {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}

impl From<NotBegun> for ApiError {
    fn from(error: NotBegun) -> Self {
        match error {
            NotBegun::StaleProof => refused(),
            NotBegun::Store(error) => error.into(),
            NotBegun::Random(error) => Self::internal(&error),
        }
    }
}

/// Begins a session under a fresh name and ends the one that the browser had. `method` such as "passcode".
///
/// # Errors
/// See [`NotBegun`].
pub(crate) async fn begin_session(
    state: &AppState,
    client: &Client,
    line: &Line,
    proof: Proof<'_>,
    method: &'static str,
) -> Result<[Cookie<'static>; 2], NotBegun> {
    let now_s = clock::now_s();
    // One that the store does not know may have been planted.
    let device = match &client.device {
        Some(device) if !state.store.lines_of_device(device.digest()).await?.is_empty() => device.clone(),
        _ => BrowserSecret::generate()?,
    };
    let session = BrowserSecret::generate()?;
    let lifetime_s = state.settings.session_lifetime_s;
    let new = NewSession {
        digest: session.digest(),
        id: BrowserSecret::generate()?.digest().short(),
        line: line.phone_number.clone(),
        device: client.name.clone(),
        device_digest: device.digest(),
        signed_in_at: now_s,
        expires_at: now_s.saturating_add(i64::from(lifetime_s)),
    };
    if !state.store.add_session(&new, proof, state.settings.sign_in.session_idle_s).await? {
        return Err(NotBegun::StaleProof);
    }
    if let Some(old) = &client.session {
        state.store.remove_session(old.digest()).await?;
    }
    state.store.remember_device(new.device_digest, &new.line, now_s).await?;
    let signed_in = AuditEvent::SignedIn { line: new.line, method, device: new.device };
    state.audit.note(signed_in, Some(client.address)).await;
    Ok([
        SESSION.set(&state.public_url, &session, lifetime_s),
        DEVICE.set(&state.public_url, &device, DEVICE_LIFETIME_S),
    ])
}
