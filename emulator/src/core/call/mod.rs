//! Legs and what runs on them: states only, no behaviour of the outside world.

mod dial;
mod leg;
mod past;
mod script;
mod status;

pub use dial::{Dial, outcome};
pub use leg::{ClientParty, Leg, LineParty, Party, PhoneParty, Prelude, Ring, WebRtc};
pub use past::Past;
pub use script::{Gathering, Running, Script, Then};
pub use status::{CallInfo, CallStatus, Direction};
