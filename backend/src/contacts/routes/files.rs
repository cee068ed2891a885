use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use shared::api::contacts::Duplicates;
use tokio::sync::Semaphore;
use tracing::Span;

use super::{
    one::done,
    question::{flag, wrong},
    shown::{all, home},
};
use crate::{
    contacts::{
        file,
        import::{self, Plan, Wish},
        store::ContactChanged,
    },
    http::{
        error::{ApiError, Cause},
        extract::read_file,
        state::AppState,
    },
    lines::Line,
    sign_in::SignedIn,
};

/// Files that are read at once: each takes memory, and a processor for a second.
static PLACES: Semaphore = Semaphore::const_new(2);
/// Contacts that are written in one transaction, so that nobody else waits for long.
const TOGETHER: usize = 200;
/// Somebody else may change contacts meanwhile: then it is looked anew what is to be done.
const TRIES: u32 = 3;

#[derive(Deserialize)]
pub(super) struct Question {
    duplicates: Option<String>,
    shared: Option<String>,
    commit: Option<String>,
}

/// Looks into a file, and adds what is in it when that is wished. The same file a second time adds nothing.
pub(super) async fn import(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    web::Query(question): web::Query<Question>,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let (wish, commit) = wish(&question)?;
    let Ok(_place) = PLACES.try_acquire() else {
        return Err(ApiError::new(Cause::Crowded, "Other files are being read at this moment. Try again."));
    };
    let file: Arc<[u8]> = read_file(&mut payload.into_inner()).await?.into();
    let mut first = None;
    for _ in 0..TRIES {
        let Plan { report, written } = plan(&state, &line, Arc::clone(&file), wish).await?;
        // What was added before somebody else came between counts as well.
        let report = first.get_or_insert(report);
        if !commit {
            return Ok(HttpResponse::Ok().json(report));
        }
        let mut outcome = ContactChanged::Done;
        for some in written.chunks(TOGETHER) {
            outcome = state.store.write_contacts(&line.phone_number, some).await?;
            if outcome != ContactChanged::Done {
                break;
            }
        }
        if matches!(outcome, ContactChanged::Done | ContactChanged::Full) {
            done(outcome)?;
            return Ok(HttpResponse::Ok().json(report));
        }
    }
    done(ContactChanged::Newer)?;
    Ok(HttpResponse::NoContent().finish())
}

async fn plan(state: &AppState, line: &Line, file: Arc<[u8]>, wish: Wish) -> Result<Plan, ApiError> {
    let there = state.store.contacts(&all(line)).await?;
    let home = home(line);
    let look = move || {
        let found =
            file::read(&file, home).map_err(|fault| ApiError::new(Cause::BadRequest, fault.to_string()))?;
        import::plan(found, there, wish).map_err(|error| ApiError::internal(&error))
    };
    let span = Span::current();
    let planned = web::block(move || span.in_scope(look));
    planned.await.map_err(|error| ApiError::internal(&error))?
}

fn wish(question: &Question) -> Result<(Wish, bool), ApiError> {
    let duplicates = match question.duplicates.as_deref() {
        None | Some("skip") => Duplicates::Skip,
        Some("merge") => Duplicates::Merge,
        Some("keep") => Duplicates::Keep,
        Some(_) => return Err(wrong("duplicates", "skip, merge or keep")),
    };
    let wish = Wish { duplicates, shared: flag("shared", question.shared.as_deref())? };
    Ok((wish, flag("commit", question.commit.as_deref())?))
}
