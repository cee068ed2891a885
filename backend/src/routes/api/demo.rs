use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};

use crate::{error::ApiError, state::AppState};

pub(in crate::routes) async fn tell(state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    let world = state.settings.demo.as_ref().ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(world))
}
