//! A proxy between the public URL and the server.

use std::{net::TcpListener, thread};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::{StatusCode, header},
    rt::System,
    web::{self, Bytes, Data},
};
use url::form_urlencoded;

/// What it does to requests.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Spoil {
    Nothing,
    /// The prefix is gone when the server gets it.
    StripPrefix,
    DropQuery,
    /// Empty values are left out.
    DropEmpty,
    /// Values lose their outer spaces.
    Trim,
    /// `/prod/x` becomes `/prod/app/x`.
    RewritePath,
    /// Everything is sent elsewhere.
    Redirect,
    /// The header is left out.
    DropSignature,
    /// It does not reach the server.
    BadGateway,
}

struct Task {
    spoil: Spoil,
    server: u16,
    client: reqwest::Client,
}

/// Running until it is dropped.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    handle: ServerHandle,
}

impl Proxy {
    pub(crate) fn start(spoil: Spoil, server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, told) = std::sync::mpsc::channel();
        thread::spawn(move || {
            System::new().block_on(async move {
                let client =
                    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
                let task = Data::new(Task { spoil, server, client });
                let app = move || App::new().app_data(task.clone()).default_service(web::to(pass));
                let server =
                    HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self { port, handle: told.recv().unwrap() }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn pass(task: Data<Task>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let mut path = request.uri().path().to_owned();
    let mut query = request.uri().query().map(str::to_owned);
    let mut body = body.to_vec();
    let kept = |value: &str| match task.spoil {
        Spoil::DropEmpty if value.is_empty() => None,
        Spoil::Trim => Some(value.trim().to_owned()),
        _ => Some(value.to_owned()),
    };
    match task.spoil {
        Spoil::StripPrefix => path = path.strip_prefix("/prod").unwrap_or(&path).to_owned(),
        Spoil::DropQuery => query = None,
        Spoil::RewritePath => path = path.replacen("/prod/", "/prod/app/", 1),
        Spoil::DropEmpty | Spoil::Trim => {
            let pairs = form_urlencoded::parse(&body);
            let pairs = pairs.filter_map(|(name, value)| Some((name.into_owned(), kept(&value)?)));
            let pairs: Vec<_> = pairs.collect();
            body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes();
        }
        Spoil::Redirect => {
            let to = format!("https://www.example.com{path}");
            return HttpResponse::MovedPermanently().insert_header((header::LOCATION, to)).finish();
        }
        Spoil::BadGateway => return HttpResponse::BadGateway().finish(),
        Spoil::Nothing | Spoil::DropSignature => {}
    }
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let url = format!("http://127.0.0.1:{}{path}{query}", task.server);
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).unwrap();
    let mut passed = task.client.request(method, url).body(body);
    for name in ["content-type", "x-twilio-signature"] {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(value) = value.filter(|_| task.spoil != Spoil::DropSignature || name == "content-type") {
            passed = passed.header(name, value);
        }
    }
    let Ok(response) = passed.send().await else { return HttpResponse::BadGateway().finish() };
    let status = StatusCode::from_u16(response.status().as_u16()).unwrap();
    HttpResponse::build(status).body(response.bytes().await.unwrap_or_default())
}
