//! The timeline for programs; the page for people asks here too.

use std::convert::Infallible;

use actix_web::web::{self, Bytes, ServiceConfig};
use actix_web::{HttpResponse, Responder};
use futures_util::stream;
use serde::Deserialize;

use crate::rim::link::Link;

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

/// Entries in one piece of an answer.
const PIECE: usize = 200;

/// A list of everything until now, made piece by piece as it is read: whoever asks again and again, or reads slowly, takes
/// neither the memory for all of it nor the time of others.
async fn entries(wanted: web::Query<Wanted>, link: web::Data<Link>) -> impl Responder {
    let timeline = link.timeline.clone();
    let Wanted { call, after } = wanted.into_inner();
    let last = timeline.newest();
    let body = stream::unfold(Some((after.unwrap_or(0), true)), move |next| {
        let part = next.map(|(seq, first)| {
            let entries = timeline.part(seq, last, PIECE, call.as_deref());
            let mut text = String::from(if first { "[" } else { "" });
            for (n, entry) in entries.iter().enumerate() {
                text.push_str(if first && n == 0 { "" } else { ",\n" });
                // Every entry can be written as JSON; one that cannot is better missing than the end of the list.
                text.push_str(&serde_json::to_string(entry).unwrap_or_else(|_| "null".into()));
            }
            let next = entries.last().filter(|_| entries.len() == PIECE).map(|entry| (entry.seq, false));
            text.push_str(if next.is_none() { "]" } else { "" });
            (Ok::<_, Infallible>(Bytes::from(text)), next)
        });
        std::future::ready(part)
    });
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .content_type("application/json")
        .streaming(Box::pin(body))
}
