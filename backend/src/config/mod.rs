//! Settings: what they are, where they come from, what is wrong with them.

mod check;
mod dial;
mod fault;
mod load;
mod network;
mod number;
mod openid;
mod partial;
mod postgres_url;
mod raw;
mod settings;
mod sign_in;
mod switch;
mod text;
mod twilio;

pub use dial::Dial;
pub use fault::{Fault, Faults};
pub use load::{
    LoadError, load, load_database, load_database_of, load_dial, load_public_url, load_session_idle_s,
    load_text,
};
pub use network::{ClientAddressHeader, Network, TimeLimits};
pub use openid::OpenIdSettings;
pub use partial::{Partial, load_partial};
pub use postgres_url::PostgresUrl;
pub use settings::{Database, Settings};
pub use sign_in::SignInSettings;

pub use crate::public_url::{PublicUrl, PublicUrlError};
