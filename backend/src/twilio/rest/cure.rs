//! What to do about Twilio's error codes.
//!
//! Source: Twilio's "Error and Warning Dictionary" (`https://www.twilio.com/docs/api/errors`).

/// What an operator can do about a refusal.
pub(super) fn cure(status: u16, code: Option<u32>) -> &'static str {
    if let Some(cure) = code.and_then(by_code) {
        return cure;
    }
    match status {
        401 => "Check account SID and auth token: both are on the front page of Twilio's console.",
        403 => "The account may not do this: use the main auth token, not an API key or test credentials.",
        404 => "What was asked for is not in this account. Is it the right account?",
        429 => "Twilio was asked too often; wait a minute and run the command again.",
        500..=599 => {
            "Twilio has a problem of its own: see https://status.twilio.com and run the command again."
        }
        _ => "The code is explained at https://www.twilio.com/docs/api/errors.",
    }
}

fn by_code(code: u32) -> Option<&'static str> {
    Some(match code {
        10001 => "The account is not active: pay an open bill, or ask Twilio's support why it was suspended.",
        20003 => {
            "Account SID and auth token do not belong together, or the token was replaced: copy both from the front \
             page of Twilio's console. If they are right, the account may be suspended."
        }
        20004 => "The credentials may not do this: use the account's main auth token.",
        20005 => "The account is not active: pay an open bill, or ask Twilio's support why it was suspended.",
        20008 => "These are test credentials, which own nothing: use the live ones.",
        20404 => "What was asked for is not in this account: it was deleted, or belongs to another one.",
        20429 => "Twilio was asked too often; wait a minute and run the command again.",
        20500 | 20503 => "Twilio has a problem of its own: see https://status.twilio.com and try again.",
        21205 | 21502 | 21402 => {
            "Twilio takes only complete URLs that can be reached from the internet: check the public URL."
        }
        21620 => {
            "Twilio takes only complete URLs that can be reached from the internet: check the public URL."
        }
        21452 | 21421 | 21422 => "The number is not one that this account can use.",
        21631 => "The number needs an address or a bundle first: Twilio's console asks for it at the number.",
        70001 => "A name is too long for Twilio; shorten the host or path of the public URL.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_cure() {
        assert!(cure(401, Some(20003)).contains("front page"));
        for status in [400, 401, 403, 404, 429, 500, 503, 302] {
            assert!(cure(status, None).ends_with(['.', '?', 's']), "{status}");
        }
        assert_eq!(cure(429, Some(99_999)), cure(429, None));
    }
}
