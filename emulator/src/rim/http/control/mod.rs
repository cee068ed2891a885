//! Pages where a person looks into the emulator or plays an external phone.

mod assets;
mod desk;
mod directory;
mod handset;
mod origin;

pub use desk::Desk;
pub use handset::{FromPage, ToPage};

use actix_web::web::{self, ServiceConfig};

/// Adds the routes.
pub fn configure(config: &mut ServiceConfig) {
    config.route("/directory.json", web::get().to(directory::directory));
    config.route("/handset/ws", web::get().to(handset::connect));
    config.configure(assets::configure);
}
