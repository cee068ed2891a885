//! A TwiML application that answers each path with what the test says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use rustls::ServerConfig;

#[derive(Clone, Default)]
struct Answer {
    status: u16,
    content_type: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: String,
    headers: HashMap<String, String>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

#[derive(Default)]
struct Book {
    answers: HashMap<String, Answer>,
    /// Statuses that come before the answers.
    failures: HashMap<String, Vec<u16>>,
    asked: Vec<Asked>,
}

type Shared = Arc<Mutex<Book>>;

/// A running application; it ends with the test's runtime.
pub(crate) struct Application {
    url: String,
    book: Shared,
}

impl Application {
    pub(crate) fn start() -> Self {
        Self::serve(None)
    }

    /// With TLS, if it is given, under the name `localhost`.
    pub(crate) fn serve(tls: Option<ServerConfig>) -> Self {
        let book = Shared::default();
        let shared = book.clone();
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
        Self { url, book }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// From now on `path` answers with the verbs `inner`.
    pub(crate) fn twiml(&self, path: &str, inner: &str) {
        self.raw(path, 200, "text/xml", format!("<?xml version=\"1.0\"?><Response>{inner}</Response>"));
    }

    pub(crate) fn raw(&self, path: &str, status: u16, content_type: &str, body: impl Into<Vec<u8>>) {
        let answer =
            Answer { status, content_type: content_type.into(), body: body.into(), ..Answer::default() };
        self.book.lock().unwrap().answers.insert(path.into(), answer);
    }

    /// From now on `path` answers with this status and leads to `location`.
    pub(crate) fn redirect(&self, path: &str, status: u16, location: &str) {
        let headers = vec![("Location".to_owned(), location.to_owned())];
        let answer = Answer { status, content_type: "text/html".into(), headers, ..Answer::default() };
        self.book.lock().unwrap().answers.insert(path.into(), answer);
    }

    /// The next requests to `path` are answered by these statuses.
    pub(crate) fn fails(&self, path: &str, statuses: &[u16]) {
        let statuses = statuses.iter().rev().copied().collect();
        self.book.lock().unwrap().failures.insert(path.into(), statuses);
    }

    /// The answer of `path` has one more header from now on.
    pub(crate) fn header(&self, path: &str, name: &str, value: &str) {
        let mut book = self.book.lock().unwrap();
        book.answers.get_mut(path).unwrap().headers.push((name.into(), value.into()));
    }

    /// The requests to `path` so far.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        self.book.lock().unwrap().asked.iter().filter(|asked| asked.path == path).cloned().collect()
    }
}

async fn answer(request: HttpRequest, body: String, book: web::Data<Shared>) -> HttpResponse {
    // Audio files are fetched without a signature.
    let is_audio = [".wav", ".mp3", ".aiff"].iter().any(|ending| request.path().ends_with(ending));
    assert!(is_audio || request.headers().contains_key("x-twilio-signature"));
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    let asked = Asked {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        body,
        headers: headers.collect(),
    };
    let mut book = book.lock().unwrap();
    book.asked.push(asked);
    let status = |code| actix_web::http::StatusCode::from_u16(code).unwrap();
    if let Some(failed) = book.failures.get_mut(request.path()).and_then(Vec::pop) {
        return HttpResponse::build(status(failed)).finish();
    }
    let answer = book.answers.get(request.path()).cloned();
    match answer {
        Some(answer) => {
            let mut response = HttpResponse::build(status(answer.status));
            response.content_type(answer.content_type);
            for header in answer.headers {
                response.append_header(header);
            }
            response.body(answer.body)
        }
        None => HttpResponse::NoContent().finish(),
    }
}
