use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A way to a socket over TCP whose connections may fall silent: what is sent is taken, and nobody has it. That is what a host
/// looks like that has lost its power, or a firewall that has forgotten a connection.
pub struct Wire {
    address: SocketAddr,
    /// Connections with a number below it are silent.
    silent_below: watch::Sender<usize>,
    made: Arc<AtomicUsize>,
    accepting: JoinHandle<()>,
}

impl Wire {
    pub async fn to(socket: PathBuf) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let silent_below = watch::Sender::new(0);
        let made = Arc::new(AtomicUsize::new(0));
        let (silent, counted) = (silent_below.clone(), made.clone());
        let accepting = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let number = counted.fetch_add(1, Ordering::SeqCst);
                let (socket, silent) = (socket.clone(), silent.subscribe());
                tokio::spawn(async move {
                    let Ok(far) = UnixStream::connect(&socket).await else { return };
                    let (near_reads, near_writes) = near.into_split();
                    let (far_reads, far_writes) = far.into_split();
                    // Each end is kept until both are done: one that falls silent closes nothing.
                    tokio::join!(
                        carry(near_reads, far_writes, number, silent.clone()),
                        carry(far_reads, near_writes, number, silent),
                    );
                });
            }
        });
        Ok(Self { address, silent_below, made, accepting })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections have been made.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::SeqCst)
    }

    /// All connections that there are fall silent; new ones are heard.
    pub fn falls_silent(&self) {
        self.silent_below.send_replace(self.made());
    }

    /// Also those that are to come, until this is called with `false`; what was silent stays so.
    pub fn swallows_all(&self, on: bool) {
        self.silent_below.send_replace(if on { usize::MAX } else { self.made() });
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn carry(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    number: usize,
    mut silent: watch::Receiver<usize>,
) {
    let mut buffer = vec![0; 16_384];
    let is_silent = |below: &usize| number < *below;
    loop {
        let read = tokio::select! {
            biased;
            told = async { silent.wait_for(is_silent).await.is_ok() } => {
                if told {
                    break;
                }
                return;
            }
            read = from.read(&mut buffer) => read.unwrap_or(0),
        };
        if read == 0 || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
    // Taken, and nobody has it; and nobody is told that an end is gone.
    while from.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
    drop(silent.wait_for(|_| false).await);
}
