use actix_web::web::{self, ServiceConfig};
use shared::api::paths;

use super::{
    error::ApiError,
    health,
    resource::{reading, webhook},
    signature_check,
    state::AppState,
};
use crate::{admin, calls, contacts, dialling, events, lines, page, sign_in};

/// All that is served: below the prefix first, then below the root, where a proxy may strip the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, state: &AppState) {
    let prefix = state.public_url.prefix();
    if !prefix.is_empty() {
        below(config, prefix);
    }
    below(config, "");
}

/// All routes below one prefix (empty, or such as `/prod`).
fn below(config: &mut ServiceConfig, prefix: &str) {
    sign_in::configure(config, prefix);
    lines::configure(config, prefix);
    dialling::configure(config, prefix);
    admin::configure(config, prefix);
    calls::configure(config, prefix);
    contacts::configure(config, prefix);
    events::configure(config, prefix);
    page::configure(config, prefix);
    config
        .service(webhook(prefix, paths::SIGNATURE_CHECK, || web::to(signature_check::answer)))
        .service(
            reading(prefix, paths::HEALTH)
                .route(web::get().to(health::check))
                .route(web::head().to(health::check)),
        )
        .service(web::scope(&format!("{prefix}/api")).default_service(web::to(not_found)))
        .service(web::scope(&format!("{prefix}/twilio")).default_service(web::to(not_found)));
    page::rest(config, prefix);
}

async fn not_found() -> Result<&'static str, ApiError> {
    Err(ApiError::not_found())
}
