use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderName},
    web::{self, ServiceConfig},
};
use futures_util::stream;
use serde::Deserialize;
use shared::api::paths;

use super::feed::Feed;
use crate::{
    http::{
        error::{ApiError, Cause},
        resource::reading,
        state::AppState,
    },
    sign_in::InSession,
};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    config.service(reading(prefix, paths::EVENTS).route(web::get().to(tell)));
}

#[derive(Deserialize)]
struct Question {
    /// As text: what is no number deserves an answer in our words.
    after: Option<String>,
}

/// What happens to the signed-in line, as it happens, until somebody ends it.
async fn tell(
    state: web::Data<AppState>,
    request: HttpRequest,
    InSession(session): InSession,
    web::Query(question): web::Query<Question>,
) -> Result<HttpResponse, ApiError> {
    // A browser that comes back by itself says where it was. It asks the same question again, which is older.
    let seen =
        request.headers().get("last-event-id").map(|seen| seen.to_str().unwrap_or_default().to_owned());
    let after =
        seen.or(question.after).map(|after| after.parse::<i64>().map_err(|_| no_event())).transpose()?;
    let Some(subscription) = state.events.subscribe(&session.line.phone_number) else {
        return Err(ApiError::new(
            Cause::Crowded,
            "Too many browsers wait for this line's events. Close some of them.",
        ));
    };
    let feed = Feed::new(state, session, subscription, after);
    let parts = stream::unfold(feed, |mut feed| async move {
        let part = feed.next().await?;
        Some((Ok::<_, Error>(part), feed))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store, no-transform"))
        // Neither compressed nor collected on the way: each part is to arrive now.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((HeaderName::from_static("x-accel-buffering"), "no"))
        .streaming(parts))
}

fn no_event() -> ApiError {
    ApiError::new(
        Cause::BadRequest,
        "`after` is no event: it must be the id of one, as it was told, such as 17. Without it nothing of the past is told.",
    )
}
