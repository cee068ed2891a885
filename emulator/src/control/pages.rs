//! The pages themselves: one file each, with nothing from elsewhere.

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.route("/", web::get().to(index));
    config.route("/timeline", web::get().to(timeline));
    config.route("/handset", web::get().to(handset));
    config.route("/style.css", web::get().to(style));
}

async fn index() -> HttpResponse {
    html(include_str!("pages/index.html"))
}

async fn timeline() -> HttpResponse {
    html(include_str!("pages/timeline.html"))
}

async fn handset() -> HttpResponse {
    html(include_str!("pages/handset.html"))
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("pages/style.css"))
}

fn html(page: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}
