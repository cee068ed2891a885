//! Requests over connections that are kept, one after the other on each.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(1);
const LENGTH: Duration = Duration::from_secs(5);

/// Writes request number so and so.
pub(super) type Request = Arc<dyn Fn(u64) -> String + Send + Sync>;

/// What is asked, and what stands in every answer that is right.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) request: Request,
    pub(super) says: &'static str,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    pub(super) per_second: f64,
    /// Half of the answers took longer.
    pub(super) median: Duration,
    /// Of a hundred answers, one took longer.
    pub(super) p99: Duration,
}

/// As many requests as are answered, all of them with 200 and these words.
pub(super) async fn load(address: SocketAddr, request: &Request, says: &'static str) -> Result<Load> {
    load_of(&[address], request, says).await
}

/// The same of several servers, each with its share of the connections.
pub(super) async fn load_of(addresses: &[SocketAddr], request: &Request, says: &'static str) -> Result<Load> {
    let asked = &Asked { request: request.clone(), says };
    let next = Arc::new(AtomicU64::new(0));
    run(addresses, asked, &next, WARM_UP).await?;
    let mut took = run(addresses, asked, &next, LENGTH).await?;
    took.sort_unstable();
    let of_hundred = |n: usize| took.get(took.len() * n / 100).copied().context("nothing was answered");
    Ok(Load {
        per_second: took.len() as f64 / LENGTH.as_secs_f64(),
        median: of_hundred(50)?,
        p99: of_hundred(99)?,
    })
}

async fn run(
    addresses: &[SocketAddr],
    asked: &Asked,
    next: &Arc<AtomicU64>,
    length: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + length;
    let addresses = addresses.iter().cycle().take(CONNECTIONS);
    let connections: Vec<_> =
        addresses.map(|address| tokio::spawn(one(*address, asked.clone(), next.clone(), end))).collect();
    let mut took = Vec::new();
    for connection in connections {
        took.append(&mut connection.await??);
    }
    Ok(took)
}

async fn one(address: SocketAddr, asked: Asked, next: Arc<AtomicU64>, end: Instant) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut took = Vec::new();
    let mut buffer = Vec::with_capacity(16_384);
    while Instant::now() < end {
        let text = (asked.request)(next.fetch_add(1, Ordering::Relaxed));
        let begin = Instant::now();
        stream.write_all(text.as_bytes()).await?;
        let body = answered(&mut stream, &mut buffer).await?;
        took.push(begin.elapsed());
        ensure!(
            asked.says.is_empty() || String::from_utf8_lossy(body).contains(asked.says),
            "not {}: {}",
            asked.says,
            String::from_utf8_lossy(body)
        );
    }
    Ok(took)
}

/// Reads one answer, and gives its body.
async fn answered<'b>(stream: &mut TcpStream, buffer: &'b mut Vec<u8>) -> Result<&'b [u8]> {
    buffer.clear();
    loop {
        ensure!(stream.read_buf(buffer).await? > 0, "the connection was closed");
        let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        if !text.starts_with("http/1.1 200") {
            bail!("{}", String::from_utf8_lossy(buffer));
        }
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("an answer without a length")?.trim().parse()?;
        while buffer.len() < head + 4 + length {
            ensure!(stream.read_buf(buffer).await? > 0, "the connection was closed");
        }
        return Ok(&buffer[head + 4..]);
    }
}
