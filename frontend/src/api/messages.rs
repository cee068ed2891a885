use super::{ApiError, http};

/// The message file of a language: a fingerprint, then the texts ([`crate::text::add`]).
pub(crate) async fn messages(tag: &str) -> Result<Vec<String>, ApiError> {
    http::built_file(&format!("messages-{tag}.json")).await
}
