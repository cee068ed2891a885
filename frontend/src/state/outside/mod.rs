//! What is seen and heard of the phone outside of its page: notifications, the tab's icon, the app's badge, vibration; and
//! what the browser offers an app.

mod away;
mod icon;
mod install;
mod missed;
mod notices;
mod offers;
mod version;

pub(crate) use install::Install;
pub(crate) use offers::{Outside, use_outside};
