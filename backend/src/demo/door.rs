//! The demo in a container. What comes there through a published port comes from another machine, and the demo hears its own
//! alone. So it is passed on, from the container's addresses to loopback, port for port.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use thiserror::Error;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream, UdpSocket},
    task::JoinSet,
};

/// A browser in a call is not silent for so long.
const SILENCE: Duration = Duration::from_secs(60);
/// Browsers in calls, each at one address or a few.
const MOST_SENDERS: usize = 500;
const LONGEST_PACKET: usize = 2000;

/// Why nobody is let in.
#[derive(Debug, Error)]
pub enum DoorError {
    #[error("the addresses of this container cannot be read: {0}")]
    Addresses(io::Error),
    #[error("this container has no network: start it with one, and publish the demo's ports")]
    NoNetwork,
    #[error("cannot listen on {0}: {1}")]
    Bind(SocketAddr, io::Error),
}

/// Open until it is dropped.
pub struct Door {
    _tasks: JoinSet<()>,
}

impl Door {
    /// Lets in what comes to these ports of the container's own addresses.
    ///
    /// # Errors
    /// There is no address but loopback, or a port is taken.
    pub async fn open(tcp: &[u16], udp: u16) -> Result<Self, DoorError> {
        let interfaces = if_addrs::get_if_addrs().map_err(DoorError::Addresses)?;
        let outside = |ip: &IpAddr| ip.is_ipv4() && !ip.is_loopback();
        let addresses: Vec<_> = interfaces.iter().map(if_addrs::Interface::ip).filter(outside).collect();
        if addresses.is_empty() {
            Err(DoorError::NoNetwork)
        } else {
            Self::open_at(&addresses, tcp, udp).await
        }
    }

    async fn open_at(addresses: &[IpAddr], tcp: &[u16], udp: u16) -> Result<Self, DoorError> {
        let mut tasks = JoinSet::new();
        for address in addresses {
            for port in tcp {
                let at = SocketAddr::from((*address, *port));
                let listener = TcpListener::bind(at).await.map_err(|error| DoorError::Bind(at, error))?;
                tasks.spawn(pass_connections(listener, inside(*port)));
            }
            let at = SocketAddr::from((*address, udp));
            let socket = UdpSocket::bind(at).await.map_err(|error| DoorError::Bind(at, error))?;
            tasks.spawn(pass_packets(Arc::new(socket), inside(udp)));
        }
        Ok(Self { _tasks: tasks })
    }
}

/// Where the demo listens.
fn inside(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

async fn pass_connections(listener: TcpListener, to: SocketAddr) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((mut outer, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        connections.spawn(async move {
            if let Ok(mut inner) = TcpStream::connect(to).await {
                drop(copy_bidirectional(&mut outer, &mut inner).await);
            }
        });
    }
}

/// Each sender has a socket of its own inside, by which answers find back.
type Senders = Arc<Mutex<HashMap<SocketAddr, Arc<UdpSocket>>>>;

async fn pass_packets(outer: Arc<UdpSocket>, to: SocketAddr) {
    let senders = Senders::default();
    let mut answers = JoinSet::new();
    let mut packet = [0; LONGEST_PACKET];
    loop {
        while answers.try_join_next().is_some() {}
        // What went wrong is told of a packet that was sent before.
        let Ok((length, sender)) = outer.recv_from(&mut packet).await else { continue };
        let known = known(&senders, sender);
        let inner = match known {
            Some(inner) => inner,
            None => {
                let Some(inner) = new_sender(&senders, sender, to).await else { continue };
                answers.spawn(pass_answers(
                    Arc::clone(&inner),
                    Arc::clone(&outer),
                    sender,
                    Arc::clone(&senders),
                ));
                inner
            }
        };
        // A lost packet, which audio survives.
        drop(inner.send(packet.get(..length).unwrap_or_default()).await);
    }
}

fn known(senders: &Senders, sender: SocketAddr) -> Option<Arc<UdpSocket>> {
    senders.lock().unwrap_or_else(PoisonError::into_inner).get(&sender).cloned()
}

async fn new_sender(senders: &Senders, sender: SocketAddr, to: SocketAddr) -> Option<Arc<UdpSocket>> {
    let inner = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.ok()?;
    inner.connect(to).await.ok()?;
    let inner = Arc::new(inner);
    let mut senders = senders.lock().unwrap_or_else(PoisonError::into_inner);
    if senders.len() >= MOST_SENDERS {
        return None;
    }
    senders.insert(sender, Arc::clone(&inner));
    Some(inner)
}

/// Until nobody has said anything for long.
async fn pass_answers(inner: Arc<UdpSocket>, outer: Arc<UdpSocket>, sender: SocketAddr, senders: Senders) {
    let mut packet = [0; LONGEST_PACKET];
    while let Ok(Ok(length)) = tokio::time::timeout(SILENCE, inner.recv(&mut packet)).await {
        drop(outer.send_to(packet.get(..length).unwrap_or_default(), sender).await);
    }
    senders.lock().unwrap_or_else(PoisonError::into_inner).remove(&sender);
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// The container's address of this test.
    const CONTAINER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

    #[tokio::test]
    async fn who_knocks_is_heard_inside_and_gets_the_answer() {
        let phone = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let audio = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let (tcp, udp) = (phone.local_addr().unwrap().port(), audio.local_addr().unwrap().port());
        let _door = Door::open_at(&[CONTAINER.into()], &[tcp], udp).await.unwrap();

        let mut browser = TcpStream::connect((CONTAINER, tcp)).await.unwrap();
        browser.write_all(b"hello").await.unwrap();
        let (mut inner, _) = phone.accept().await.unwrap();
        let mut text = [0; 5];
        inner.read_exact(&mut text).await.unwrap();
        inner.write_all(&text).await.unwrap();
        drop(inner);
        let mut answer = String::new();
        browser.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer, "hello");

        // Two browsers at once, and each gets its own.
        let mut sources = Vec::new();
        for word in [b"one", b"two"] {
            let browser = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            browser.connect((CONTAINER, udp)).await.unwrap();
            for _ in 0..2 {
                browser.send(word).await.unwrap();
                let mut packet = [0; 10];
                let (length, source) = audio.recv_from(&mut packet).await.unwrap();
                assert!(source.ip() == Ipv4Addr::LOCALHOST && &packet[..length] == word);
                audio.send_to(&packet[..length], source).await.unwrap();
                let length = browser.recv(&mut packet).await.unwrap();
                assert_eq!(&packet[..length], word);
                sources.push(source);
            }
        }
        assert!(
            sources[0] == sources[1] && sources[1] != sources[2] && sources[2] == sources[3],
            "{sources:?}"
        );
    }

    #[tokio::test]
    async fn a_port_that_somebody_has_is_told() {
        let taken = UdpSocket::bind((CONTAINER, 0)).await.unwrap();
        let udp = taken.local_addr().unwrap();
        let error = Door::open_at(&[CONTAINER.into()], &[], udp.port()).await.err().unwrap().to_string();
        assert!(error.starts_with(&format!("cannot listen on {udp}")), "{error}");
    }
}
