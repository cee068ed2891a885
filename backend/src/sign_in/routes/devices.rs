use actix_web::{HttpRequest, HttpResponse, web};

use crate::{
    audit::event::AuditEvent,
    http::{
        error::{ApiError, Cause},
        extract::client_address,
        state::AppState,
    },
    sign_in::{InSession, cookies::SESSION, session::LineSession, signed_in_devices},
};

/// Where the line is signed in, the last used first.
pub(super) async fn list(
    state: web::Data<AppState>,
    InSession(LineSession { line, session: own }): InSession,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().json(signed_in_devices(&state, &line.phone_number, own.digest).await?))
}

/// Signs one device of the line out.
pub(super) async fn sign_out_one(
    state: web::Data<AppState>,
    request: HttpRequest,
    InSession(LineSession { line, session }): InSession,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    if !state.store.remove_session_of(&line.phone_number, &id).await? {
        return Err(ApiError::new(Cause::NotFound, "Your line is not signed in on such a device."));
    }
    let event = AuditEvent::DevicesSignedOut { line: line.phone_number, count: 1 };
    state.audit.note(event, Some(client_address(&request))).await;
    let mut response = HttpResponse::NoContent();
    if session.id == *id {
        response.cookie(SESSION.clear(&state.public_url));
    }
    Ok(response.finish())
}

/// Signs all devices of the line out, this one included.
pub(super) async fn sign_out_all(
    state: web::Data<AppState>,
    request: HttpRequest,
    InSession(LineSession { line, .. }): InSession,
) -> Result<HttpResponse, ApiError> {
    let count = state.store.remove_sessions(&line.phone_number).await?;
    let event = AuditEvent::DevicesSignedOut { line: line.phone_number, count };
    state.audit.note(event, Some(client_address(&request))).await;
    Ok(HttpResponse::NoContent().cookie(SESSION.clear(&state.public_url)).finish())
}
