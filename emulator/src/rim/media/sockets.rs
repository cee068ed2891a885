//! UDP on this machine and no further: a socket for each address that is offered to browsers.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::task::Poll;

use tokio::net::UdpSocket;

use super::own::OwnAddresses;

/// Reads the addresses of the interfaces.
pub(super) type Interfaces = Box<dyn FnMut() -> io::Result<Vec<IpAddr>> + Send>;

/// None but loopback.
pub(super) fn none() -> Interfaces {
    Box::new(|| Ok(Vec::new()))
}

/// The interfaces of the machine that this runs on.
pub(super) fn of_this_machine() -> Interfaces {
    Box::new(|| Ok(if_addrs::get_if_addrs()?.iter().map(if_addrs::Interface::ip).collect()))
}

pub(super) struct Sockets {
    interfaces: Interfaces,
    own: OwnAddresses,
    loopback: SocketAddr,
    /// The one on loopback is the first, and stays.
    open: Vec<(SocketAddr, UdpSocket)>,
    /// Who is read next, so that a busy socket does not keep the others waiting.
    turn: usize,
    /// Said once: who sends from elsewhere, may send a lot.
    told_of_strangers: bool,
}

/// A datagram from this machine.
pub(super) struct Arrived {
    pub(super) source: SocketAddr,
    pub(super) destination: SocketAddr,
    pub(super) length: usize,
}

impl Sockets {
    /// Opens one on the loopback address (port 0: a free one), and one on each other address of the machine. Needs a runtime
    /// around it.
    ///
    /// # Errors
    /// The loopback address has no port. Without the others Chromium has audio all the same.
    pub(super) fn open(loopback: SocketAddr, interfaces: Interfaces) -> io::Result<Self> {
        let first = bind(loopback)?;
        let mut sockets = Self {
            interfaces,
            own: OwnAddresses::new(loopback.ip(), &[]),
            loopback: first.0,
            open: vec![first],
            turn: 0,
            told_of_strangers: false,
        };
        sockets.refresh();
        Ok(sockets)
    }

    pub(super) fn loopback(&self) -> SocketAddr {
        self.loopback
    }

    /// Where browsers can send their audio, the best first.
    pub(super) fn addresses(&self) -> Vec<SocketAddr> {
        self.open.iter().map(|(address, _)| *address).collect()
    }

    /// Interfaces come and go: opens what is new, closes what is gone.
    pub(super) fn refresh(&mut self) {
        let own = match (self.interfaces)() {
            Ok(found) => OwnAddresses::new(self.loopback.ip(), &found),
            Err(error) => return tracing::warn!(%error, "the machine's addresses cannot be read"),
        };
        if own == self.own && self.open.len() == own.offered().len() {
            return;
        }
        self.own = own;
        self.open.retain(|(address, _)| self.own.offered().contains(&address.ip()));
        for address in self.own.offered() {
            if self.open.iter().any(|(open, _)| open.ip() == *address) {
                continue;
            }
            match bind((*address, 0).into()) {
                Ok(socket) => self.open.push(socket),
                // An interface that is being set up: the next refresh tries again.
                Err(error) => tracing::debug!(%address, %error, "no media here"),
            }
        }
        tracing::debug!(addresses = ?self.addresses(), "media");
    }

    /// Waits until a datagram may be there.
    pub(super) async fn readable(&self) {
        std::future::poll_fn(|context| {
            let ready = |(_, socket): &(SocketAddr, UdpSocket)| socket.poll_recv_ready(context).is_ready();
            // All are polled, so that each of them can wake.
            let ready = self.open.iter().map(ready).fold(false, |any, one| any | one);
            if ready { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// The next datagram, each socket in its turn; `None` when there is none. The inner `None` is one that came from
    /// another machine, or none at all.
    pub(super) fn receive(&mut self, buffer: &mut [u8]) -> Option<Option<Arrived>> {
        for _ in 0..self.open.len() {
            self.turn = (self.turn + 1) % self.open.len();
            let Some((destination, socket)) = self.open.get(self.turn) else { continue };
            match socket.try_recv_from(buffer) {
                Ok((length, source)) if self.own.hold(source.ip()) => {
                    return Some(Some(Arrived { source, destination: *destination, length }));
                }
                Ok((_, source)) => {
                    self.stranger(source);
                    return Some(None);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // A port that was closed reports itself here, on the next read.
                Err(error) => {
                    tracing::debug!(%error, "packet not received");
                    return Some(None);
                }
            }
        }
        None
    }

    /// Sends from one of [`Sockets::addresses`]. A browser's candidates are a stranger's words: what they name outside
    /// of this machine gets nothing.
    ///
    /// # Errors
    /// The address is gone, the destination elsewhere, or the socket's buffer full: a lost packet, which audio survives.
    pub(super) fn send(&self, source: SocketAddr, destination: SocketAddr, bytes: &[u8]) -> io::Result<()> {
        if !self.own.hold(destination.ip()) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "not an address of this machine"));
        }
        let from = self.open.iter().find(|(address, _)| *address == source);
        let (_, socket) = from.ok_or(ErrorKind::AddrNotAvailable)?;
        socket.try_send_to(bytes, destination).map(drop)
    }

    fn stranger(&mut self, source: SocketAddr) {
        if !self.told_of_strangers {
            tracing::warn!(%source, "audio from another machine is dropped: the emulator serves this one alone");
        }
        self.told_of_strangers = true;
    }
}

fn bind(address: SocketAddr) -> io::Result<(SocketAddr, UdpSocket)> {
    let socket = std::net::UdpSocket::bind(address)?;
    socket.set_nonblocking(true)?;
    Ok((socket.local_addr()?, UdpSocket::from_std(socket)?))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[tokio::test]
    async fn nothing_is_sent_to_another_machine() {
        let sockets = Sockets::open((Ipv4Addr::LOCALHOST, 0).into(), none()).unwrap();
        let here = sockets.loopback();
        sockets.open[0].1.writable().await.unwrap();
        assert!(sockets.send(here, here, b"to oneself").is_ok());
        for elsewhere in ["192.0.2.1:9", "255.255.255.255:9", "[2001:db8::1]:9", "0.0.0.0:9"] {
            let refused = sockets.send(here, elsewhere.parse().unwrap(), b"to a stranger").unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::PermissionDenied, "{elsewhere}");
        }
        let gone = sockets.send("127.0.0.1:1".parse().unwrap(), here, b"from nowhere").unwrap_err();
        assert_eq!(gone.kind(), ErrorKind::AddrNotAvailable);
    }
}
