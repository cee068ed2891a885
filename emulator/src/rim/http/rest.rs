//! The socket of the REST API.

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, DATE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use url::form_urlencoded;

use crate::core::rest::{Answer, NOT_IMPLEMENTED, Request, RestError};
use crate::core::timeline::{Event, FaultKind};
use crate::rim::link::Link;

/// Twilio's forms are far smaller.
const LARGEST_FORM: usize = 256 * 1024;

/// Adds the routes.
pub fn configure(config: &mut ServiceConfig) {
    // Versions of other hosts belong to Twilio's other products, of which there are none here.
    for path in ["/2010-04-01{rest:.*}", "/{version:v[0-9]+}/{rest:.*}"] {
        config.service(
            web::resource(path)
                .app_data(web::PayloadConfig::new(LARGEST_FORM))
                .default_service(web::to(serve)),
        );
    }
    config.default_service(web::to(elsewhere));
}

/// A path of no version, which some of Twilio's hosts have.
async fn elsewhere(http: HttpRequest, body: web::Bytes, link: web::Data<Link>) -> HttpResponse {
    let host = http.connection_info().host().to_ascii_lowercase();
    let name = host.split(':').next().unwrap_or_default();
    if name == "twilio.com" || name.ends_with(".twilio.com") {
        return serve(http, body, link).await;
    }
    HttpResponse::NotFound().finish()
}

async fn serve(http: HttpRequest, body: web::Bytes, link: web::Data<Link>) -> HttpResponse {
    let rim = &link.rest;
    let fault = rim.fault(http.path());
    let (request, unreadable) = read(&http, &body);
    let failed = fault.as_ref().and_then(|fault| fault.answer());
    let acts = failed.is_none() || fault.as_ref().is_some_and(|fault| fault.done_all_the_same);
    let answer = match unreadable {
        Some(error) => Some(error.answer()),
        None if acts => link.rest(request.clone()).await,
        None => None,
    };
    if let Some(fault) = fault.as_ref().filter(|fault| !fault.delay.is_zero()) {
        tokio::time::sleep(fault.delay).await;
    }
    let stopped = || RestError::new(503, 20503, "The emulator has stopped").answer();
    let answer = failed.or(answer).unwrap_or_else(stopped);
    rim.note(&request, answer.status);
    let unread = unread(&http, &body).filter(|_| answer.status < 300);
    for message in faults(&request, &answer).into_iter().chain(unread) {
        let event = Event::Fault { kind: FaultKind::Lacking, code: 0, message };
        link.timeline.add(Timestamp::now(), None, None, event);
    }
    let event = Event::Rest {
        parameters: [request.query.as_slice(), &request.form].concat(),
        method: request.method,
        path: request.path,
        status: answer.status,
    };
    link.timeline.add(Timestamp::now(), None, None, event);
    write(&answer, fault.and_then(|fault| fault.retry_after_s), rim.clock_offset())
}

/// What the emulator lacks, and what was said in vain.
fn faults(request: &Request, answer: &Answer) -> Vec<String> {
    let path = &request.path;
    let mut faults: Vec<String> = answer
        .ignored
        .iter()
        .map(|name| format!("{name} is no parameter of {path} that is known here; it does nothing"))
        .collect();
    let body = answer.body.as_ref().filter(|body| body["code"] == NOT_IMPLEMENTED);
    if let Some(message) = body.and_then(|body| body["message"].as_str()) {
        faults.push(format!("{} {path}: {message}", request.method));
    }
    faults
}

/// The request as plain data, and why its parameters cannot be read.
fn read(http: &HttpRequest, body: &[u8]) -> (Request, Option<RestError>) {
    let pairs = |bytes: &[u8]| form_urlencoded::parse(bytes).into_owned().collect::<Vec<_>>();
    let mut request = Request {
        method: http.method().as_str().to_owned(),
        path: http.path().to_owned(),
        query: pairs(http.query_string().as_bytes()),
        form: Vec::new(),
        credentials: credentials(http),
    };
    if !is_utf8(body) || !is_utf8(http.query_string().as_bytes()) {
        let error = RestError::bad(20001, "The parameters are not UTF-8");
        return (request, Some(error));
    }
    if is_form(http) {
        request.form = pairs(body);
    }
    (request, None)
}

/// Twilio sees no parameters in any other kind of body.
fn is_form(http: &HttpRequest) -> bool {
    http.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// What is said of a body that nobody reads.
fn unread(http: &HttpRequest, body: &[u8]) -> Option<String> {
    let (path, kind) = (http.path(), http.content_type());
    (!body.is_empty() && !is_form(http)).then(|| {
        format!("the body of {path} is not read: its type is {kind:?}; parameters come as application/x-www-form-urlencoded")
    })
}

/// Whether an encoded form is UTF-8 when it is decoded.
fn is_utf8(form: &[u8]) -> bool {
    percent_encoding::percent_decode(form).decode_utf8().is_ok()
}

fn credentials(http: &HttpRequest) -> Option<(String, String)> {
    let value = http.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

fn write(answer: &Answer, retry_after: Option<u64>, clock_offset: i64) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    let now = Timestamp::now().saturating_add(SignedDuration::from_secs(clock_offset)).unwrap_or_default();
    response.insert_header((DATE, now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()));
    response.insert_header(("twilio-request-id", format!("RQ{}", uuid::Uuid::new_v4().simple())));
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"Twilio API\""));
    }
    if let Some(seconds) = retry_after {
        response.insert_header((RETRY_AFTER, seconds.to_string()));
    }
    if let Some(file) = &answer.file {
        return response.content_type(file.content_type).body(file.bytes.clone());
    }
    match &answer.body {
        Some(body) => response.json(body),
        None => response.finish(),
    }
}
