mod demo;
mod shim;
mod sounds;
mod ui;

use actix_web::{
    middleware::Compress,
    web::{self, ServiceConfig},
};
use shared::api::paths;

use crate::http::resource::reading;

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    config
        .service(reading(prefix, paths::DEMO).route(web::get().to(demo::tell)))
        .service(
            reading(prefix, &format!("{}/{{name}}.wav", paths::SOUNDS))
                .wrap(Compress::default())
                .route(web::get().to(sounds::serve)),
        )
        .service(
            reading(prefix, paths::EMULATOR_SHIM).wrap(Compress::default()).route(web::get().to(shim::serve)),
        );
}

/// Whatever nothing else answers for, which must be configured before.
pub(crate) fn rest(config: &mut ServiceConfig, prefix: &str) {
    // Most files are compressed already; the page is not where something had to be written into it.
    let ui = web::to(ui::serve).wrap(Compress::default());
    if prefix.is_empty() {
        config.default_service(ui);
    } else {
        config.service(web::scope(prefix).default_service(ui));
    }
}
