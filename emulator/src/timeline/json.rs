//! The timeline for programs; the page for people asks here too.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Responder};
use serde::Deserialize;

use crate::runtime::Link;

/// Adds the route.
pub fn configure(config: &mut ServiceConfig) {
    config.route("/timeline.json", web::get().to(entries));
}

#[derive(Deserialize)]
struct Wanted {
    /// Only this call and the legs dialled from it.
    call: Option<String>,
    /// Only what came after this entry.
    after: Option<u64>,
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
