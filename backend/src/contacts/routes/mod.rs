mod export;
mod files;
mod list;
mod names;
mod one;
mod question;
mod shown;

use actix_web::web::{self, ServiceConfig};
use shared::api::paths;

use crate::http::resource::{changing, reading};

/// Below the prefix.
pub(crate) fn configure(config: &mut ServiceConfig, prefix: &str) {
    let below = |path: &str| [paths::CONTACTS, "/", path].concat();
    let one = below("{id}");
    config
        .service(changing(prefix, &below(paths::IMPORT)).route(web::post().to(files::import)))
        .service(reading(prefix, &below(paths::EXPORT)).route(web::get().to(export::export)))
        .service(
            changing(prefix, paths::CONTACTS)
                .route(web::get().to(list::list))
                .route(web::post().to(one::add)),
        )
        .service(
            changing(prefix, &one)
                .route(web::get().to(one::tell))
                .route(web::post().to(one::change))
                .route(web::delete().to(one::remove)),
        )
        .service(
            changing(prefix, &format!("{one}/{}", paths::FAVOURITE)).route(web::post().to(one::favourite)),
        )
        .service(changing(prefix, paths::CONTACT_NAMES).route(web::post().to(names::tell)));
}
