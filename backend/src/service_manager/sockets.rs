use std::{
    env, io,
    net::{SocketAddr, TcpListener},
    process,
};

use listenfd::ListenFd;
use thiserror::Error;

use crate::http::Sockets;

/// `FileDescriptorName=` of the socket for figures and health.
const OPERATIONS: &str = "operations";
/// More there is no use for.
const MOST: usize = 2;

/// Why the sockets that were passed cannot be used.
#[derive(Debug, Error)]
pub enum SocketFault {
    #[error(
        "LISTEN_FDS is {0:?}: it must be the number of sockets that are passed, 1 or 2 (one for browsers and Twilio, one whose \
         FileDescriptorName= is {OPERATIONS}); whoever starts the server writes it, such as systemd"
    )]
    Number(String),
    #[error(
        "the socket that was passed as file {file}{name} cannot be used: {why}; pass one that listens for TCP, which systemd opens \
         by ListenStream= with an address and a port, and Accept=no"
    )]
    Kind { file: usize, name: String, why: io::Error },
    #[error(
        "two sockets were passed for {what}, and one is served: {first} and {second}; the FileDescriptorName= of the one for figures \
         and health must be {OPERATIONS}, the other one may have any other"
    )]
    Twice { what: &'static str, first: String, second: String },
}

/// The sockets that were opened for this process: none where nobody has. Call before there are threads, and once: the variables
/// that tell of them are removed.
///
/// # Errors
/// They are of another kind than can be served.
pub fn inherited() -> Result<Sockets, SocketFault> {
    let mut sockets = Sockets::default();
    let Some(number) = env::var_os("LISTEN_FDS") else { return Ok(sockets) };
    let number = number.to_string_lossy();
    if number.parse::<usize>().ok().is_none_or(|number| number > MOST) {
        return Err(SocketFault::Number(number.into_owned()));
    }
    let meant = env::var("LISTEN_PID").unwrap_or_default();
    if !meant.is_empty() && meant != process::id().to_string() {
        tracing::warn!(
            "LISTEN_PID is {meant:?}, and this process is {}: the sockets that were passed are another's and left alone",
            process::id()
        );
        return Ok(sockets);
    }
    let names = env::var("LISTEN_FDNAMES").unwrap_or_default();
    let mut passed = ListenFd::from_env();
    for index in 0..passed.len() {
        let name = names.split(':').nth(index).unwrap_or_default();
        let fault = |why| SocketFault::Kind {
            file: 3 + index,
            name: if name.is_empty() { String::new() } else { format!(" ({name})") },
            why,
        };
        let Some(socket) = passed.take_tcp_listener(index).map_err(fault)? else { continue };
        listens(&socket).map_err(fault)?;
        let (place, what) = match name {
            OPERATIONS => (&mut sockets.operations, "figures and health"),
            _ => (&mut sockets.front, "browsers and Twilio"),
        };
        let second = at(&socket);
        if let Some(first) = place.replace(socket) {
            return Err(SocketFault::Twice { what, first: at(&first), second });
        }
    }
    Ok(sockets)
}

fn listens(socket: &TcpListener) -> io::Result<()> {
    if rustix::net::sockopt::socket_acceptconn(socket)? {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it does not listen"))
}

fn at(socket: &TcpListener) -> String {
    socket.local_addr().as_ref().map_or_else(ToString::to_string, SocketAddr::to_string)
}
