use std::time::Duration;

use actix_web::{HttpResponse, web};

use super::state::AppState;

/// 200 when the store answers, else 503.
pub(super) async fn check(state: web::Data<AppState>) -> HttpResponse {
    let answered = tokio::time::timeout(Duration::from_secs(2), state.store.ping()).await;
    match answered {
        Ok(Ok(())) => HttpResponse::Ok().body("ok\n"),
        _ => {
            state.metrics.store_failed();
            HttpResponse::ServiceUnavailable().body("the database does not answer\n")
        }
    }
}
