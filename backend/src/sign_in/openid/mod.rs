//! Sign-in by OpenID Connect: the provider, how it is asked, and what is believed of what it says.

mod error;
mod http;
mod login;
mod provider;

pub(crate) use error::OpenIdError;
pub(crate) use login::{LIFETIME_S, Login};
pub(crate) use provider::Provider;
