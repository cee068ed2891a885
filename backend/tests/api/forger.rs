//! An OpenID Connect provider that says whatever a test wants it to say.

use std::sync::{Arc, Mutex};

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) const CLIENT: &str = "sidetone";
pub(crate) const CLIENT_SECRET: &str = "secret of sidetone";

/// How an ID token is signed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Signed {
    /// By the provider's key, as it must be.
    #[default]
    Es256,
    /// By a key that is not the provider's.
    Es256ByAnother,
    /// Right, for other claims.
    Es256ForOthers,
    /// With the client secret.
    Hs256,
    /// With the provider's public key for a secret.
    Hs256ByPublicKey,
    Nothing,
}

/// What the next code is redeemed for.
#[derive(Clone, Default)]
pub(crate) struct Forgery {
    pub(crate) claims: Value,
    pub(crate) signed: Signed,
}

pub(crate) struct Forger {
    pub(crate) issuer: String,
    /// `POST /token` answers with this.
    pub(crate) next: Arc<Mutex<Forgery>>,
    /// What it was asked for at `/token`, the bodies.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

struct Keys {
    own: EcdsaKeyPair,
    another: EcdsaKeyPair,
}

impl Forger {
    /// On a free port; lists these algorithms.
    pub(crate) async fn start(algorithms: &[&str]) -> Self {
        let key = || {
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.unwrap().as_ref()).unwrap()
        };
        let keys = Arc::new(Keys { own: key(), another: key() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (next, asked) = (Arc::<Mutex<Forgery>>::default(), Arc::<Mutex<Vec<String>>>::default());
        let discovery = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": algorithms,
        });
        let (said, heard) = (next.clone(), asked.clone());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let answer = |path: &str, body: String| match path {
                    "/.well-known/openid-configuration" => discovery.clone(),
                    "/jwks" => json!({"keys": [public(&keys.own)]}),
                    "/token" => {
                        heard.lock().unwrap().push(body);
                        let forgery = said.lock().unwrap().clone();
                        json!({"access_token": "a", "token_type": "Bearer", "id_token": forgery.token(&keys)})
                    }
                    other => panic!("{other}"),
                };
                serve(socket, answer).await;
            }
        });
        Self { issuer, next, asked }
    }
}

impl Forgery {
    fn token(&self, keys: &Keys) -> String {
        let algorithm = match self.signed {
            Signed::Es256 | Signed::Es256ByAnother | Signed::Es256ForOthers => "ES256",
            Signed::Hs256 | Signed::Hs256ByPublicKey => "HS256",
            Signed::Nothing => "none",
        };
        let part = |value: &Value| BASE64.encode(value.to_string());
        let text = format!("{}.{}", part(&json!({"alg": algorithm, "kid": "1"})), part(&self.claims));
        let by = |key: &EcdsaKeyPair, text: &str| {
            key.sign(&SystemRandom::new(), text.as_bytes()).unwrap().as_ref().to_vec()
        };
        let hmac = |secret: &[u8]| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), text.as_bytes()).as_ref().to_vec()
        };
        let signature = match self.signed {
            Signed::Es256 => by(&keys.own, &text),
            Signed::Es256ByAnother => by(&keys.another, &text),
            Signed::Es256ForOthers => by(&keys.own, &text.replace('.', "..")),
            Signed::Hs256 => hmac(CLIENT_SECRET.as_bytes()),
            Signed::Hs256ByPublicKey => hmac(public(&keys.own).to_string().as_bytes()),
            Signed::Nothing => Vec::new(),
        };
        format!("{text}.{}", BASE64.encode(signature))
    }
}

fn public(key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let (x, y) = (BASE64.encode(&point[1..33]), BASE64.encode(&point[33..]));
    json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": "1", "x": x, "y": y})
}

async fn serve(mut socket: TcpStream, answer: impl Fn(&str, String) -> Value) {
    let mut request = Vec::new();
    let (head, body) = loop {
        if socket.read_buf(&mut request).await.unwrap() == 0 {
            return;
        }
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.to_lowercase();
        let length = length.lines().find_map(|line| line.strip_prefix("content-length:"));
        if body.len() >= length.map_or(0, |length| length.trim().parse().unwrap()) {
            break (head.to_owned(), body.to_owned());
        }
    };
    let body = answer(head.split(' ').nth(1).unwrap(), body).to_string();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
    let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    socket.write_all(answer.as_bytes()).await.unwrap();
}
