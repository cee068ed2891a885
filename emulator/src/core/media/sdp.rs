//! Session descriptions: checked when they come in, completed before they go out.

use str0m::change::{SdpAnswer, SdpOffer};
use str0m::format::Codec;

use super::error::MediaError;

/// Ten times what a browser sends.
const LONGEST: usize = 64 * 1024;

/// Parses an offer that can become a call.
pub(crate) fn parse_offer(text: &str) -> Result<SdpOffer, MediaError> {
    precheck(text)?;
    let offer = SdpOffer::from_sdp_string(text).map_err(|e| parse_error(&e))?;
    let pcmu =
        offer.media_lines.iter().flat_map(|line| line.rtp_params()).any(|p| p.spec().codec == Codec::PCMU);
    require_pcmu(pcmu)?;
    Ok(offer)
}

/// Whether a browser's offer could become a call.
///
/// # Errors
/// [`MediaError::BadSdp`] says what is missing.
pub fn check_offer(text: &str) -> Result<(), MediaError> {
    parse_offer(text).map(drop)
}

/// Parses an answer that can become a call.
pub(crate) fn parse_answer(text: &str) -> Result<SdpAnswer, MediaError> {
    precheck(text)?;
    let answer = SdpAnswer::from_sdp_string(text).map_err(|e| parse_error(&e))?;
    let pcmu =
        answer.media_lines.iter().flat_map(|line| line.rtp_params()).any(|p| p.spec().codec == Codec::PCMU);
    require_pcmu(pcmu)?;
    Ok(answer)
}

/// Whether an offer's first choice is Opus. This engine speaks PCMU: the pure-Rust Opus encoders there are (`opus-rs`) are
/// young and the work of one person each, and a call of the SDK with its default options uses PCMU at Twilio, too.
#[must_use]
pub fn prefers_opus(text: &str) -> bool {
    let Some(first) = text
        .lines()
        .find(|line| line.starts_with("m=audio "))
        .and_then(|line| line.split_ascii_whitespace().nth(3))
    else {
        return false;
    };
    text.lines()
        .filter_map(|line| line.strip_prefix("a=rtpmap:")?.split_once(' '))
        .any(|(payload, codec)| payload == first && codec.trim().to_ascii_lowercase().starts_with("opus/"))
}

/// All candidates are in the description, so it says so (RFC 8840 section 8.2).
pub(crate) fn complete(text: &str) -> String {
    const END: &str = "a=end-of-candidates";
    if text.contains(END) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + END.len() + 2);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push_str("\r\n");
        let candidate = |line: &str| line.starts_with("a=candidate:");
        if candidate(line) && !lines.peek().is_some_and(|next| candidate(next)) {
            out.push_str(END);
            out.push_str("\r\n");
        }
    }
    out
}

fn precheck(text: &str) -> Result<(), MediaError> {
    if text.len() > LONGEST {
        return Err(MediaError::bad_sdp(format!("it has {} bytes; at most {LONGEST} are read", text.len())));
    }
    if !text.starts_with("v=0") {
        return Err(MediaError::bad_sdp("it does not begin with v=0"));
    }
    let Some(audio) = text.lines().find(|line| line.starts_with("m=audio ")) else {
        return Err(MediaError::bad_sdp("it has no audio section (m=audio)"));
    };
    if audio.starts_with("m=audio 0 ") {
        return Err(MediaError::bad_sdp("its audio section is switched off (port 0)"));
    }
    for (attribute, what) in [
        ("a=ice-ufrag:", "ICE user name (a=ice-ufrag)"),
        ("a=ice-pwd:", "ICE password (a=ice-pwd)"),
        ("a=fingerprint:", "DTLS fingerprint (a=fingerprint)"),
    ] {
        if !text.lines().any(|line| line.starts_with(attribute)) {
            return Err(MediaError::bad_sdp(format!("it has no {what}")));
        }
    }
    Ok(())
}

fn require_pcmu(present: bool) -> Result<(), MediaError> {
    if present {
        Ok(())
    } else {
        Err(MediaError::bad_sdp("it does not allow PCMU (G.711 µ-law, payload type 0)"))
    }
}

/// The parser quotes what it read: keep the message to one line of sensible length.
fn parse_error(error: &impl ToString) -> MediaError {
    let message: String = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    MediaError::bad_sdp(message.chars().take(200).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape of a browser's offer.
    const OFFER: &str = "v=0\r\no=- 42 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
        m=audio 9 UDP/TLS/RTP/SAVPF 0 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n\
        a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n\
        a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n\
        a=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:0 PCMU/8000\r\n\
        a=rtpmap:126 telephone-event/8000\r\n";

    fn reason(text: &str) -> String {
        match parse_offer(text) {
            Err(MediaError::BadSdp { reason }) => reason,
            other => panic!("expected a bad offer, got {other:?}"),
        }
    }

    #[test]
    fn the_first_payload_type_is_the_browser_s_choice() {
        let offer = |payloads: &str| {
            format!(
                "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF {payloads}\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:111 opus/48000/2\r\n"
            )
        };
        assert!(prefers_opus(&offer("111 0")));
        assert!(!prefers_opus(&offer("0 111")));
        assert!(!prefers_opus("v=0") && !prefers_opus("m=audio 9"));
    }

    #[test]
    fn a_browsers_offer_is_accepted() {
        parse_offer(OFFER).expect("a good offer");
    }

    #[test]
    fn what_is_missing_is_named() {
        let without = |what: &str| {
            OFFER.split_inclusive("\r\n").filter(|line| !line.contains(what)).collect::<String>()
        };
        assert!(reason("").contains("v=0"));
        assert!(reason("hello").contains("v=0"));
        assert!(reason(&OFFER.replace("m=audio", "m=video")).contains("no audio"));
        assert!(reason(&OFFER.replace("m=audio 9", "m=audio 0")).contains("port 0"));
        assert!(reason(&without("ice-ufrag")).contains("ice-ufrag"));
        assert!(reason(&without("ice-pwd")).contains("ice-pwd"));
        assert!(reason(&without("fingerprint")).contains("fingerprint"));
        assert!(reason(&OFFER.replace("PCMU", "XYZ")).contains("PCMU"));
        assert!(reason(&"v=0\r\n".repeat(100_000)).contains("at most"));
        assert!(reason(&without("o=")).len() <= 200);
    }

    #[test]
    fn the_end_of_candidates_follows_the_last_one() {
        let text = "v=0\r\na=candidate:1\r\na=candidate:2\r\na=mid:0\r\n";
        let done = complete(text);
        assert_eq!(done, "v=0\r\na=candidate:1\r\na=candidate:2\r\na=end-of-candidates\r\na=mid:0\r\n");
        assert_eq!(complete(&done), done);
    }
}
