use actix_web::{HttpResponse, web};
use serde::Deserialize;
use shared::{
    PhoneNumber,
    api::{AuditEntry, AuditPage, AuditTheme},
};

use crate::{
    admin::rights::Admin,
    audit::{
        AuditFilter, AuditPlace,
        event::{Actor, AuditRecord},
        kinds_about,
    },
    http::{
        error::{ApiError, Cause},
        state::AppState,
    },
};

/// Entries of one page.
const PAGE: u32 = 50;

#[derive(Deserialize)]
pub(super) struct Question {
    before: Option<String>,
    line: Option<String>,
    about: Option<String>,
}

pub(super) async fn page(
    state: web::Data<AppState>,
    _: Admin,
    web::Query(question): web::Query<Question>,
) -> Result<HttpResponse, ApiError> {
    let filter = filter(&question)?;
    // One more, to know whether there are more.
    let mut found = state.store.audit_page(&filter, PAGE + 1).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|(place, _)| format!("{}-{}", place.at, place.id));
    let entries = found.into_iter().map(|(_, record)| told(record)).collect();
    Ok(HttpResponse::Ok().json(AuditPage { entries, next }))
}

fn filter(question: &Question) -> Result<AuditFilter, ApiError> {
    let wrong = |name: &str, right: &str| {
        ApiError::new(Cause::BadRequest, format!("`{name}` makes no sense: it must be {right}."))
    };
    let place = |text: &String| {
        let (at, id) = text.rsplit_once('-')?;
        Some(AuditPlace { at: at.parse().ok()?, id: id.parse().ok()? })
    };
    let before = question
        .before
        .as_ref()
        .map(|text| place(text).ok_or_else(|| wrong("before", "what the page before it calls `next`")));
    let line = question.line.as_deref().map(|text| {
        PhoneNumber::from_e164(text).map_err(|_| wrong("line", "a number such as %2B815031234567"))
    });
    let kinds = question.about.as_deref().map(|word| {
        let theme = AuditTheme::from_word(word);
        theme.map(kinds_about).ok_or_else(|| wrong("about", "sign_ins, calls or changes"))
    });
    Ok(AuditFilter { line: line.transpose()?, kinds: kinds.transpose()?, before: before.transpose()? })
}

fn told(record: AuditRecord) -> AuditEntry {
    let AuditRecord { at, kind, line, by, address, detail } = record;
    AuditEntry { at, kind, line, by: by.as_ref().map(Actor::as_str).map(str::to_owned), address, detail }
}
