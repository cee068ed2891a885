mod audit;
mod codes;
mod devices;
mod lines;
mod named;

use actix_web::web::{self, ServiceConfig};
use shared::api::paths;

use crate::http::resource::{changing, reading};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    let of_line = |rest: &str| format!("{}/{{number}}{rest}", paths::ADMIN_LINES);
    let devices = of_line(&format!("/{}", paths::LINE_DEVICES));
    config
        .service(
            changing(prefix, paths::ADMIN_LINES)
                .route(web::get().to(lines::list))
                .route(web::post().to(lines::add)),
        )
        .service(
            changing(prefix, &of_line(""))
                .route(web::post().to(lines::change))
                .route(web::delete().to(lines::remove)),
        )
        .service(changing(prefix, &of_line(&format!("/{}", paths::CODE))).route(web::post().to(codes::give)))
        .service(
            changing(prefix, &of_line(&format!("/{}", paths::LOCK))).route(web::delete().to(codes::unlock)),
        )
        .service(
            changing(prefix, &devices)
                .route(web::get().to(devices::list))
                .route(web::delete().to(devices::sign_out_all)),
        )
        .service(
            changing(prefix, &format!("{devices}/{{id}}")).route(web::delete().to(devices::sign_out_one)),
        )
        .service(reading(prefix, paths::ADMIN_AUDIT).route(web::get().to(audit::page)));
}
