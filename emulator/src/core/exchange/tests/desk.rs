//! Drives an exchange and keeps what it wanted done.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::core::account::{Account, Number};
use crate::core::config::Config;
use crate::core::exchange::effect::{Effect, MediaOp, Timer};
use crate::core::exchange::input::{Input, MediaInput};
use crate::core::exchange::state::Exchange;
use crate::core::media::MediaKey;
use crate::core::phones::{Behaviour, PhoneSeed};
use crate::core::signaling::{ServerMessage, SocketId};
use crate::core::webhook::{Reply, Request};

pub(super) const LINE: &str = "+815031234567";
pub(super) const OUTSIDE: &str = "+819059876543";
/// The smallest offer with audio that the media engine takes.
pub(super) const OFFER: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\na=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:0 PCMU/8000\r\n";

pub(super) struct TestDesk {
    pub(super) exchange: Exchange,
    pub(super) now: i64,
    /// Everything wanted so far.
    pub(super) log: Vec<Effect>,
    /// What nobody has looked at yet.
    fresh: Vec<Effect>,
}

impl TestDesk {
    pub(super) fn new() -> Self {
        let number = Number {
            phone_number: LINE.into(),
            voice_url: Some("http://app/in".into()),
            ..Number::default()
        };
        let account =
            Account { voice_url: Some("http://app/out".into()), numbers: vec![number], ..Account::default() };
        let phone = |number: &str, behaviour| PhoneSeed {
            phone_number: number.into(),
            label: String::new(),
            behaviour,
        };
        let phones = vec![phone(OUTSIDE, Behaviour::Manual), phone("+15550100003", Behaviour::Busy)];
        let config = Config { account, phones, ..Config::default() };
        Self { exchange: Exchange::new(&config, 1), now: 1000, log: Vec::new(), fresh: Vec::new() }
    }

    pub(super) fn put(&mut self, input: Input) {
        let effects = self.exchange.handle(Timestamp::from_second(self.now).unwrap(), input);
        self.log.extend(effects.iter().cloned());
        self.fresh.extend(effects);
    }

    pub(super) fn say(&mut self, socket: SocketId, kind: &str, payload: Value) {
        let text = json!({"type": kind, "payload": payload}).to_string();
        self.put(Input::Frame { socket, text });
    }

    /// A registered browser.
    pub(super) fn browser(&mut self, socket: SocketId, identity: &str) {
        self.put(Input::SocketOpened { socket, host: None });
        self.say(socket, "listen", json!({"token": token(identity)}));
        self.say(socket, "register", json!({"media": {"audio": true}}));
        self.fresh.clear();
    }

    /// Takes the first effect that fits; later ones stay for other questions.
    pub(super) fn take<T>(&mut self, fits: impl Fn(&Effect) -> Option<T>) -> T {
        let at = self.fresh.iter().position(|effect| fits(effect).is_some());
        let at = at.unwrap_or_else(|| panic!("not wanted: {:#?}", self.fresh));
        let effect = self.fresh.remove(at);
        fits(&effect).unwrap()
    }

    pub(super) fn sent(&mut self, to: SocketId, kind: &str) -> ServerMessage {
        self.take(|effect| match effect {
            Effect::Send { socket, message } if *socket == to && message.kind == kind => {
                Some(message.clone())
            }
            _ => None,
        })
    }

    pub(super) fn was_sent(&self, to: SocketId, kind: &str) -> bool {
        self.fresh.iter().any(|effect| {
            matches!(effect, Effect::Send { socket, message } if *socket == to && message.kind == kind)
        })
    }

    pub(super) fn request(&mut self) -> Request {
        self.take(|effect| match effect {
            Effect::Webhook(request) => Some(request.clone()),
            _ => None,
        })
    }

    /// Takes all requests that are open.
    pub(super) fn requests(&mut self) -> Vec<Request> {
        let mut requests = Vec::new();
        self.fresh.retain(|effect| match effect {
            Effect::Webhook(request) => {
                requests.push(request.clone());
                false
            }
            _ => true,
        });
        requests
    }

    pub(super) fn is_wanted(&self, fits: impl Fn(&Effect) -> bool) -> bool {
        self.fresh.iter().any(fits)
    }

    pub(super) fn media(&mut self, fits: impl Fn(&MediaOp) -> bool) -> MediaKey {
        self.take(|effect| match effect {
            Effect::Media { key, op } if fits(op) => Some(*key),
            _ => None,
        })
    }

    /// A timer comes at once.
    pub(super) fn ring_out(&mut self, fits: impl Fn(&Timer) -> bool) {
        let timer = self.take(|effect| match effect {
            Effect::After { timer, .. } if fits(timer) => Some(timer.clone()),
            _ => None,
        });
        self.put(Input::Timer(timer));
    }

    /// The application answers its oldest open request with these verbs.
    pub(super) fn twiml(&mut self, inner: &str) -> Request {
        let request = self.request();
        self.put(Input::Reply { id: request.id, reply: xml(inner) });
        request
    }

    pub(super) fn media_says(&mut self, key: MediaKey, what: MediaInput) {
        self.put(Input::Media { key, what });
    }
}

pub(super) fn xml(inner: &str) -> Reply {
    Reply {
        status: Some(200),
        content_type: Some("text/xml".into()),
        body: format!("<Response>{inner}</Response>"),
        is_utf8: true,
        sound: None,
        location: None,
        error: None,
        millis: 1,
    }
}

pub(super) fn param(request: &Request, name: &str) -> String {
    let found = request.params.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A token that begins at 1000 and ends at 4600.
pub(super) fn token(identity: &str) -> String {
    let account = Account::default();
    let header = json!({"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"});
    let payload = json!({
        "iss": account.api_key_sid, "sub": account.sid, "iat": 1000, "exp": 4600,
        "grants": {"identity": identity, "voice": {
            "incoming": {"allow": true}, "outgoing": {"application_sid": account.application_sid}}},
    });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", encode(&header), encode(&payload));
    let mut mac = Hmac::<Sha256>::new_from_slice(account.api_key_secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}
