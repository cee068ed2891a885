use actix_web::{HttpResponse, web};

use crate::http::state::AppState;

pub(super) async fn tell(state: web::Data<AppState>) -> HttpResponse {
    HttpResponse::Ok().json(&state.settings.demo)
}
