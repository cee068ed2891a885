use actix_web::{HttpResponse, web};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use shared::api::contacts::ContactPage;

use super::{
    question::{flag, wrong},
    shown::told,
};
use crate::{
    contacts::store::{Asked, place},
    http::{
        error::{ApiError, Cause},
        state::AppState,
    },
    sign_in::SignedIn,
};

/// Contacts of one page.
const PAGE: u32 = 60;
/// Characters of a search, at most.
const LONGEST_SEARCH: usize = 200;

#[derive(Deserialize)]
pub(super) struct Question {
    after: Option<String>,
    search: Option<String>,
    favourites: Option<String>,
}

pub(super) async fn list(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    web::Query(question): web::Query<Question>,
) -> Result<HttpResponse, ApiError> {
    let search = question.search.unwrap_or_default();
    if search.chars().count() > LONGEST_SEARCH {
        let words = format!("The search is too long; it may have {LONGEST_SEARCH} characters.");
        return Err(ApiError::new(Cause::BadRequest, words));
    }
    let favourites = flag("favourites", question.favourites.as_deref())?;
    let after = question.after.as_deref().map(|after| read_place(after).ok_or_else(no_place)).transpose()?;
    let asked = Asked {
        line: &line.phone_number,
        search: &search,
        favourites,
        after: after.unwrap_or_default(),
        // One more, to know whether there are more.
        most: PAGE + 1,
    };
    let mut found = state.store.contacts(&asked).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| write_place(&place(last)));
    let contacts = found.into_iter().map(told).collect();
    Ok(HttpResponse::Ok().json(ContactPage { contacts, next }))
}

/// A place is what pages begin behind, whatever has become of the contact that stood there.
fn write_place((sort, id): &(String, String)) -> String {
    BASE64_URL_SAFE_NO_PAD.encode([id.as_str(), sort.as_str()].join(" "))
}

fn read_place(text: &str) -> Option<(String, String)> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let (id, sort) = text.split_once(' ')?;
    Some((sort.to_owned(), id.to_owned()))
}

fn no_place() -> ApiError {
    wrong("after", "what the page before it calls `next`")
}
