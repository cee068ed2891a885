use actix_cors::Cors;
use actix_web::http::{
    Method,
    header::{CONTENT_TYPE, HeaderName, RETRY_AFTER},
};
use shared::api::paths;

/// Seconds that a browser need not ask again whether it may ask.
const REMEMBERED_S: usize = 600;

/// Tells browsers that pages of exactly these origins may use the API with their user's session.
pub(crate) fn other_origins(origins: &[String]) -> Cors {
    origins
        .iter()
        .fold(Cors::default(), |cors, origin| cors.allowed_origin(origin))
        .allowed_methods([Method::GET, Method::POST, Method::DELETE])
        .allowed_header(CONTENT_TYPE)
        .expose_headers([RETRY_AFTER, HeaderName::from_static(paths::OWN_HEADER)])
        .supports_credentials()
        .max_age(REMEMBERED_S)
}
