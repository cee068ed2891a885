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

pub use machine::{Line, refresh_margin_ms};
use serde::{Deserialize, Serialize};

/// What the line is doing, for the user.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum LineStatus {
    /// On the way to being registered; nothing is wrong.
    Connecting,
    /// Calls can be made and received.
    Registered,
    /// Neither works; trying goes on.
    Offline(OfflineReason),
}

/// Why a line is offline.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum OfflineReason {
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
    /// The page is seen again, or the browser is back on the network.
    Wake,
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
    /// Destroy the Device, if there is one.
    DropDevice,
    /// The session is over: show the sign-in page.
    SignedOut,
    /// The session is another line's: show the sign-in page, and say so.
    Replaced,
}
