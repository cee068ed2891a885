use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig},
};
use shared::api::{DialAnswer, DialQuestion, paths};

use crate::{
    clock,
    http::{extract::Json, resource::changing, state::AppState},
    sign_in::SignedIn,
};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    config.service(changing(prefix, paths::DIAL_CHECK).route(web::post().to(answer)));
}

/// Would the server dial this for the signed-in line? The functions are those that decide when the call is made.
///
/// Not throttled: it takes a session, tells nothing that a call would not, and costs one look into a small table.
async fn answer(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    Json(question): Json<DialQuestion>,
) -> HttpResponse {
    let refusal = match state.dialling.callee(&state.directory, &line, &question.to).await {
        Ok(callee) => state.dialling.check(&line, &callee, clock::now_s()).await.err(),
        Err(reason) => Some(reason),
    };
    HttpResponse::Ok().json(DialAnswer { refusal })
}
