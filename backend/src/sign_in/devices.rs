use shared::{PhoneNumber, api::SignedInDevice};

use super::browser_secret::SecretDigest;
use crate::{
    clock,
    http::{error::ApiError, state::AppState},
};

/// Where the line is signed in, the last used first. `own` is the session that asks.
pub(crate) async fn signed_in_devices(
    state: &AppState,
    number: &PhoneNumber,
    own: SecretDigest,
) -> Result<Vec<SignedInDevice>, ApiError> {
    let idle_s = state.settings.sign_in.session_idle_s;
    let sessions = state.store.sessions(number, clock::now_s(), idle_s).await?;
    let told = sessions.into_iter().map(|session| SignedInDevice {
        current: session.digest == own,
        id: session.id,
        name: session.device,
        signed_in_at: session.signed_in_at,
        last_seen_at: session.last_seen_at,
    });
    Ok(told.collect())
}
