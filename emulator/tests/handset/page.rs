//! What the handset page does on its socket, by hand.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Nothing here takes this long unless it is broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Page {
    /// The page of a phone; it is told `ready`.
    pub(crate) async fn of(emulator: &str, number: &str) -> Self {
        let query = format!("?number={}", number.replace('+', "%2B"));
        let mut page = Self::open(emulator, &query, Some(emulator)).await.unwrap();
        assert_eq!(page.expect("ready").await["number"], number);
        page
    }

    /// Opens the socket as a page of `origin`; the HTTP status when it is refused.
    pub(crate) async fn open(emulator: &str, query: &str, origin: Option<&str>) -> Result<Self, u16> {
        let url = format!("{}/handset/ws{query}", emulator.replace("http://", "ws://"));
        let mut request = url.into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self { socket }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) async fn says(&mut self, message: Value) {
        self.says_text(&message.to_string()).await;
    }

    pub(crate) async fn does(&mut self, kind: &str) {
        self.says(json!({"type": kind})).await;
    }

    pub(crate) async fn says_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn says_bytes(&mut self, bytes: &'static [u8]) {
        self.socket.send(Message::binary(bytes)).await.unwrap();
    }

    /// The next message; `None` when the socket is closed.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a message in time");
            match frame {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message, which must be of the type `kind`.
    pub(crate) async fn expect(&mut self, kind: &str) -> Value {
        let message = self.next().await.unwrap_or_else(|| panic!("closed instead of {kind}"));
        assert_eq!(message["type"], kind, "{message}");
        message
    }

    /// The next message must be an error; its text.
    pub(crate) async fn expect_error(&mut self) -> String {
        self.expect("error").await["message"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn close(mut self) {
        self.socket.close(None).await.unwrap();
        while self.next().await.is_some() {}
    }
}
