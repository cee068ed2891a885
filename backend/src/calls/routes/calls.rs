use actix_web::{HttpResponse, web};
use shared::api::CallRating;

use crate::{
    clock,
    http::{
        error::{ApiError, Cause},
        extract::Json,
        state::AppState,
    },
    sign_in::SignedIn,
    twilio::{params::is_attempt, sid::CallSid},
};

/// What became of a call of the signed-in line. Other lines' calls do not exist for it.
pub(super) async fn tell(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    call: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let record = if is_name(&call) { state.store.call(&line.phone_number, &call).await? } else { None };
    let record = record.ok_or_else(no_such_call)?;
    Ok(HttpResponse::Ok().json(record))
}

/// Keeps what the user thinks of a call of the signed-in line.
///
/// Nothing asks whether the call is over: Twilio may tell its end later than the user has rated it.
pub(super) async fn rate(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    call: web::Path<String>,
    Json(rating): Json<CallRating>,
) -> Result<HttpResponse, ApiError> {
    let known = is_name(&call) && state.store.rate_call(&line.phone_number, &call, rating).await?;
    if known { Ok(HttpResponse::NoContent().finish()) } else { Err(no_such_call()) }
}

/// Notes that the softphone which had this call of the signed-in line has it no more.
pub(super) async fn leave(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    call: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let known = is_name(&call) && state.store.leave_call(&line.phone_number, &call, clock::now_s()).await?;
    if known { Ok(HttpResponse::NoContent().finish()) } else { Err(no_such_call()) }
}

fn is_name(call: &str) -> bool {
    CallSid::parse(call).is_ok() || is_attempt(call)
}

fn no_such_call() -> ApiError {
    ApiError::new(Cause::NotFound, "Your line has no call with this CallSid.")
}
