use actix_web::{
    Resource,
    http::Method,
    middleware::{Compress, from_fn},
    web::{self, ServiceConfig},
};
use shared::api::paths;

use super::{api, health, shim, sounds, twilio, ui};
use crate::{error::ApiError, middleware::same_origin};

/// All routes below one prefix (empty, or such as `/prod`). They are configured twice when there is one: a proxy may
/// strip the prefix or keep it.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    let at = |path: &str| web::resource(format!("{prefix}/{path}"));
    config
        .service(
            refusing_other_methods(at(paths::SESSION))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::session::sign_in))
                .route(web::get().to(api::session::tell))
                .route(web::delete().to(api::session::sign_out)),
        )
        .service(
            refusing_other_methods(at(paths::TOKEN))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::token::retrieve)),
        )
        .service(
            refusing_other_methods(at(paths::PASSCODE))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::passcode::change)),
        )
        .service(
            refusing_other_methods(at(paths::DEVICES))
                .wrap(from_fn(same_origin))
                .route(web::get().to(api::devices::list))
                .route(web::delete().to(api::devices::sign_out_all)),
        )
        .service(
            refusing_other_methods(at(&format!("{}/{{id}}", paths::DEVICES)))
                .wrap(from_fn(same_origin))
                .route(web::delete().to(api::devices::sign_out_one)),
        )
        .service(
            refusing_other_methods(at(&format!("{}/{{call}}", paths::CALLS)))
                .route(web::get().to(api::calls::tell)),
        )
        .service(
            refusing_other_methods(at(&format!("{}/{{call}}/{}", paths::CALLS, paths::RATING)))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::calls::rate)),
        )
        .service(
            refusing_other_methods(at(&format!("{}/{{call}}/{}", paths::CALLS, paths::LEFT)))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::calls::leave)),
        )
        .service(
            refusing_other_methods(at(paths::MISSED_CALLS)).route(web::get().to(api::missed_calls::tell)),
        )
        .service(
            refusing_other_methods(at(paths::DIAL_CHECK))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::dial_check::answer)),
        )
        .service(
            refusing_other_methods(at(paths::FAR_END))
                .wrap(from_fn(same_origin))
                .route(web::post().to(api::far_end::tell)),
        )
        .service(
            refusing_other_methods(at(paths::SIGN_IN_OPTIONS)).route(web::get().to(api::openid::options)),
        )
        .service(refusing_other_methods(at(paths::OPENID_START)).route(web::get().to(api::openid::start)))
        .service(
            refusing_other_methods(at(paths::OPENID_CALLBACK)).route(web::get().to(api::openid::callback)),
        )
        .service(refusing_other_methods(at(paths::DEMO)).route(web::get().to(api::demo::tell)))
        .service(by_twilio(at(paths::CALL_INCOMING), || web::to(twilio::call_incoming::answer)))
        .service(by_twilio(at(paths::CALL_OUTGOING), || web::to(twilio::call_outgoing::answer)))
        .service(by_twilio(at(paths::DIAL_ACTION), || web::to(twilio::dial_action::answer)))
        .service(by_twilio(at(paths::CALL_STATUS), || web::to(twilio::call_status::answer)))
        .service(by_twilio(at(paths::SIGNATURE_CHECK), || web::to(twilio::signature_check::answer)))
        .service(
            refusing_other_methods(at(paths::HEALTH))
                .route(web::get().to(health::check))
                .route(web::head().to(health::check)),
        )
        .service(
            refusing_other_methods(at(&format!("{}/{{name}}.wav", paths::SOUNDS)))
                .wrap(Compress::default())
                .route(web::get().to(sounds::serve)),
        )
        .service(
            refusing_other_methods(at(paths::EMULATOR_SHIM))
                .wrap(Compress::default())
                .route(web::get().to(shim::serve)),
        )
        .service(web::scope(&format!("{prefix}/api")).default_service(web::to(not_found)))
        .service(web::scope(&format!("{prefix}/twilio")).default_service(web::to(not_found)));
    // Most files are compressed already; the page is not where something had to be written into it.
    let ui = web::to(ui::serve).wrap(Compress::default());
    if prefix.is_empty() {
        config.default_service(ui);
    } else {
        config.service(web::scope(prefix).default_service(ui));
    }
}

/// Twilio may be configured for either method.
fn by_twilio(resource: Resource, handler: impl Fn() -> actix_web::Route) -> Resource {
    refusing_other_methods(resource)
        .route(handler().method(Method::GET))
        .route(handler().method(Method::POST))
}

fn refusing_other_methods(resource: Resource) -> Resource {
    resource.default_service(web::to(method_not_allowed))
}

async fn method_not_allowed() -> Result<&'static str, ApiError> {
    Err(ApiError::method_not_allowed())
}

async fn not_found() -> Result<&'static str, ApiError> {
    Err(ApiError::not_found())
}
