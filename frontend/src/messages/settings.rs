use shared::api::SignedInDevice;

use crate::text;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// How long ago a moment was, exact to what matters. The server's clock may be ahead of this one.
pub fn ago(then_s: i64, now_s: i64) -> String {
    let seconds = now_s.saturating_sub(then_s);
    let (count, unit) = match seconds {
        DAY_S.. => (seconds / DAY_S, text::Unit::Day),
        HOUR_S.. => (seconds / HOUR_S, text::Unit::Hour),
        MINUTE_S.. => (seconds / MINUTE_S, text::Unit::Minute),
        _ => return text::time::just_now().to_owned(),
    };
    text::ago(count, unit)
}

/// A device as the server names it in English: `Chrome on Windows`, `a browser on Mac`, `Firefox`, `an unknown program`.
pub fn device_name(name: &str) -> String {
    match name.split_once(" on ") {
        Some(("a browser", system)) => text::devices::some_browser_on(system),
        Some((browser, system)) => text::devices::browser_on(browser, system),
        None if name == "an unknown program" => text::devices::unknown().to_owned(),
        None => name.to_owned(),
    }
}

/// When a device was signed in and used.
pub fn device_history(device: &SignedInDevice, now_s: i64) -> String {
    let signed_in = ago(device.signed_in_at, now_s);
    if device.current {
        return text::devices::signed_in(&signed_in);
    }
    text::devices::signed_in_and_used(&signed_in, &ago(device.last_seen_at, now_s))
}
