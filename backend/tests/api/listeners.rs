//! How the sockets are set that are accepted.

use std::{fs, net::SocketAddr, os::fd::OwnedFd, path::PathBuf};

use emulator::{Config, Emulator};
use reqwest::Client;
use rustix::{
    net::{getpeername, getsockname, sockopt::tcp_nodelay},
    process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open},
};
use shared::api::paths;

use crate::helpers::{TestApp, settings};

/// The sockets of this process that were accepted at this address, as further handles on them.
fn accepted_at(address: SocketAddr) -> Vec<OwnedFd> {
    let this = pidfd_open(getpid(), PidfdFlags::empty()).unwrap();
    let open = fs::read_dir("/proc/self/fd").unwrap().map(|entry| entry.unwrap().path());
    // Nothing but sockets: whoever closes a handle on a file lets go of all locks that this process has on it, such as those of
    // databases in other tests.
    let is_socket =
        |path: &PathBuf| fs::read_link(path).is_ok_and(|to| to.to_string_lossy().starts_with("socket:"));
    let numbers = open.filter(is_socket).filter_map(|path| path.file_name()?.to_str()?.parse().ok());
    let files = numbers.filter_map(|number| pidfd_getfd(&this, number, PidfdGetfdFlags::empty()).ok());
    let is_there = |file: &OwnedFd| {
        let own = getsockname(file).ok().and_then(|own| SocketAddr::try_from(own).ok());
        own == Some(address) && getpeername(file).is_ok()
    };
    files.filter(is_there).collect()
}

/// Otherwise the second part of an answer waits until the client's kernel has said a word about the first: 40 ms.
#[tokio::test]
async fn no_answer_waits_for_the_client_to_confirm_the_first_half_of_it() {
    let mut settings = settings();
    settings.network.operations_bind = Some(([127, 0, 0, 1], 0).into());
    let app = TestApp::start_with(settings).await;
    let emulator = Emulator::start(Config::default()).await.unwrap();
    let operations = app.server.operations_address().unwrap();
    let client = Client::new();
    for (address, path) in
        [(app.server.address(), paths::HEALTH), (operations, paths::READY), (emulator.address(), "handset")]
    {
        client.get(format!("http://{address}/{path}")).send().await.unwrap().bytes().await.unwrap();
        let accepted = accepted_at(address);
        assert!(!accepted.is_empty(), "{path}: the connection is kept");
        assert!(accepted.iter().all(|socket| tcp_nodelay(socket).unwrap()), "{path}");
    }
}
