//! What our server is held against: bare actix, and a server made as Twilio's quickstart for Node is.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, Result, bail};
use e2e::installation::Installation;
use tokio::process::{Child, Command};

const QUICKSTART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/quickstart.mjs");
/// What `answer` says is as long as an access token with what is around it.
const ANSWER: usize = 700;

/// A server in a process of its own; it ends when it is dropped.
pub(super) struct Peer {
    pub(super) address: SocketAddr,
    process: Child,
}

/// Runs bare actix, in this very program: `bench bare PORT`.
pub(crate) async fn serve_bare(port: u16) -> Result<()> {
    let answer = || async { HttpResponse::Ok().content_type("application/json").body("x".repeat(ANSWER)) };
    let server = HttpServer::new(move || App::new().route("/{name:.*}", web::to(answer)));
    Ok(server.workers(2).bind(("127.0.0.1", port))?.run().await?)
}

pub(super) async fn bare() -> Result<Peer> {
    let port = Installation::free_port()?;
    let itself = std::env::current_exe()?;
    start(Command::new(itself).args(["bare", &port.to_string()]), port).await
}

pub(super) async fn quickstart() -> Result<Peer> {
    let port = Installation::free_port()?;
    start(Command::new("node").args([QUICKSTART, &port.to_string()]), port).await
}

async fn start(command: &mut Command, port: u16) -> Result<Peer> {
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn()?;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    loop {
        if tokio::net::TcpStream::connect(address).await.is_ok() {
            return Ok(Peer { address, process });
        }
        if let Some(status) = process.try_wait().context("a server")? {
            bail!("a server ended before it answered: {status}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

impl Peer {
    pub(super) fn resident_mb(&self) -> Result<f64> {
        resident_mb(self.process.id())
    }
}

/// Resident memory of a process, in MB (`/proc`).
pub(super) fn resident_mb(process: Option<u32>) -> Result<f64> {
    let id = process.context("it has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}
