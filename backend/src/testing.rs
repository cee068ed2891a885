//! A narrow way in for what stands outside of this crate and cannot go through a socket: the comparison of tokens with
//! Twilio's libraries, and the fuzz targets. A feature, which no program has.

use std::{future::Future, path::Path, pin::Pin, rc::Rc, sync::Arc};

use actix_web::{
    HttpResponse,
    body::to_bytes,
    dev::Service,
    http::{
        Method, Uri,
        header::{HeaderName, HeaderValue},
    },
    rt::{System, SystemRunner},
    test::{TestRequest, init_service},
    web::Data,
};
use secrecy::SecretString;

use crate::{
    config::{self, LoadError, Settings},
    http::{StartError, app::app, state::AppState},
    lines::Line,
    store,
    twilio::{Credentials, access_token::Minter},
};

/// An access token as a softphone gets it; `None` when it cannot be made.
#[must_use]
pub fn mint(twilio: &Credentials, client_name: &str, now_s: i64, lifetime_s: u32) -> Option<SecretString> {
    Minter::new(twilio).mint(client_name, now_s, lifetime_s).ok()
}

/// Settings as [`config::load()`] takes them from a file with this text.
///
/// # Errors
/// As for a file.
pub fn settings_from_text(text: &str) -> Result<Settings, LoadError> {
    config::load_text(Path::new("sidetone.toml"), text)
}

/// One HTTP request.
#[derive(Debug, Default)]
pub struct Request<'a> {
    pub method: &'a str,
    /// Path and query.
    pub target: &'a str,
    pub headers: &'a [(&'a str, &'a [u8])],
    pub body: &'a [u8],
}

type Answer = Pin<Box<dyn Future<Output = Option<(u16, Vec<u8>)>>>>;

/// All routes and what guards them, without a socket, on a store in memory.
pub struct Site {
    ask: Box<dyn Fn(TestRequest) -> Answer>,
    runner: SystemRunner,
}

impl Site {
    /// # Errors
    /// The store cannot be opened or does not take the lines.
    pub fn start(settings: Settings, lines: &[Line]) -> Result<Self, StartError> {
        let runner = System::new();
        let ask = runner.block_on(async {
            let store = store::open(&settings.database).await?;
            for line in lines {
                store.add_line(line).await?;
            }
            let public_url = settings.public_url.clone();
            let state = Data::new(AppState::new(settings, public_url, Arc::clone(&store))?);
            let service = Rc::new(init_service(app(state)).await);
            let ask = move |request: TestRequest| -> Answer {
                let service = Rc::clone(&service);
                Box::pin(async move {
                    let answer = match service.call(request.to_request()).await {
                        Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
                        Err(error) => HttpResponse::from_error(error),
                    };
                    let status = answer.status().as_u16();
                    Some((status, to_bytes(answer.into_body()).await.ok()?.to_vec()))
                })
            };
            Ok::<_, StartError>(Box::new(ask))
        })?;
        Ok(Self { ask, runner })
    }

    /// Status and body; `None` for what no HTTP server would hand on, such as a blank in the target.
    #[must_use]
    pub fn ask(&self, request: &Request<'_>) -> Option<(u16, Vec<u8>)> {
        Uri::try_from(request.target).ok()?;
        let method = Method::from_bytes(request.method.as_bytes()).ok()?;
        let mut built = TestRequest::default().method(method).uri(request.target);
        for (name, value) in request.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            built = built.append_header((name, HeaderValue::from_bytes(value).ok()?));
        }
        let built = built.set_payload(request.body.to_vec());
        self.runner.block_on((self.ask)(built))
    }
}
