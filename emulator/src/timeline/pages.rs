//! The timeline for programs and for people.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Responder};
use serde::Deserialize;

use crate::runtime::Link;

const PAGE: &str = include_str!("timeline.html");

/// Adds the routes.
pub fn configure(config: &mut ServiceConfig) {
    config.route("/timeline", web::get().to(page));
    config.route("/timeline.json", web::get().to(entries));
}

#[derive(Deserialize)]
struct Wanted {
    /// Only this call and the legs dialled from it.
    call: Option<String>,
    /// Only what came after this entry.
    after: Option<u64>,
}

async fn page() -> impl Responder {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE)
}

async fn entries(wanted: web::Query<Wanted>, link: web::Data<Link>) -> impl Responder {
    let mut entries = match &wanted.call {
        Some(call) => link.timeline.entries_of(call),
        None => link.timeline.entries(),
    };
    if let Some(after) = wanted.after {
        entries.retain(|entry| entry.seq > after);
    }
    HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(entries)
}
