mod devices;
mod openid;
mod passcode;
mod session;

use actix_web::web::{self, ServiceConfig};
use shared::api::paths;

use crate::http::resource::{changing, reading};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    config
        .service(
            changing(prefix, paths::SESSION)
                .route(web::post().to(session::sign_in))
                .route(web::get().to(session::tell))
                .route(web::delete().to(session::sign_out)),
        )
        .service(changing(prefix, paths::PASSCODE).route(web::post().to(passcode::change)))
        .service(
            changing(prefix, paths::DEVICES)
                .route(web::get().to(devices::list))
                .route(web::delete().to(devices::sign_out_all)),
        )
        .service(
            changing(prefix, &format!("{}/{{id}}", paths::DEVICES))
                .route(web::delete().to(devices::sign_out_one)),
        )
        .service(reading(prefix, paths::SIGN_IN_OPTIONS).route(web::get().to(openid::options)))
        .service(reading(prefix, paths::OPENID_START).route(web::get().to(openid::start)))
        .service(reading(prefix, paths::OPENID_CALLBACK).route(web::get().to(openid::callback)));
}
