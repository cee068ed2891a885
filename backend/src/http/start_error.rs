use std::{io, net::SocketAddr};

use thiserror::Error;

use crate::{clock::ClockFault, sign_in::passcode::PasscodeError, store::StoreError, web_client::NoClient};

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("cannot listen on {address}: {error}; choose another address or port, or stop what uses it")]
    Bind { address: SocketAddr, error: io::Error },
    #[error("cannot start the server: {0}")]
    Io(#[from] io::Error),
    #[error("cannot open the database: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Clock(#[from] ClockFault),
    #[error("the client for the OpenID provider cannot be made: {0}")]
    OpenId(#[from] NoClient),
    #[error(transparent)]
    Passcode(#[from] PasscodeError),
}
