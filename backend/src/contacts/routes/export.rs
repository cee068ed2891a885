use actix_web::{
    HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    web,
};
use serde::Deserialize;
use tracing::Span;

use super::shown::all;
use crate::{
    contacts::file,
    http::{
        error::{ApiError, Cause},
        state::AppState,
    },
    sign_in::SignedIn,
};

#[derive(Deserialize)]
pub(super) struct Question {
    format: Option<String>,
}

/// A file that other programs read, and this one.
pub(super) async fn export(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    web::Query(question): web::Query<Question>,
) -> Result<HttpResponse, ApiError> {
    let (write, kind, name): (fn(&[_]) -> String, _, _) = match question.format.as_deref() {
        Some("vcard") | None => (file::vcard, "text/vcard; charset=utf-8", "contacts.vcf"),
        Some("csv") => (file::csv, "text/csv; charset=utf-8", "contacts.csv"),
        Some(_) => return Err(ApiError::new(Cause::BadRequest, "`format` must be vcard or csv.")),
    };
    let kept = state.store.contacts(&all(&line)).await?;
    let span = Span::current();
    let written = web::block(move || span.in_scope(|| write(&kept)));
    let text = written.await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text))
}
