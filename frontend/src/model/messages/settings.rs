use shared::api::SignedInDevice;

pub const PASSCODE_CHANGED: &str = "The passcode has been changed, and every other browser signed out.";

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// How long ago a moment was, exact to what matters. The server's clock may be ahead of this one.
pub fn ago(then_s: i64, now_s: i64) -> String {
    let seconds = now_s.saturating_sub(then_s);
    let (count, unit) = match seconds {
        DAY_S.. => (seconds / DAY_S, "day"),
        HOUR_S.. => (seconds / HOUR_S, "hour"),
        MINUTE_S.. => (seconds / MINUTE_S, "minute"),
        _ => return "just now".to_owned(),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// When a device was signed in and used.
pub fn device_history(device: &SignedInDevice, now_s: i64) -> String {
    let signed_in = ago(device.signed_in_at, now_s);
    if device.current {
        return format!("Signed in {signed_in}");
    }
    format!("Signed in {signed_in}, last used {}", ago(device.last_seen_at, now_s))
}
