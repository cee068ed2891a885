use super::device_name;
use crate::text;

/// What an entry of the audit log says, by the word that the server has for it. What a newer one has stays as it is.
pub fn audit_kind(kind: &str) -> String {
    let words = match kind {
        "signed_in" => text::audit::signed_in(),
        "sign_in_refused" => text::audit::sign_in_refused(),
        "sign_in_throttled" => text::audit::sign_in_throttled(),
        "passcode_chosen" => text::audit::passcode_chosen(),
        "passcode_changed" => text::audit::passcode_changed(),
        "code_made" => text::audit::code_made(),
        "devices_signed_out" => text::audit::devices_signed_out(),
        "line_added" => text::audit::line_added(),
        "line_removed" => text::audit::line_removed(),
        "line_renamed" => text::audit::line_renamed(),
        "admin_changed" => text::audit::admin_changed(),
        "limits_changed" => text::audit::limits_changed(),
        "lock_lifted" => text::audit::lock_lifted(),
        "call_refused" => text::audit::call_refused(),
        "configuration_changed" => text::audit::configuration_changed(),
        other => other,
    };
    words.to_owned()
}

/// The rest of an entry, which the server keeps in English (`backend/src/audit/event.rs`).
pub fn audit_detail(kind: &str, detail: &str) -> String {
    let known = match (kind, detail) {
        ("signed_in", _) => return signed_in(detail).unwrap_or_else(|| detail.to_owned()),
        ("call_refused", _) => return refused_call(detail),
        ("limits_changed", _) => return limits(detail).unwrap_or_else(|| detail.to_owned()),
        ("sign_in_refused", "wrong passcode") => text::audit::wrong_passcode(),
        ("sign_in_refused", "wrong one-time code") => text::audit::wrong_code(),
        ("sign_in_refused", "the one-time code has expired") => text::audit::code_expired(),
        ("sign_in_refused", "the line has no passcode") => text::audit::no_passcode(),
        ("sign_in_throttled", "too many failures of one number") => text::audit::of_number(),
        ("sign_in_throttled", "too many failures of one device") => text::audit::of_device(),
        ("sign_in_throttled", "too many failures of one address") => text::audit::of_address(),
        ("passcode_changed", "by the user") => text::audit::by_user(),
        ("passcode_changed", "by the operator") => text::audit::by_operator(),
        ("line_added", "an admin's") | ("admin_changed", "is an admin's") => text::audit::is_admin(),
        ("admin_changed", "is no admin's any more") => text::audit::is_no_admin(),
        _ => detail,
    };
    known.to_owned()
}

/// `with passcode, Chrome on Windows`
fn signed_in(detail: &str) -> Option<String> {
    let (method, device) = detail.strip_prefix("with ")?.split_once(", ")?;
    let method = match method {
        "passcode" => text::audit::with_passcode(),
        "one-time code" => text::audit::with_code(),
        other => other,
    };
    Some([method, ", ", &device_name(device)].concat())
}

/// `+8190••••••43: premium rate`
fn refused_call(detail: &str) -> String {
    let Some((dialled, reason)) = detail.rsplit_once(": ") else { return detail.to_owned() };
    let reason = match reason {
        "no phone number" => text::audit::no_number(),
        "the line's own number" => text::audit::own_number(),
        "emergency number" => text::audit::emergency(),
        "short number" => text::audit::short(),
        "country not allowed" => text::audit::country(),
        "premium rate" => text::audit::premium(),
        "satellite or number of no country" => text::audit::satellite(),
        "too many calls at once" => text::audit::too_many_calls(),
        "the line's minutes of the day are spent" => text::audit::line_minutes(),
        "the server's minutes of the day are spent" => text::audit::server_minutes(),
        "unknown line" => text::audit::unknown_line(),
        other => other,
    };
    [dialled, ": ", reason].concat()
}

/// `calls at once: 5, minutes a day: as configured`
fn limits(detail: &str) -> Option<String> {
    let (calls, minutes) = detail.strip_prefix("calls at once: ")?.split_once(", minutes a day: ")?;
    let word = |limit: &str| {
        if limit == "as configured" { text::audit::usual().to_owned() } else { limit.to_owned() }
    };
    Some(text::audit::limits(&word(calls), &word(minutes)))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    /// The words of the server's own source: what it writes is said in the user's language.
    #[test]
    fn what_the_server_writes_into_its_log_is_known() {
        let source = include_str!("../../../backend/src/audit/event.rs");
        let between = |from: &str, to: &str| source.split(from).nth(1).and_then(|rest| rest.split(to).next());
        let words =
            |text: &'static str| text.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
        let kinds: Vec<_> = words(between("fn kind(", "fn line(").unwrap_or_default()).collect();
        let reasons: Vec<_> = words(between("fn word(reason", "mod tests").unwrap_or_default()).collect();
        assert!(kinds.len() > 10 && reasons.len() > 5);
        for kind in kinds {
            assert_ne!(audit_kind(kind), kind);
        }
        // In English the server's words are ours, so the result does not tell.
        let own = include_str!("audit.rs");
        for reason in reasons {
            assert!(own.contains(&format!("        \"{reason}\" => text::audit::")), "{reason}");
        }
        assert_eq!(audit_kind("a_newer_ones"), "a_newer_ones");
    }

    #[test]
    fn details_are_said_in_words() {
        let said = |kind, detail| audit_detail(kind, detail);
        assert_eq!(
            said("signed_in", "with passcode, Chrome on Windows"),
            "with the passcode, Chrome on Windows"
        );
        assert_eq!(said("signed_in", "with Google, Firefox"), "Google, Firefox");
        assert_eq!(said("signed_in", "odd"), "odd");
        assert_eq!(said("call_refused", "+8190••••••43: premium rate"), "+8190••••••43: premium rate");
        assert_eq!(said("call_refused", ""), "");
        let limits = "calls at once: 5, minutes a day: as configured";
        assert_eq!(said("limits_changed", limits), "calls at once: 5, minutes in 24 hours: as configured");
        assert_eq!(said("line_renamed", "Reception"), "Reception");
        assert_eq!(said("sign_in_refused", "the one-time code has expired"), "the one-time code had run out");
    }
}
