use actix_web::{HttpResponse, web};

use super::state::AppState;
use crate::store::within;

/// 200 when the store answers, else 503.
pub(super) async fn check(state: web::Data<AppState>) -> HttpResponse {
    match within(state.store.ping()).await {
        Ok(()) => HttpResponse::Ok().body("ok\n"),
        Err(_) => {
            state.metrics.store_failed();
            HttpResponse::ServiceUnavailable().body("the database does not answer\n")
        }
    }
}
