//! The event reports of the browser SDK are accepted and noted; nothing else is done with them.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use serde_json::Value;

use crate::core::timeline::Event;
use crate::rim::link::Link;

/// Ten samples have about 8 KB.
const LARGEST_REPORT: usize = 256 * 1024;

/// Adds the routes.
pub fn configure(config: &mut ServiceConfig) {
    for path in ["/v4/EndpointEvents", "/v4/EndpointMetrics"] {
        config.service(
            web::resource(path)
                .app_data(web::PayloadConfig::new(LARGEST_REPORT))
                .route(web::post().to(report))
                .route(web::method(actix_web::http::Method::OPTIONS).to(preflight)),
        );
    }
}

async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, "content-type,x-twilio-token"))
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .finish()
}

async fn report(request: HttpRequest, body: web::Bytes, link: web::Data<Link>) -> HttpResponse {
    let report: Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let payload = match &report["payload"] {
        Value::Array(samples) => samples.first().cloned().unwrap_or_default(),
        payload => payload.clone(),
    };
    let call = payload["call_sid"].as_str().map(str::to_owned);
    let event = Event::Insight {
        path: request.path().to_owned(),
        group: text(&report["group"]),
        name: text(&report["name"]),
    };
    link.timeline.add(Timestamp::now(), call, None, event);
    HttpResponse::Ok().insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*")).body("")
}
