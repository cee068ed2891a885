//! The server in this process, without a socket, and Twilio's part.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use backend::config::{Database, PublicUrl, Settings};
use backend::lines::Line;
use backend::sign_in::browser_secret::BrowserSecret;
use backend::sign_in::session::{NewSession, Proof};
use backend::store;
use backend::testing::{Request, Site};
use backend::twilio::Credentials;
use backend::twilio::sid::{AccountSid, ApiKeySid, ApplicationSid};
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use shared::PhoneNumber;
use shared::api::paths;

const PUBLIC_URL: &str = "http://localhost:8080";
const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";
const LINE: &str = "+815031234567";
const HASH: &str = "hash";

/// What a browser asks when it needs an access token; what Twilio asks when the softphone calls.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path {
    Token,
    CallOutgoing,
}

impl Path {
    pub(crate) const ALL: [Self; 2] = [Self::Token, Self::CallOutgoing];
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token => "token",
            Self::CallOutgoing => "call_outgoing",
        })
    }
}

impl FromStr for Path {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|path| path.to_string() == text).with_context(|| format!("no path {text}"))
    }
}

/// Asks so many times, one after the other.
pub(crate) fn ask(path: Path, times: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = Database::File(folder.path().join("sidetone.db"));
    let line = Line::new(PhoneNumber::from_e164(LINE)?, String::new(), HASH.to_owned())?;
    let site = Site::start(settings(database.clone())?, std::slice::from_ref(&line))?;
    let secret = BrowserSecret::generate()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(sign_in(&database, &line, &secret))?;
    for call in 0..times {
        let (status, body) = match path {
            Path::Token => token(&site, &secret),
            Path::CallOutgoing => call_outgoing(&site, &line, call)?,
        }
        .context("no answer")?;
        let body = String::from_utf8_lossy(&body);
        let expected = match path {
            Path::Token => "\"token\"",
            Path::CallOutgoing => "<Number",
        };
        ensure!(status == 200 && body.contains(expected), "{path} was answered by {status}: {body}");
    }
    Ok(())
}

fn settings(database: Database) -> Result<Settings> {
    let twilio = Credentials {
        account_sid: AccountSid::parse("AC00000000000000000000000000000001")?,
        auth_token: AUTH_TOKEN.to_owned().into(),
        auth_token_secondary: None,
        api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001")?,
        api_key_secret: "abcdefghijklmnopqrstuvwxyz012345".to_owned().into(),
        application_sid: ApplicationSid::parse("AP00000000000000000000000000000001")?,
    };
    let mut settings = Settings::new(PublicUrl::parse(PUBLIC_URL)?, database, twilio);
    settings.dial.calls_at_once = 1_000_000;
    settings.dial.minutes_per_day = 1_000_000;
    settings.dial.server_minutes_per_day = 1_000_000;
    settings.call_time_limit_s = 60;
    Ok(settings)
}

async fn sign_in(database: &Database, line: &Line, secret: &BrowserSecret) -> Result<()> {
    let now_s = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let session = NewSession {
        digest: secret.digest(),
        id: "session".to_owned(),
        line: line.phone_number.clone(),
        device: "Chrome on Linux".to_owned(),
        device_digest: secret.digest(),
        signed_in_at: now_s,
        expires_at: now_s + 3600,
    };
    let store = store::open(database).await?;
    if !store.add_session(&session, Proof::PasscodeHash(HASH), 3600).await? {
        bail!("the line signs in by something else");
    }
    Ok(())
}

fn token(site: &Site, secret: &BrowserSecret) -> Option<(u16, Vec<u8>)> {
    let cookie = format!("sidetone_session={}", secret.expose());
    let headers = [
        ("host", b"localhost:8080".as_slice()),
        ("origin", PUBLIC_URL.as_bytes()),
        ("sec-fetch-site", b"same-origin"),
        ("cookie", cookie.as_bytes()),
    ];
    let target = format!("/{}", paths::TOKEN);
    site.ask(&Request { method: "POST", target: &target, headers: &headers, body: b"" })
}

fn call_outgoing(site: &Site, line: &Line, call: u32) -> Result<Option<(u16, Vec<u8>)>> {
    let (sid, from) = (format!("CA{call:032x}"), format!("client:{}", line.client_name));
    // In the order of their names, as they are signed.
    let form = [
        ("AccountSid", "AC00000000000000000000000000000001"),
        ("CallSid", &sid),
        ("Direction", "inbound"),
        ("From", &from),
        ("To", "+819059876543"),
    ];
    let target = format!("/{}", paths::CALL_OUTGOING);
    let mut mac = Hmac::<Sha1>::new_from_slice(AUTH_TOKEN.as_bytes())?;
    mac.update(format!("{PUBLIC_URL}{target}").as_bytes());
    for (name, value) in form {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = [
        ("host", b"localhost:8080".as_slice()),
        ("content-type", b"application/x-www-form-urlencoded; charset=UTF-8"),
        ("x-twilio-signature", signature.as_bytes()),
    ];
    Ok(site.ask(&Request { method: "POST", target: &target, headers: &headers, body: body.as_bytes() }))
}
