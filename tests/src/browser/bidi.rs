//! WebDriver BiDi (w3.org/TR/webdriver-bidi): what a browser tells unasked, and scripts that run before a page's own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// Firefox tells BiDi nothing of what a policy has forbidden; the page does.
pub(super) const POLICY: &str = "addEventListener('securitypolicyviolation', (event) => \
    console.error(`Content Security Policy: ${event.effectiveDirective} forbids ${event.blockedURI}`))";

/// The session of a browser that WebDriver has opened.
pub(super) struct Bidi {
    commands: mpsc::UnboundedSender<Command>,
    told: Arc<Mutex<Told>>,
}

struct Command {
    method: &'static str,
    params: Value,
    reply: oneshot::Sender<Value>,
}

/// Since the last time that somebody asked.
#[derive(Default)]
struct Told {
    console: Vec<String>,
    requests: Vec<String>,
}

impl Bidi {
    /// `url`: the session's capability `webSocketUrl`.
    pub(super) async fn connect(url: &str) -> Result<Self> {
        let (socket, _) = connect_async(url).await.with_context(|| format!("no BiDi at {url}"))?;
        let (commands, wishes) = mpsc::unbounded_channel();
        let told = Arc::<Mutex<Told>>::default();
        tokio::spawn(serve(socket, wishes, Arc::clone(&told)));
        let bidi = Self { commands, told };
        let events = json!({ "events": ["log.entryAdded", "network.beforeRequestSent"] });
        bidi.command("session.subscribe", events).await?;
        Ok(bidi)
    }

    /// Runs in every page, of every tab, before its own scripts.
    pub(super) async fn in_every_page(&self, script: &str) -> Result<()> {
        let params = json!({ "functionDeclaration": format!("() => {{ {script} }}") });
        self.command("script.addPreloadScript", params).await.map(drop)
    }

    pub(super) async fn console(&self) -> Result<Vec<String>> {
        self.listens_up().await?;
        Ok(std::mem::take(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner).console))
    }

    pub(super) async fn requests(&self) -> Result<Vec<String>> {
        self.listens_up().await?;
        Ok(std::mem::take(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner).requests))
    }

    /// Events come in order, so that after any answer all that happened before has been told.
    async fn listens_up(&self) -> Result<()> {
        self.command("session.status", json!({})).await.map(drop)
    }

    async fn command(&self, method: &'static str, params: Value) -> Result<Value> {
        let (reply, answer) = oneshot::channel();
        let _ = self.commands.send(Command { method, params, reply });
        let mut answer = answer.await.with_context(|| format!("the browser is gone: {method}"))?;
        if answer["type"] != "success" {
            bail!("{method}: {} {}", answer["error"], answer["message"]);
        }
        Ok(answer["result"].take())
    }
}

async fn serve(mut socket: Socket, mut wishes: mpsc::UnboundedReceiver<Command>, told: Arc<Mutex<Told>>) {
    let mut waiting = HashMap::new();
    let mut id = 0_u64;
    loop {
        tokio::select! {
            command = wishes.recv() => {
                let Some(Command { method, params, reply }) = command else { return };
                id += 1;
                waiting.insert(id, reply);
                let text = json!({ "id": id, "method": method, "params": params }).to_string();
                if socket.send(Message::text(text)).await.is_err() {
                    return;
                }
            }
            message = socket.next() => {
                let Some(Ok(message)) = message else { return };
                let text = message.to_text().unwrap_or_default();
                let Ok(message) = serde_json::from_str::<Value>(text) else { continue };
                match message["id"].as_u64().and_then(|id| waiting.remove(&id)) {
                    Some(reply) => drop(reply.send(message)),
                    None => told.lock().unwrap_or_else(PoisonError::into_inner).hears(&message),
                }
            }
        }
    }
}

impl Told {
    fn hears(&mut self, event: &Value) {
        let params = &event["params"];
        match event["method"].as_str() {
            Some("log.entryAdded") => {
                let text = params["text"].as_str().unwrap_or_default();
                self.console.push(format!("{} {text}", params["level"].as_str().unwrap_or_default()));
            }
            Some("network.beforeRequestSent") => {
                self.requests.extend(params["request"]["url"].as_str().map(String::from));
            }
            _ => {}
        }
    }
}
