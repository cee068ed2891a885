//! The entrance.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Responder};

const PAGE: &str = include_str!("index.html");

pub(super) fn configure(config: &mut ServiceConfig) {
    config.route("/", web::get().to(page));
}

async fn page() -> impl Responder {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE)
}
