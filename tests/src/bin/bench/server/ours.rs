//! The real program, as an operator runs it: its own process, its own file; or several on one PostgreSQL.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use e2e::installation::{Installation, Serving};
use e2e::lambda::database;
use emulator::webhook;
use shared::api::paths;
use tokio::process::Command;

use super::load::Request;
use super::peers::resident_mb;

const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";
const NUMBER: &str = "+815031234567";
const PASSCODE: &str = "a passcode for the bench";
/// Each with its calls, none of which ends: as many as are granted by no more lines than these.
const LINES: u64 = 1000;
const ADD_LINES: &str = "
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
lines = ((f'+8150{30000000 + n}', f'bench_{n}', '', '') for n in range(int(sys.argv[2])))
db.executemany('INSERT INTO lines (phone_number, client_name, label, passcode_hash) VALUES (?, ?, ?, ?)', lines)
db.commit()
";
/// Rows of calls of the last month, as a busy small team may have.
const STORED: &str = "
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
now, number = int(time.time()), sys.argv[2]
calls = ((f'CA{n:032x}', number, 'outgoing', '+819012345678', 'completed', 9, now - n * 8, 60) for n in range(1, 300001))
db.executemany('INSERT INTO calls (parent_sid, phone_number, direction, peer, outcome, strength, started_at, duration_s) '
               'VALUES (?, ?, ?, ?, ?, ?, ?, ?)', calls)
dials = ((f'CA{n:032x}', number, 60, 1, 60, now - n * 8, now - n * 8) for n in range(1, 300001))
db.executemany('INSERT INTO dials (call_sid, phone_number, granted_s, metered, counted_s, ends_by, ended_at) '
               'VALUES (?, ?, ?, ?, ?, ?, ?)', dials)
db.commit()
";

const ADD_LINES_TO_POSTGRES: &str = "INSERT INTO lines (phone_number, client_name, label, passcode_hash) \
     SELECT '+8150' || (30000000 + n), 'bench_' || n, '', '' FROM generate_series(0, 999) AS n";

/// What the servers keep their state in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Base {
    /// An SQLite file, of one server.
    File,
    Postgres,
}

pub(super) struct Ours {
    pub(super) addresses: Vec<SocketAddr>,
    installation: Installation,
    serving: Vec<Serving>,
    cookie: String,
}

impl Ours {
    pub(super) async fn start(base: Base, servers: usize) -> Result<Self> {
        let ports = (0..servers).map(|_| Installation::free_port()).collect::<Result<Vec<_>>>()?;
        let first = ports.first().context("at least one server")?;
        let environment = [("SIDETONE_PASSCODE", PASSCODE), ("SIDETONE_LOG", "error")];
        let mut installation = Installation::new(&format!("http://127.0.0.1:{first}"), &environment)?;
        let settings = format!(
            "public_url = \"{}\"\ncall_time_limit_s = 3600\n[dial]\ncalls_at_once = 100\nminutes_per_day = 144000\n\
             server_minutes_per_day = 10000000\n[twilio]\n\
             account_sid = \"AC00000000000000000000000000000001\"\nauth_token = \"{AUTH_TOKEN}\"\n\
             api_key_sid = \"SK00000000000000000000000000000001\"\n\
             api_key_secret = \"abcdefghijklmnopqrstuvwxyz012345\"\n\
             application_sid = \"AP00000000000000000000000000000001\"\n",
            installation.public_url()
        );
        std::fs::write(installation.path("sidetone.toml"), settings)?;
        let postgres = match base {
            Base::File => None,
            Base::Postgres => Some(database::empty().await?),
        };
        if let Some(url) = &postgres {
            installation.knows("SIDETONE_DATABASE", url.as_str());
        }
        installation.sidetone(&["line", "add", NUMBER]).await?.ok()?;
        match &postgres {
            Some(url) => drop(database::ask(url, ADD_LINES_TO_POSTGRES).await?),
            None => {
                let file = installation.path("sidetone.db");
                python(ADD_LINES, &[&file.to_string_lossy(), &LINES.to_string()]).await?;
            }
        }
        let mut serving = Vec::new();
        for port in &ports {
            serving.push(installation.serve(*port).await?);
        }
        let cookie = sign_in(installation.public_url()).await?;
        let addresses = ports.iter().map(|port| SocketAddr::from(([127, 0, 0, 1], *port))).collect();
        Ok(Self { addresses, installation, serving, cookie })
    }

    /// Of the first server.
    pub(super) fn address(&self) -> SocketAddr {
        self.addresses.first().copied().unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Of the server that has most.
    pub(super) fn resident_mb(&self) -> Result<f64> {
        let each =
            self.serving.iter().map(|serving| resident_mb(serving.id())).collect::<Result<Vec<_>>>()?;
        Ok(each.into_iter().fold(0.0, f64::max))
    }

    /// As if 300,000 calls had been made.
    pub(super) async fn remembers_many_calls(&self) -> Result<()> {
        let database = self.installation.path("sidetone.db");
        python(STORED, &[&database.to_string_lossy(), NUMBER]).await.map(drop)
    }

    pub(super) fn token(&self) -> Request {
        let text = format!(
            "POST /{} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\nContent-Length: 0\r\n\r\n",
            paths::TOKEN,
            self.cookie
        );
        Arc::new(move |_| text.clone())
    }

    /// Each a new call.
    pub(super) fn call_outgoing(&self) -> Request {
        let url = format!("{}/{}", self.installation.public_url(), paths::CALL_OUTGOING);
        // Every run has calls of its own.
        let run = std::process::id();
        Arc::new(move |n| {
            let sid = format!("CA{run:016x}{n:016x}");
            let from = format!("client:bench_{}", n % LINES);
            let form = [
                ("AccountSid", "AC00000000000000000000000000000001"),
                ("CallSid", &sid),
                ("Direction", "inbound"),
                ("From", &from),
                ("To", "+819012345678"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
            let signature = webhook::signature(AUTH_TOKEN, &url, &form);
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
            format!(
                "POST /{} HTTP/1.1\r\nHost: x\r\nX-Twilio-Signature: {signature}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                paths::CALL_OUTGOING,
                body.len()
            )
        })
    }

    /// By somebody who is not signed in.
    pub(super) fn page() -> Request {
        Arc::new(|_| "GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_owned())
    }
}

async fn sign_in(public_url: &str) -> Result<String> {
    let wish = serde_json::json!({ "phone_number": NUMBER, "passcode": PASSCODE });
    let answer = reqwest::Client::new()
        .post(format!("{public_url}/{}", paths::SESSION))
        .header("Sec-Fetch-Site", "same-origin")
        .json(&wish)
        .send()
        .await?;
    let status = answer.status();
    let cookies: Vec<_> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next().map(str::to_owned))
        .collect();
    ensure!(status.is_success(), "not signed in: {status} {}", answer.text().await?);
    Ok(cookies.join("; "))
}

async fn python(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new("python3").arg("-c").arg(program).args(arguments).output().await?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
