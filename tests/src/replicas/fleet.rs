use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use shared::api::paths;
use tokio::sync::Mutex;

use super::balancer::Balancer;
use super::caller::{Line, TRUTH};
use super::twilio::Twilio;
use crate::PATIENCE;
use crate::authority::Authority;
use crate::installation::{Installation, Serving};
use crate::lambda::database;

pub const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub const PASSCODE: &str = "correct horse battery";
/// How long a server goes on that was told to stop: HAProxy gives it up after two checks.
const DRAIN_S: &str = "2";

/// Three servers and what is in front of them.
pub struct Fleet {
    pub replicas: [Replica; 3],
    pub lines: Vec<Line>,
    pub authority: Authority,
    balancer: Balancer,
    port: u16,
    client: reqwest::Client,
    /// The database, past whatever is between it and the servers.
    database: String,
}

/// One `sidetone serve`.
pub struct Replica {
    installation: Installation,
    port: u16,
    operations: u16,
    serving: Mutex<Option<Serving>>,
}

impl Fleet {
    /// With so many lines, whose passcode is [`PASSCODE`]. `seen` is the database as the servers have it, `more` what else is in
    /// their configuration.
    pub async fn start(database: &str, seen: &str, lines: usize, more: &str) -> Result<Self> {
        let authority = Authority::new()?;
        let port = Installation::free_port()?;
        let settings = format!(
            "public_url = \"https://localhost:{port}\"\n{seen}\n{more}\n[twilio]\n\
             account_sid = \"AC00000000000000000000000000000001\"\nauth_token = \"{AUTH_TOKEN}\"\n\
             api_key_sid = \"SK00000000000000000000000000000001\"\n\
             api_key_secret = \"abcdefghijklmnopqrstuvwxyz012345\"\n\
             application_sid = \"AP00000000000000000000000000000001\"\n"
        );
        let replicas =
            [Replica::new(port, &settings)?, Replica::new(port, &settings)?, Replica::new(port, &settings)?];
        let numbers: Vec<_> = (0..lines).map(|line| format!("+1202555{:04}", 100 + line)).collect();
        let program = &replicas[0].installation;
        for number in &numbers {
            program.sidetone(&["line", "add", number]).await?.ok()?;
        }
        let servers = [0, 1, 2].map(|i| (replicas[i].port, replicas[i].operations));
        let balancer = Balancer::start(port, &servers, &authority).await?;
        let client = authority.client()?;
        let database = database.to_owned();
        let mut fleet = Self { replicas, lines: Vec::new(), authority, balancer, port, client, database };
        try_join_all(fleet.replicas.iter().map(Replica::start)).await?;
        for number in numbers {
            let client =
                fleet.rows(&format!("SELECT client_name FROM lines WHERE phone_number = '{number}'")).await?;
            fleet.lines.push(Line { number, client });
        }
        fleet.is_ready().await?;
        Ok(fleet)
    }

    /// As browsers and Twilio reach it.
    pub fn public_url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub fn twilio(&self) -> Twilio {
        Twilio::new(self.client.clone(), &self.public_url(), AUTH_TOKEN)
    }

    /// Rows of the database.
    pub async fn rows(&self, sql: &str) -> Result<String> {
        database::ask(&self.database, sql).await
    }

    /// Waits until every server says that it can do all, and nothing waits for the database.
    pub async fn is_ready(&self) -> Result<()> {
        for replica in &self.replicas {
            replica.comes_to(200).await?;
        }
        Ok(())
    }

    /// The log of calls says this, a line for each, and nothing else.
    pub async fn has_logged(&self, mut truth: Vec<String>) -> Result<()> {
        truth.sort_unstable();
        let logged = self.rows(TRUTH).await?;
        let logged: Vec<_> = logged.lines().filter(|line| !line.is_empty()).collect();
        let lacks: Vec<_> = truth.iter().filter(|call| !logged.contains(&call.as_str())).collect();
        let has: Vec<_> = logged.iter().filter(|call| !truth.iter().any(|told| told == *call)).collect();
        ensure!(
            logged == truth,
            "the log lacks {lacks:#?}\nand has {has:#?}\nof {} calls, it has {}",
            truth.len(),
            logged.len()
        );
        Ok(())
    }

    /// What a browser asks, through the balancer.
    pub fn asks(&self, method: reqwest::Method, path: &str, cookie: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/{path}", self.public_url());
        browser(self.client.request(method, url), cookie)
    }

    /// All that was logged.
    pub fn logs(&self) -> String {
        let logs = self.replicas.iter().enumerate().map(|(i, replica)| format!("--- {i}\n{}", replica.log()));
        format!("{}\n--- haproxy\n{}", logs.collect::<Vec<_>>().join("\n"), self.balancer.log())
    }
}

/// As the page asks.
fn browser(request: reqwest::RequestBuilder, cookie: &str) -> reqwest::RequestBuilder {
    request
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("cookie", cookie)
}

impl Replica {
    fn new(public_port: u16, settings: &str) -> Result<Self> {
        let url = format!("https://localhost:{public_port}");
        let mut installation = Installation::new(&url, &[("SIDETONE_PASSCODE", PASSCODE)])?;
        let (port, operations) = (Installation::free_port()?, Installation::free_port()?);
        installation.knows("SIDETONE_OPERATIONS_BIND", format!("127.0.0.1:{operations}"));
        installation.knows("SIDETONE_DRAIN_S", DRAIN_S);
        std::fs::write(installation.path("sidetone.toml"), settings)?;
        Ok(Self { installation, port, operations, serving: Mutex::default() })
    }

    pub async fn start(&self) -> Result<()> {
        *self.serving.lock().await = Some(self.installation.serve(self.port).await?);
        Ok(())
    }

    /// A command beside it, in its folder.
    pub async fn sidetone(&self, arguments: &[&str]) -> Result<()> {
        self.installation.sidetone(arguments).await?.ok().map(|_| ())
    }

    /// Without a word to it.
    pub async fn kill(&self) -> Result<()> {
        self.serving.lock().await.take().context("it does not run")?.stop().await
    }

    /// As a service manager stops it; waits until it has ended.
    pub async fn terminate(&self) -> Result<()> {
        let mut serving = self.serving.lock().await.take().context("it does not run")?;
        let id = serving.id().context("it has ended")?.to_string();
        let told = tokio::process::Command::new("kill").args(["-TERM", &id]).status().await?;
        ensure!(told.success(), "kill");
        let status = tokio::time::timeout(PATIENCE, serving.wait()).await.context("it goes on")??;
        ensure!(status.success(), "{status}: {}", serving.log());
        Ok(())
    }

    /// What it says of itself.
    pub async fn readiness(&self) -> Result<(u16, String)> {
        let url = format!("http://127.0.0.1:{}/{}", self.operations, paths::READY);
        let answer = reqwest::get(url).await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    pub async fn comes_to(&self, status: u16) -> Result<()> {
        let comes = async {
            while !self.readiness().await.is_ok_and(|(told, _)| told == status) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, comes).await;
        let now = self.readiness().await;
        came.with_context(|| format!("/readyz never says {status}, but {now:?}: {}", self.log()))
    }

    /// What a browser asks of this server, past the balancer.
    pub fn asks(&self, method: reqwest::Method, path: &str, cookie: &str) -> reqwest::RequestBuilder {
        let url = format!("http://127.0.0.1:{}/{path}", self.port);
        browser(reqwest::Client::new().request(method, url), cookie)
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.installation.path("serve.log")).unwrap_or_default()
    }
}
