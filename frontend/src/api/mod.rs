//! Our server: the only module that touches the network.

mod call;
mod demo;
mod error;
mod http;
mod session;
mod token;

pub(crate) use call::call_record;
pub(crate) use demo::demo_world;
pub(crate) use error::ApiError;
pub(crate) use session::{session, sign_in, sign_out};
pub(crate) use token::access_token;
