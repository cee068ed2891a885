use actix_web::{HttpResponse, web};
use shared::api::{FarEnd, FarEndQuestion};

use crate::{
    dialling::time_zones,
    http::{extract::Json, state::AppState},
    sign_in::SignedIn,
};

/// Who and where is the phone of this number? Lines of one server know each other by name.
pub(super) async fn tell(
    state: web::Data<AppState>,
    SignedIn(_): SignedIn,
    Json(question): Json<FarEndQuestion>,
) -> HttpResponse {
    let line = state.directory.by_number(&question.number).await;
    let far_end = FarEnd {
        name: line.map(|line| line.label).filter(|label| !label.is_empty()),
        time_zones: time_zones(&question.number),
    };
    HttpResponse::Ok().json(far_end)
}
