use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};
use shared::api::ErrorCode;

use crate::{domain::call_params::is_call_sid, error::ApiError, extract::SignedIn, state::AppState};

/// What became of a call of the signed-in line. Other lines' calls do not exist for it.
pub(in crate::routes) async fn tell(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    call_sid: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let record =
        if is_call_sid(&call_sid) { state.store.call(&line.phone_number, &call_sid).await? } else { None };
    let record = record
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "Your line has no call with this CallSid."))?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(record))
}
