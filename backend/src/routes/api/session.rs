use std::net::SocketAddr;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::header::CACHE_CONTROL,
    web,
};
use secrecy::SecretString;
use shared::api::{ErrorCode, Session, SignIn};

use crate::{
    clock,
    domain::{
        audit::AuditEvent,
        line::{self, Line},
        session_id::SessionId,
        sign_in_throttle::{self, MOST_FAILURES},
    },
    error::ApiError,
    extract::{COOKIE, Json, SignedIn, client_address, session_id},
    state::AppState,
};

/// Signs in: a session cookie, or 401 in the same words whether the number or the passcode was wrong.
pub(in crate::routes) async fn sign_in(
    state: web::Data<AppState>,
    request: HttpRequest,
    Json(wish): Json<SignIn>,
) -> Result<HttpResponse, ApiError> {
    let now_s = clock::now_s();
    let since = now_s - sign_in_throttle::WINDOW_S;
    let lines = state.store.lines().await?;
    let from = Some(SocketAddr::new(client_address(&request), 0));
    let subjects = sign_in_throttle::subjects(&wish.phone_number, &lines, from);
    let line = line::named_by(&wish.phone_number, lines);
    for subject in &subjects {
        if state.store.failed_sign_ins(subject, since).await? >= MOST_FAILURES {
            return Err(ApiError::new(
                ErrorCode::TooManyRequests,
                "Too many failed attempts to sign in. Wait a few minutes and try again.",
            ));
        }
    }
    let hash = line.as_ref().map(|line| line.passcode_hash.clone());
    let right = state.passcodes.verify(SecretString::from(wish.passcode), hash).await?;
    let named = line.clone();
    let Some(line) = line.filter(|_| right) else {
        for subject in &subjects {
            state.store.add_failed_sign_in(subject, now_s, since).await?;
        }
        let refused =
            AuditEvent::SignInRefused { line: named.map(|line| line.phone_number), reason: "wrong passcode" };
        state.audit.note(refused, Some(client_address(&request))).await;
        return Err(ApiError::new(
            ErrorCode::SignInRefused,
            "The phone number or the passcode is wrong. Check both and try again.",
        ));
    };
    for subject in &subjects {
        state.store.forget_failed_sign_ins(subject).await?;
    }
    // A browser that signs in again does not leave its old session behind.
    if let Some(old) = session_id(&request) {
        state.store.remove_session(old.digest()).await?;
    }
    let session = SessionId::generate().map_err(|error| ApiError::internal(&error))?;
    let expires_at = now_s.saturating_add(i64::from(state.settings.session_lifetime_s));
    state.store.add_session(session.digest(), &line.phone_number, now_s, expires_at).await?;
    let signed_in = AuditEvent::SignedIn {
        line: line.phone_number.clone(),
        method: "passcode",
        device: "a browser".to_owned(),
    };
    state.audit.note(signed_in, Some(client_address(&request))).await;
    let lifetime = Duration::seconds(i64::from(state.settings.session_lifetime_s));
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .cookie(cookie(&state, session.expose(), lifetime))
        .json(told(line)))
}

/// Who is signed in.
pub(in crate::routes) async fn tell(SignedIn(line): SignedIn) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(told(line))
}

/// Signs out; done as well when there was nobody.
pub(in crate::routes) async fn sign_out(
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    if let Some(session) = session_id(&request) {
        state.store.remove_session(session.digest()).await?;
    }
    Ok(HttpResponse::NoContent().cookie(cookie(&state, "", Duration::ZERO)).finish())
}

fn told(line: Line) -> Session {
    Session { phone_number: line.phone_number }
}

fn cookie<'a>(state: &AppState, value: &'a str, lifetime: Duration) -> Cookie<'a> {
    let path = format!("{}/", state.public_url.prefix());
    Cookie::build(COOKIE, value)
        .path(path)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.public_url.is_https())
        .max_age(lifetime)
        .finish()
}
