use actix_web::{HttpResponse, web};
use shared::api::{FarEnd, FarEndQuestion};

use crate::{
    dialling::time_zones,
    http::{extract::Json, state::AppState},
    sign_in::SignedIn,
    store::within,
};

/// Who and where is the phone of this number? What the line calls it, else the name of the line that it is on this server.
pub(super) async fn tell(
    state: web::Data<AppState>,
    SignedIn(own): SignedIn,
    Json(question): Json<FarEndQuestion>,
) -> HttpResponse {
    let number = std::slice::from_ref(&question.number);
    // A number without a name is better than no answer.
    let contact =
        within(state.store.contact_names(&own.phone_number, number)).await.unwrap_or_default().pop();
    let line = state.directory.by_number(&question.number).await;
    let label = line.map(|line| line.label).filter(|label| !label.is_empty());
    let far_end = FarEnd {
        name: contact.map(|(_, contact)| contact.name).or(label),
        time_zones: time_zones(&question.number),
    };
    HttpResponse::Ok().json(far_end)
}
