use actix_web::{HttpResponse, http::header::CACHE_CONTROL, web};
use serde::Deserialize;
use shared::api::MissedCalls;

use crate::{
    clock,
    error::{ApiError, Cause},
    extract::SignedIn,
    state::AppState,
};

#[derive(Deserialize)]
pub(in crate::routes) struct Question {
    /// Seconds since the Unix epoch, as text: what is none deserves an answer in our words.
    after: Option<String>,
}

/// Calls of the signed-in line that nobody took: while it was busy, while no browser had it open, or in vain. A softphone
/// cannot know of the former, for they never ring.
pub(in crate::routes) async fn tell(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    web::Query(question): web::Query<Question>,
) -> Result<HttpResponse, ApiError> {
    let after = question.after.map(|after| after.parse::<i64>().map_err(|_| no_moment())).transpose()?;
    let (number, now_s) = (&line.phone_number, clock::now_s());
    let since = state.busy_since(now_s);
    // In this order: what is missed between the two questions is told twice, and not never.
    let ringing = state.store.ringing_since(number, since).await?;
    let calls = match after {
        Some(after) => state.store.missed_calls(number, after, since).await?,
        None => Vec::new(),
    };
    // Neither over one that rings, nor over what this very second may still bring.
    let until = ringing.unwrap_or(now_s).min(now_s) - 1;
    let told = MissedCalls { calls, until, ringing: ringing.is_some() };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(told))
}

fn no_moment() -> ApiError {
    ApiError::new(
        Cause::BadRequest,
        "`after` is no moment: it must be seconds since 1970, such as 1700000000.",
    )
}
