use shared::passcode::{MAX_LEN, MIN_LEN, PasscodeFault};

use crate::text;

/// What a new passcode must be, before anything is typed; then, what is wrong with it as it stands.
pub fn passcode_advice(empty: bool, fault: Option<PasscodeFault>) -> String {
    match fault {
        Some(fault) if !empty => passcode_fault(fault),
        _ => text::passcode::rules(&MIN_LEN.to_string()),
    }
}

fn passcode_fault(fault: PasscodeFault) -> String {
    let words = match fault {
        PasscodeFault::TooShort => return text::passcode::too_short(&MIN_LEN.to_string()),
        PasscodeFault::TooLong => return text::passcode::too_long(&MAX_LEN.to_string()),
        PasscodeFault::PhoneNumber => text::passcode::is_number(),
        PasscodeFault::Repeated => text::passcode::repeated(),
        PasscodeFault::Sequence => text::passcode::sequence(),
        PasscodeFault::Common => text::passcode::common(),
    };
    words.to_owned()
}

/// Why the OpenID Connect provider's word signed nobody in: the words of the page's `sign_in_error` parameter, or of a
/// stranger who made the link.
pub fn sign_in_error(code: &str) -> &'static str {
    match code {
        "cancelled" => text::sign_in::cancelled(),
        "stale" => text::sign_in::stale(),
        "not_verified" => text::sign_in::not_verified(),
        "unknown_email" => text::sign_in::unknown_email(),
        "too_many" => text::sign_in::too_many_with_provider(),
        "unavailable" => text::sign_in::provider_unavailable(),
        _ => text::sign_in::provider_failed(),
    }
}
