use actix_web::{HttpResponse, web};

use super::named::{line, named};
use crate::{
    admin::rights::Admin,
    audit::event::AuditEvent,
    http::{
        error::{ApiError, Cause},
        state::AppState,
    },
    sign_in::signed_in_devices,
};

pub(super) async fn list(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let number = line(&state, &path).await?.phone_number;
    let devices = signed_in_devices(&state, &number, admin.session.session.digest).await?;
    Ok(HttpResponse::Ok().json(devices))
}

pub(super) async fn sign_out_one(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let (number, id) = path.into_inner();
    let number = named(&number)?;
    if !state.store.remove_session_of(&number, &id).await? {
        return Err(ApiError::new(Cause::NotFound, "The line is not signed in on such a device."));
    }
    admin.note(&state, AuditEvent::DevicesSignedOut { line: number, count: 1 }).await;
    Ok(HttpResponse::NoContent().finish())
}

/// Of the own line this one as well: the next request says so.
pub(super) async fn sign_out_all(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let number = line(&state, &path).await?.phone_number;
    let count = state.store.remove_sessions(&number).await?;
    admin.note(&state, AuditEvent::DevicesSignedOut { line: number, count }).await;
    Ok(HttpResponse::NoContent().finish())
}
