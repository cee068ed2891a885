//! What the SDK does on its socket, by hand.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use str0m::change::SdpOffer;
use str0m::media::{Direction, MediaKind};
use str0m::{Candidate, Rtc};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::world::PATIENCE;

pub(crate) struct Browser {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Browser {
    pub(crate) async fn open(url: &str) -> Self {
        Self::at(&format!("{url}/signal")).await
    }

    pub(crate) async fn at(url: &str) -> Self {
        Self { socket: connect_async(url.replace("http://", "ws://")).await.unwrap().0 }
    }

    pub(crate) async fn send(&mut self, kind: &str, payload: Value) {
        self.send_text(&json!({"type": kind, "version": "1.6", "payload": payload}).to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn send_binary(&mut self, bytes: &'static [u8]) {
        self.socket.send(Message::binary(bytes)).await.unwrap();
    }

    /// The next frame, heartbeats included; `None` when the socket is closed.
    pub(crate) async fn next_text(&mut self) -> Option<String> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame in time");
            match frame {
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message, which must be of the type `kind`; its payload.
    pub(crate) async fn expect(&mut self, kind: &str) -> Value {
        loop {
            let text = self.next_text().await.unwrap_or_else(|| panic!("closed instead of {kind}"));
            if text == "\n" {
                continue;
            }
            let message: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(message["type"], kind, "{message}");
            return message["payload"].clone();
        }
    }

    pub(crate) async fn expect_closed(&mut self) {
        while let Some(text) = self.next_text().await {
            assert_eq!(text, "\n", "the socket should be closed");
        }
    }

    /// Nothing is said within a moment that other things take: a `register` is answered first.
    pub(crate) async fn expect_nothing_before_ready(&mut self) {
        self.send("register", json!({"media": {"audio": true}})).await;
        self.expect("ready").await;
    }

    pub(crate) async fn listen(&mut self, token: &str) {
        self.send("listen", json!({"token": token, "browserinfo": {}, "reconnectTimeout": 0})).await;
    }

    pub(crate) async fn register(&mut self, token: &str) {
        self.listen(token).await;
        self.expect("connected").await;
        self.send("register", json!({"media": {"audio": true}})).await;
        self.expect("ready").await;
    }

    /// Dials; returns the temporary id.
    pub(crate) async fn dial(&mut self, params: &str) -> String {
        let callsid = "TJS0b6cd65f-0001-4b6c-8a3c-000000000001";
        let payload = json!({"callsid": callsid, "sdp": offer(), "twilio": {"params": params}});
        self.send("invite", payload).await;
        callsid.into()
    }

    /// Answers an `invite`.
    pub(crate) async fn answer(&mut self, invite: &Value) {
        let sdp = answer(invite["sdp"].as_str().unwrap());
        self.send("answer", json!({"callsid": invite["callsid"], "sdp": sdp})).await;
    }
}

fn rtc() -> Rtc {
    str0m::crypto::from_feature_flags().install_process_default();
    let mut rtc = Rtc::builder().clear_codecs().enable_pcmu(true, false).build(std::time::Instant::now());
    let address = "127.0.0.1:9".parse().unwrap();
    rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
    rtc
}

/// A WebRTC offer with audio.
pub(crate) fn offer() -> String {
    let mut rtc = rtc();
    let mut api = rtc.sdp_api();
    api.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
    api.apply().unwrap().0.to_sdp_string()
}

/// The answer to an offer.
pub(crate) fn answer(offer: &str) -> String {
    let offer = SdpOffer::from_sdp_string(offer).unwrap();
    rtc().sdp_api().accept_offer(offer).unwrap().to_sdp_string()
}
