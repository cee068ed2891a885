//! One-time codes, and the lock that failures put on a line.

use actix_web::{HttpResponse, web};
use secrecy::ExposeSecret;
use shared::{PhoneNumber, api::OneTimeCode};

use super::named::{another, line, no_line};
use crate::{
    admin::rights::Admin,
    audit::event::AuditEvent,
    clock,
    http::{error::ApiError, state::AppState},
    lines::Credential,
    sign_in::{one_time_code, throttle},
};

/// A code for its user, who chooses a passcode with it, and what the store keeps of it.
pub(super) async fn make(
    state: &AppState,
    number: &PhoneNumber,
) -> Result<(OneTimeCode, Credential), ApiError> {
    let code = one_time_code::generate().map_err(|error| ApiError::internal(&error))?;
    let turn = state.passcodes.turn(true)?;
    let hash = state.passcodes.hash(&turn, one_time_code::normalise(&code)).await?;
    let expires_at = clock::now_s().saturating_add(one_time_code::LIFETIME_S);
    let told =
        OneTimeCode { phone_number: number.clone(), code: code.expose_secret().to_owned(), expires_at };
    Ok((told, Credential::OneTimeCode { hash, expires_at }))
}

/// A new code; passcode and sessions of the line end.
pub(super) async fn give(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let own = "This is your own line: a code would sign you out, and whoever loses it is locked out. Change your passcode in the \
         settings.";
    let number = another(&admin, &path, own)?;
    let (code, credential) = make(&state, &number).await?;
    if !state.store.set_credential(&number, &credential).await? {
        return Err(no_line());
    }
    state.store.forget_attempts_of(&throttle::number_key(&number)).await?;
    admin.note(&state, AuditEvent::CodeMade { line: number }).await;
    Ok(HttpResponse::Ok().json(code))
}

/// Whatever was tried before, the line's user may try again.
pub(super) async fn unlock(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let number = line(&state, &path).await?.phone_number;
    state.store.forget_attempts_of(&throttle::number_key(&number)).await?;
    admin.note(&state, AuditEvent::LockLifted { line: number }).await;
    Ok(HttpResponse::NoContent().finish())
}
