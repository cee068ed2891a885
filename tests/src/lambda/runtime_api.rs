//! The interface that Lambda has for what runs in it: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::dev::ServerHandle;
use actix_web::web::{Bytes, Data, Path, PayloadConfig, get, post};
use actix_web::{App, HttpResponse, HttpServer};
use anyhow::{Context, Result};
use serde_json::Value;
use tokio::sync::{Notify, oneshot, watch};

use crate::PATIENCE;

const ROOT: &str = "/2018-06-01/runtime";
const LARGEST: usize = 6 * 1024 * 1024;

/// What becomes of an event.
#[derive(Debug)]
pub enum Outcome {
    Answer(Value),
    /// Said by the function in place of an answer.
    Error(Value),
}

struct Invocation {
    id: String,
    event: Bytes,
    deadline_ms: u128,
}

#[derive(Default)]
struct Events {
    waiting: VecDeque<Invocation>,
    under_way: HashMap<String, oneshot::Sender<Outcome>>,
    made: u32,
}

struct Interface {
    events: Mutex<Events>,
    news: Notify,
    init_error: watch::Sender<Option<Value>>,
    /// Whether the function waits for an event, and has nothing else to do.
    idle: watch::Sender<bool>,
}

/// It ends when it is dropped.
pub struct RuntimeApi {
    address: String,
    interface: Arc<Interface>,
    server: ServerHandle,
}

impl RuntimeApi {
    pub fn start() -> Result<Self> {
        let interface = Arc::new(Interface {
            events: Mutex::default(),
            news: Notify::new(),
            init_error: watch::Sender::new(None),
            idle: watch::Sender::new(false),
        });
        let data = Data::from(interface.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .app_data(PayloadConfig::new(LARGEST))
                .route(&format!("{ROOT}/invocation/next"), get().to(next))
                .route(&format!("{ROOT}/invocation/{{id}}/response"), post().to(answered))
                .route(&format!("{ROOT}/invocation/{{id}}/error"), post().to(failed))
                .route(&format!("{ROOT}/init/error"), post().to(not_started))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0))?;
        let address = server.addrs().first().context("no address")?.to_string();
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self { address, interface, server: handle })
    }

    /// As the environment of a function has it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends an event, whatever it is, and waits for what becomes of it. `limit` is the function's time limit.
    ///
    /// # Errors
    /// The function says nothing.
    pub async fn invoke(&self, event: impl Into<Bytes>, limit: Duration) -> Result<Outcome> {
        let (tell, told) = oneshot::channel();
        let deadline = SystemTime::now().duration_since(UNIX_EPOCH)? + limit;
        {
            let mut events = self.interface.lock();
            events.made += 1;
            let id = format!("8476a536-e9f4-11e8-9739-{:012}", events.made);
            events.under_way.insert(id.clone(), tell);
            events.waiting.push_back(Invocation {
                id,
                event: event.into(),
                deadline_ms: deadline.as_millis(),
            });
        }
        self.interface.news.notify_one();
        let outcome = tokio::time::timeout(PATIENCE, told).await.context("the function says nothing")?;
        Ok(outcome?)
    }

    /// Waits until the function has said why it does not start.
    pub async fn init_error(&self) -> Result<Value> {
        let mut told = self.interface.init_error.subscribe();
        let error = tokio::time::timeout(PATIENCE, told.wait_for(Option::is_some)).await;
        let error = error.context("the function has not said why it does not start")??.clone();
        error.context("no words")
    }

    /// Waits until the function waits for an event.
    pub async fn idle(&self) -> Result<()> {
        let mut idle = self.interface.idle.subscribe();
        tokio::time::timeout(PATIENCE, idle.wait_for(|idle| *idle))
            .await
            .context("the function is not ready")??;
        Ok(())
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        // The order is given by the call.
        drop(self.server.stop(false));
    }
}

impl Interface {
    fn lock(&self) -> std::sync::MutexGuard<'_, Events> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, id: &str, outcome: Outcome) -> HttpResponse {
        match self.lock().under_way.remove(id) {
            Some(tell) => {
                drop(tell.send(outcome));
                HttpResponse::Accepted().finish()
            }
            None => HttpResponse::Gone().finish(),
        }
    }
}

async fn next(interface: Data<Interface>) -> HttpResponse {
    let invocation = loop {
        if let Some(invocation) = interface.lock().waiting.pop_front() {
            break invocation;
        }
        interface.idle.send_replace(true);
        interface.news.notified().await;
    };
    interface.idle.send_replace(false);
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("Lambda-Runtime-Aws-Request-Id", invocation.id))
        .insert_header(("Lambda-Runtime-Deadline-Ms", invocation.deadline_ms.to_string()))
        .insert_header((
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:123456789012:function:sidetone",
        ))
        .insert_header(("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"))
        .body(invocation.event)
}

async fn answered(interface: Data<Interface>, id: Path<String>, body: Bytes) -> HttpResponse {
    interface.tell(&id, Outcome::Answer(json(&body)))
}

async fn failed(interface: Data<Interface>, id: Path<String>, body: Bytes) -> HttpResponse {
    interface.tell(&id, Outcome::Error(json(&body)))
}

async fn not_started(interface: Data<Interface>, body: Bytes) -> HttpResponse {
    interface.init_error.send_replace(Some(json(&body)));
    HttpResponse::Accepted().finish()
}

fn json(body: &Bytes) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| format!("no JSON: {body:?}").into())
}
