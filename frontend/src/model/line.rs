//! The line's registration: when to fetch a token, when to build the SDK's Device anew, and what to tell the user.
//!
//! The SDK reconnects by itself, but slowly (its back-off goes to 20 s), never with a new token, and not at all
//! after a `close`. So this machine gives it a moment, and then starts over with a new token and a new Device.
//! During a call it never does: that would end the call.

mod jitter;
mod machine;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
mod token_life;

pub use machine::Line;
use serde::{Deserialize, Serialize};
pub use token_life::refresh_margin_ms;

/// What the line is doing, for the user.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum LineStatus {
    /// On the way to being registered; nothing is wrong.
    Connecting,
    /// The computer slept: what was known of the line is not worth anything, and it is made anew.
    Waking,
    /// Was registered, and tries to get back; nothing is known to be wrong.
    Reconnecting,
    /// Calls can be made and received.
    Registered,
    /// Calls can be made; whoever calls does not reach this browser, because its user wants it so.
    Quiet,
    /// Neither works; trying goes on.
    Offline(OfflineReason),
}

impl LineStatus {
    /// What the user can do, by one button.
    pub fn cure(self) -> Option<Cure> {
        match self {
            Self::Connecting | Self::Waking | Self::Reconnecting | Self::Registered => None,
            Self::Quiet => Some(Cure::RingAgain),
            Self::Offline(why) => match why {
                OfflineReason::NoNetwork
                | OfflineReason::ServerUnreachable
                | OfflineReason::ServerTrouble
                | OfflineReason::SignalingUnreachable
                | OfflineReason::TokenRefused(_) => Some(Cure::TryNow),
                OfflineReason::SdkMissing => Some(Cure::Reload),
                OfflineReason::BrowserUnfit => None,
                OfflineReason::OtherTab => Some(Cure::TakeOver),
            },
        }
    }

    /// Nothing is wrong, and a call that is dialled now goes out in a moment.
    pub fn is_on_its_way(self) -> bool {
        matches!(self, Self::Connecting | Self::Waking | Self::Reconnecting)
    }
}

/// What one button does about the state of the line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Cure {
    /// Not to wait for the next attempt.
    TryNow,
    /// To load the page anew.
    Reload,
    /// To have the phone in this tab.
    TakeOver,
    /// To end "do not disturb".
    RingAgain,
}

/// Why a line is offline.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum OfflineReason {
    /// The browser says that there is no network, and nothing answers.
    NoNetwork,
    /// Our server does not answer.
    ServerUnreachable,
    /// Our server answers that it cannot.
    ServerTrouble,
    /// Twilio's signaling (or the emulator) does not answer.
    SignalingUnreachable,
    /// The signaling refused the access token, by the SDK's code.
    TokenRefused(u32),
    /// Twilio's SDK could not be loaded.
    SdkMissing,
    /// The browser has no WebRTC.
    BrowserUnfit,
    /// Another tab of this browser has the phone and says nothing: it hangs, or is of another version.
    OtherTab,
}

/// Why a token was not given.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TokenFailure {
    /// The session has ended.
    SignedOut,
    /// The session is another line's by now: a page of the same browser has signed in as that.
    OtherLine,
    Unreachable,
    Trouble,
}

/// What happens to the line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineEvent {
    /// Somebody has signed in. The seed is for jitter.
    Start {
        seed: u32,
    },
    /// The user signs out.
    Stop,
    Token {
        lifetime_s: u32,
    },
    TokenFailed(TokenFailure),
    /// The SDK could not be loaded or the Device not be made.
    DeviceFailed(OfflineReason),
    Registered,
    /// The Device is not registered any more; the SDK may be trying to change that.
    Unregistered,
    /// The SDK's `error` event.
    DeviceError {
        code: u32,
    },
    /// The SDK's `tokenWillExpire` event.
    TokenWillExpire,
    /// The page is seen again.
    Wake,
    /// The browser says whether there is a network. It may be wrong: a machine by itself has none, and all it needs.
    Network(bool),
    /// The user does not want to wait for the next attempt.
    Retry,
    /// Whether the user wants no calls here. Forgotten at [`LineEvent::Stop`].
    Quiet(bool),
    /// Time has passed; `in_call` forbids a new Device.
    Tick {
        in_call: bool,
    },
}

/// What the machine wants done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineEffect {
    /// Ask our server for a token; answer with [`LineEvent::Token`] or [`LineEvent::TokenFailed`].
    FetchToken,
    /// Make a Device with the token that has just come, and register it. `first_edge` counts the edges to skip, round and
    /// round the list.
    BuildDevice { first_edge: usize },
    /// Give the token that has just come to the Device.
    UpdateToken,
    /// Register the Device for calls, or end that and keep it.
    Present(bool),
    /// Destroy the Device, if there is one.
    DropDevice,
    /// The session is over: show the sign-in page.
    SignedOut,
    /// The session is another line's: show the sign-in page, and say so.
    Replaced,
}
