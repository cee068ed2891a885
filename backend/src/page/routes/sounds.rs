use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};

use crate::{
    http::{error::ApiError, state::AppState},
    page::headers,
};

pub(super) async fn serve(
    state: web::Data<AppState>,
    name: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let wav = state.sounds.get(&name).ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok()
        .content_type("audio/wav")
        .insert_header((CACHE_CONTROL, headers::SOUNDS))
        .body(wav.to_vec()))
}
