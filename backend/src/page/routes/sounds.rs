use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};

use crate::http::{error::ApiError, state::AppState};

pub(super) async fn serve(
    state: web::Data<AppState>,
    name: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let wav = state.sounds.get(&name).ok_or_else(ApiError::not_found)?;
    Ok(HttpResponse::Ok()
        .content_type("audio/wav")
        .insert_header((CACHE_CONTROL, "public, max-age=604800"))
        .body(wav.to_vec()))
}
