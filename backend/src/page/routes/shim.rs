use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};

use crate::http::{error::ApiError, state::AppState};

const SHIM: &str = include_str!("../../../assets/emulator-shim.js");

/// The script that leads the SDK to the emulator; only where there is one.
pub(super) async fn serve(state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    let host = state.settings.signaling_emulator.as_ref().ok_or_else(ApiError::not_found)?;
    // JSON is a safe way to write a string into JavaScript; `<` is no concern outside HTML.
    let host = serde_json::to_string(host).map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(SHIM.replace("\"EMULATOR_HOST\"", &host)))
}
