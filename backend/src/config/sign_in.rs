//! How long sign-ins and what is noted about them last.

use super::{fault::Fault, number::number, raw::RawSettings};

/// Sessions that nobody uses, and the audit log.
#[derive(Clone, Debug)]
pub struct SignInSettings {
    /// Seconds without use after which a session ends. One that is used ends after
    /// [`crate::config::settings::Settings::session_lifetime_s`].
    pub session_idle_s: u32,
    /// Days that entries of the audit log are kept.
    pub audit_retention_days: u32,
}

impl Default for SignInSettings {
    fn default() -> Self {
        Self { session_idle_s: 7 * 86_400, audit_retention_days: 365 }
    }
}

const SESSION_IDLE_S: (u32, u32) = (300, 365 * 86_400);
const AUDIT_RETENTION_DAYS: (u32, u32) = (1, 3650);

pub(super) fn sign_in(raw: &mut RawSettings, faults: &mut Vec<Fault>) -> SignInSettings {
    let base = SignInSettings::default();
    let idle = number("session_idle_s", " of seconds", raw.session_idle_s.take(), SESSION_IDLE_S, faults);
    let days = number(
        "audit_retention_days",
        " of days",
        raw.audit_retention_days.take(),
        AUDIT_RETENTION_DAYS,
        faults,
    );
    SignInSettings {
        session_idle_s: idle.unwrap_or(base.session_idle_s),
        audit_retention_days: days.unwrap_or(base.audit_retention_days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_bounds_and_nothing_else() {
        let check = |toml: &str| {
            let mut raw: RawSettings = toml::from_str(toml).unwrap();
            let mut faults = Vec::new();
            let settings = sign_in(&mut raw, &mut faults);
            (settings, faults.len())
        };
        let (settings, faults) = check("session_idle_s = 300\naudit_retention_days = \"30\"");
        assert_eq!((settings.session_idle_s, settings.audit_retention_days, faults), (300, 30, 0));
        for wrong in ["session_idle_s = 299", "session_idle_s = \"soon\"", "audit_retention_days = 0"] {
            assert_eq!(check(wrong).1, 1, "{wrong}");
        }
    }
}
