use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};
use shared::api::ErrorCode;

use crate::{
    domain::call_params::{is_attempt, is_call_sid},
    error::ApiError,
    extract::SignedIn,
    state::AppState,
};

/// What became of a call of the signed-in line. Other lines' calls do not exist for it.
pub(in crate::routes) async fn tell(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    call: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let is_name = is_call_sid(&call) || is_attempt(&call);
    let record = if is_name { state.store.call(&line.phone_number, &call).await? } else { None };
    let record = record
        .ok_or_else(|| ApiError::new(ErrorCode::NotFound, "Your line has no call with this CallSid."))?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(record))
}
