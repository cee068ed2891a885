use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};

use crate::http::state::AppState;

pub(super) async fn tell(state: web::Data<AppState>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(&state.settings.demo)
}
