//! What the template makes of AWS: CloudFront in front of a bucket and of API Gateway, which invokes the function.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, PayloadConfig, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpResponseBuilder, HttpServer};
use anyhow::{Context, Result, bail};
use http::{HeaderMap, Method};
use serde_json::{Map, Value, json};
use tokio::sync::{Mutex, Semaphore};

use super::event::{Answered, Asked, Format};
use super::functions::Functions;
use super::instance::Instance;
use super::template::Template;

/// What CloudFront sends to API Gateway, and no client knows.
pub const ORIGIN_VERIFY: &str = "what only the distribution knows";
/// An address of CloudFront's.
const EDGE: &str = "130.176.0.7";

/// It ends when it is dropped.
pub struct Cloud {
    parts: Arc<Parts>,
    server: ServerHandle,
}

struct Parts {
    template: Template,
    functions: Mutex<Functions>,
    bucket: PathBuf,
    format: Format,
    /// Those that have nothing to do; one is taken for each request, as Lambda does.
    free: Mutex<Vec<Instance>>,
    places: Semaphore,
}

impl Cloud {
    /// Listens on this port; `bucket` is where the page is.
    pub fn start(port: u16, bucket: &Path, format: Format, instances: Vec<Instance>) -> Result<Self> {
        let parts = Arc::new(Parts {
            template: Template::read()?,
            functions: Mutex::new(Functions::start()?),
            bucket: bucket.to_owned(),
            format,
            places: Semaphore::new(instances.len()),
            free: Mutex::new(instances),
        });
        let data = Data::from(parts.clone());
        let app = move || {
            App::new()
                .app_data(data.clone())
                .app_data(PayloadConfig::new(1 << 20))
                .default_service(to(answer))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", port))?.run();
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self { parts, server: handle })
    }

    /// What the instances have logged.
    pub async fn log(&self) -> String {
        self.parts.free.lock().await.iter().map(Instance::log).collect()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

async fn answer(parts: Data<Parts>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match parts.answer(&request, &body).await {
        Ok(answered) => {
            let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::BAD_GATEWAY);
            let mut response = HttpResponseBuilder::new(status);
            for (name, value) in &answered.headers {
                response.append_header((name.as_str(), value.as_bytes()));
            }
            response.body(answered.body)
        }
        // As API Gateway says it of a function that fails.
        Err(error) => HttpResponse::BadGateway().body(format!("{error:#}")),
    }
}

impl Parts {
    async fn answer(&self, request: &HttpRequest, body: &[u8]) -> Result<Answered> {
        let behaviour = self.template.behaviour(request.path())?;
        if !behaviour.methods.iter().any(|method| request.method() == method.as_str()) {
            return Ok(plain(403, "This distribution is not configured to allow the HTTP request method."));
        }
        let headers = request.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().parse::<http::HeaderName>().ok()?, value.to_str().ok()?.parse().ok()?))
        });
        let mut headers: HeaderMap = headers.collect();
        let mut path = request.path().to_owned();
        if let Some(code) = &behaviour.on_request {
            let event = json!({
                "request": { "method": request.method().as_str(), "uri": path, "headers": map(&headers) },
                "viewer": { "ip": request.peer_addr().context("a peer")?.ip().to_string() },
            });
            let made = self.functions.lock().await.ask(code, &event)?;
            if let Some(status) = made["statusCode"].as_u64() {
                return Ok(Answered {
                    status: u16::try_from(status)?,
                    headers: header_map(&made["headers"])?,
                    body: Vec::new(),
                });
            }
            path = made["uri"].as_str().context("a path")?.to_owned();
            for (name, value) in &header_map(&made["headers"])? {
                headers.insert(name, value.clone());
            }
        }
        let mut answered = match behaviour.origin.as_str() {
            "page" => self.object(&path)?,
            "api" => {
                let query = request.query_string();
                let address = if query.is_empty() { path } else { format!("{path}?{query}") };
                self.function(request.method().as_str().parse()?, &address, headers, body).await?
            }
            other => bail!("no origin is called {other}"),
        };
        for (name, value) in &behaviour.headers {
            answered.headers.insert(name.parse::<http::HeaderName>()?, value.parse()?);
        }
        if let Some(code) = behaviour.on_response.as_ref().filter(|_| answered.status < 400) {
            let event =
                json!({ "response": { "statusCode": answered.status, "headers": map(&answered.headers) } });
            let made = self.functions.lock().await.ask(code, &event)?;
            answered.headers = header_map(&made["headers"])?;
        }
        Ok(answered)
    }

    /// A file of the bucket, with the headers that it was put there with.
    fn object(&self, path: &str) -> Result<Answered> {
        let file = self.bucket.join(path.trim_start_matches('/'));
        let (Ok(body), Ok(said)) =
            (std::fs::read(&file), std::fs::read(file.with_added_extension("headers")))
        else {
            return Ok(plain(404, "NoSuchKey"));
        };
        let said: Map<String, Value> = serde_json::from_slice(&said)?;
        let headers = said.iter().map(|(name, value)| (name.clone(), json!({ "value": value })));
        Ok(Answered { status: 200, headers: header_map(&Value::Object(headers.collect()))?, body })
    }

    async fn function(
        &self,
        method: Method,
        address: &str,
        headers: HeaderMap,
        body: &[u8],
    ) -> Result<Answered> {
        let mut asked = Asked::new(method, address);
        asked.headers = headers;
        asked.headers.insert("host", "a1b2c3.execute-api.us-east-1.amazonaws.com".parse()?);
        asked.headers.insert("x-origin-verify", ORIGIN_VERIFY.parse()?);
        asked.headers.insert("x-forwarded-for", format!("127.0.0.1, {EDGE}").parse()?);
        asked.source_ip = EDGE.to_owned();
        asked.body = body.to_vec();
        let _place = self.places.acquire().await?;
        let instance = self.free.lock().await.pop().context("an instance for each place")?;
        let answered = instance.ask(self.format, &asked).await;
        self.free.lock().await.push(instance);
        answered
    }
}

fn plain(status: u16, body: &str) -> Answered {
    Answered { status, headers: HeaderMap::new(), body: body.into() }
}

/// As functions of CloudFront have headers.
fn map(headers: &HeaderMap) -> Value {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let all = headers.iter().map(|(name, value)| (name.to_string(), json!({ "value": text(value) })));
    Value::Object(all.collect())
}

fn header_map(headers: &Value) -> Result<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in headers.as_object().into_iter().flatten() {
        map.insert(name.parse::<http::HeaderName>()?, value["value"].as_str().context("a value")?.parse()?);
    }
    Ok(map)
}
