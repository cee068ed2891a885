//! Pages where a person looks into the emulator or plays an external phone.

mod index;

use actix_web::web::ServiceConfig;

/// Adds the routes.
pub fn configure(config: &mut ServiceConfig) {
    index::configure(config);
}
