//! A TwiML application that answers each path with what the test says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use rustls::ServerConfig;

#[derive(Clone)]
struct Answer {
    status: u16,
    content_type: String,
    body: Vec<u8>,
}

type Answers = Arc<Mutex<HashMap<String, Answer>>>;

/// A running application; it ends with the test's runtime.
pub(crate) struct Application {
    url: String,
    answers: Answers,
}

impl Application {
    pub(crate) fn start() -> Self {
        Self::serve(None)
    }

    /// With TLS, if it is given, under the name `localhost`.
    pub(crate) fn serve(tls: Option<ServerConfig>) -> Self {
        let answers = Answers::default();
        let shared = answers.clone();
        let server = HttpServer::new(move || {
            App::new().app_data(web::Data::new(shared.clone())).default_service(web::to(answer))
        })
        .workers(1)
        .disable_signals();
        let scheme = if tls.is_some() { "https://localhost:" } else { "http://127.0.0.1:" };
        let server = match tls {
            Some(tls) => server.bind_rustls_0_23("127.0.0.1:0", tls),
            None => server.bind("127.0.0.1:0"),
        };
        let server = server.unwrap();
        let url = format!("{scheme}{}", server.addrs()[0].port());
        actix_web::rt::spawn(server.run());
        Self { url, answers }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// From now on `path` answers with the verbs `inner`.
    pub(crate) fn twiml(&self, path: &str, inner: &str) {
        self.raw(path, 200, "text/xml", format!("<?xml version=\"1.0\"?><Response>{inner}</Response>"));
    }

    pub(crate) fn raw(&self, path: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        let answer = Answer { status, content_type: content_type.into(), body: body.into() };
        self.answers.lock().unwrap().insert(path.into(), answer);
    }
}

async fn answer(request: HttpRequest, answers: web::Data<Answers>) -> HttpResponse {
    // Audio files are fetched without a signature.
    let is_audio = request.path().ends_with(".wav");
    assert!(is_audio || request.headers().contains_key("x-twilio-signature"));
    let answer = answers.lock().unwrap().get(request.path()).cloned();
    let status = |code| actix_web::http::StatusCode::from_u16(code).unwrap();
    match answer {
        Some(answer) => {
            HttpResponse::build(status(answer.status)).content_type(answer.content_type).body(answer.body)
        }
        None => HttpResponse::NoContent().finish(),
    }
}
