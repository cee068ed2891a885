//! What the page and the emulator say to each other: JSON text frames with a `type`.
//!
//! A call that comes in: `ringing` → page `answer` and `offer` → `answered`, `audio` → `ended`.
//! A call that goes out: page `call` → `calling` → page `offer` → `audio` → `answered` → `ended`.

use serde::{Deserialize, Serialize};

use crate::core::phones::{Attestation, EndReason};

/// Keys in one message; nobody types more at once.
const MOST_KEYS: usize = 64;

/// What the person does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FromPage {
    /// Calls a number of the account.
    Call {
        /// E.164.
        to: String,
    },
    /// Chooses what the network says of this phone's number when it calls.
    Attest {
        /// From now on.
        attestation: Attestation,
    },
    /// Takes the call that rings.
    Answer,
    /// Declines the call that rings: the caller finds the phone busy.
    Decline,
    /// Ends the call. Nothing happens without one: hangups may cross.
    HangUp,
    /// Presses keys in a call that is answered.
    Press {
        /// `0`–`9`, `*`, `#`.
        keys: String,
    },
    /// Microphone and speaker for the call: a complete WebRTC offer with audio.
    Offer {
        /// SDP.
        sdp: String,
    },
}

/// What the person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToPage {
    /// The first message: the phone is in this page's hand.
    Ready {
        /// The phone's number, E.164.
        number: String,
        /// What people call it; may be empty.
        label: String,
        /// The numbers of the account, E.164: they can be called.
        lines: Vec<String>,
    },
    /// Somebody calls.
    Ringing {
        /// CallSid of the phone's leg.
        call: String,
        /// What the phone's display shows.
        from: String,
    },
    /// The call goes out.
    Calling {
        /// CallSid of the phone's leg.
        call: String,
        /// E.164.
        to: String,
    },
    /// The conversation begins.
    Answered {
        /// CallSid of the phone's leg.
        call: String,
    },
    /// The call is over.
    Ended {
        /// CallSid of the phone's leg.
        call: String,
        /// `local_hang_up`, `remote_hang_up`, `busy`, `no_answer`, `failed` or `canceled`.
        reason: &'static str,
    },
    /// The other end pressed a key.
    Key {
        /// `0`–`9`, `*`, `#`, `A`–`D`.
        key: char,
    },
    /// The answer to `offer`.
    Audio {
        /// SDP.
        sdp: String,
    },
    /// Another page has the phone now; this socket closes.
    Replaced,
    /// The last message could not be followed. Everything else goes on.
    Error {
        /// What is wrong and what would be right.
        message: String,
    },
}

/// Reads a message.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(text: &str) -> Result<FromPage, String> {
    let message: FromPage = serde_json::from_str(text)
        .map_err(|error| format!("this is no message of the handset protocol: {error}"))?;
    match &message {
        FromPage::Press { keys } if !are_keys(keys) => {
            Err(format!("keys must be 1 to {MOST_KEYS} of 0-9, * and #"))
        }
        _ => Ok(message),
    }
}

fn are_keys(keys: &str) -> bool {
    (1..=MOST_KEYS).contains(&keys.len()) && keys.bytes().all(|key| matches!(key, b'0'..=b'9' | b'*' | b'#'))
}

/// The word for the page.
pub(super) fn reason(reason: EndReason) -> &'static str {
    match reason {
        EndReason::LocalHangUp => "local_hang_up",
        EndReason::RemoteHangUp => "remote_hang_up",
        EndReason::Busy => "busy",
        EndReason::NoAnswer => "no_answer",
        EndReason::Failed => "failed",
        EndReason::Canceled => "canceled",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn messages_are_read_strictly() {
        assert_eq!(parse(r#"{"type":"answer"}"#), Ok(FromPage::Answer));
        assert_eq!(parse(r##"{"type":"press","keys":"1*#"}"##), Ok(FromPage::Press { keys: "1*#".into() }));
        for bad in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"type":"dance"}"#,
            r#"{"type":"call"}"#,
            r#"{"type":"call","to":7}"#,
            r#"{"type":"offer","sdp":"v=0","more":1}"#,
            r#"{"type":"press","keys":""}"#,
            r#"{"type":"press","keys":"1a"}"#,
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse(&format!(r#"{{"type":"press","keys":"{}"}}"#, "1".repeat(65))).is_err());
    }

    #[test]
    fn the_page_is_told_in_snake_case() {
        let ended = ToPage::Ended { call: "CA1".into(), reason: reason(EndReason::LocalHangUp) };
        let text = serde_json::to_string(&ended).unwrap();
        assert_eq!(text, r#"{"type":"ended","call":"CA1","reason":"local_hang_up"}"#);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in ".*") {
            let _ = parse(&text);
        }
    }
}
