use actix_web::{HttpResponse, web};
use serde::Deserialize;
use shared::api::MissedCalls;

use crate::{
    clock,
    http::{
        error::{ApiError, Cause},
        state::AppState,
    },
    sign_in::{InSession, session::LineSession},
};

/// How far back a browser is told that asks for the first time, at most.
const FIRST_LOOK_S: i64 = 24 * 3_600;

#[derive(Deserialize)]
pub(super) struct Question {
    /// Seconds since the Unix epoch, as text: what is none deserves an answer in our words.
    after: Option<String>,
}

/// Calls of the signed-in line that nobody took: while it was busy, while no browser had it open, or in vain. A softphone
/// cannot know of the former, for they never ring.
pub(super) async fn tell(
    state: web::Data<AppState>,
    InSession(LineSession { line, session }): InSession,
    web::Query(question): web::Query<Question>,
) -> Result<HttpResponse, ApiError> {
    let after = question.after.map(|after| after.parse::<i64>().map_err(|_| no_moment())).transpose()?;
    let (number, now_s) = (&line.phone_number, clock::now_s());
    let since = state.busy_since(now_s);
    // In this order: what is missed between the two questions is told twice, and not never.
    let ringing = state.store.ringing_since(number, since).await?;
    // A browser that has never asked may do so only after its first call, during which somebody was sent away.
    let after = after.unwrap_or_else(|| session.signed_in_at.max(now_s - FIRST_LOOK_S) - 1);
    let calls = state.store.missed_calls(number, after, since).await?;
    // Neither over one that rings, nor over what this very second may still bring.
    let until = ringing.unwrap_or(now_s).min(now_s) - 1;
    let told = MissedCalls { calls, until, ringing: ringing.is_some() };
    Ok(HttpResponse::Ok().json(told))
}

fn no_moment() -> ApiError {
    ApiError::new(
        Cause::BadRequest,
        "`after` is no moment: it must be seconds since 1970, such as 1700000000.",
    )
}
