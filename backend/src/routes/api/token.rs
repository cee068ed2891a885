use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};
use secrecy::ExposeSecret;
use shared::api::{AccessToken, PlainSignaling, Signaling};

use crate::{
    clock,
    domain::session::{self, LineSession},
    error::ApiError,
    extract::InSession,
    state::AppState,
};

/// An access token for the signed-in line. Nothing else in the request is looked at.
pub(in crate::routes) async fn retrieve(
    state: web::Data<AppState>,
    InSession(LineSession { line, session }): InSession,
) -> Result<HttpResponse, ApiError> {
    let now_s = clock::now_s();
    let lifetime_s = session::token_lifetime_s(&session, now_s, state.settings.token_lifetime_s);
    let token = state
        .minter
        .mint(&line.client_name, now_s, lifetime_s)
        .map_err(|error| ApiError::internal(&error))?;
    let emulator = state.settings.signaling_emulator.clone().map(|host| PlainSignaling { host });
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(AccessToken {
        phone_number: line.phone_number,
        token: token.expose_secret().to_owned(),
        lifetime_s,
        signaling: Signaling { edges: state.settings.edges.clone(), emulator },
    }))
}
