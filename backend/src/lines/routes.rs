use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};
use secrecy::ExposeSecret;
use shared::api::{AccessToken, PlainSignaling, Signaling, paths};

use crate::{
    clock,
    http::{error::ApiError, resource::changing, state::AppState},
    sign_in::{
        InSession,
        session::{self, LineSession},
    },
};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    config.service(changing(prefix, paths::TOKEN).route(web::post().to(retrieve)));
}

/// An access token for the signed-in line. Nothing else in the request is looked at.
async fn retrieve(
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
    Ok(HttpResponse::Ok().json(AccessToken {
        phone_number: line.phone_number,
        token: token.expose_secret().to_owned(),
        lifetime_s,
        signaling: Signaling { edges: state.settings.edges.clone(), emulator },
    }))
}
