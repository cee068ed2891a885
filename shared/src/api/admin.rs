//! What admins ask of the server, below `api/admin`.

use serde::{Deserialize, Serialize};

use super::LineLimits;
use crate::PhoneNumber;

/// `GET api/admin/lines`: all lines, by number.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AdminLines {
    pub lines: Vec<AdminLine>,
    /// What a line may dial that has no limits of its own.
    pub usual: UsualLimits,
}

/// One line, as admins see it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AdminLine {
    pub phone_number: PhoneNumber,
    /// May be empty.
    pub label: String,
    /// Its user is an admin.
    pub admin: bool,
    pub sign_in: LineSignIn,
    /// Seconds for which failures hold up passcodes in new browsers; 0 where nothing does.
    pub locked_s: u32,
    pub limits: LineLimits,
}

/// What a line signs in with, besides OpenID Connect.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum LineSignIn {
    Passcode,
    /// Its user has not chosen a passcode yet.
    OneTimeCode {
        /// Seconds since the Unix epoch.
        expires_at: i64,
    },
    Nothing,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct UsualLimits {
    pub calls_at_once: u32,
    pub minutes_per_day: u32,
}

/// `POST api/admin/lines`: adds a line, which is answered with its [`OneTimeCode`].
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// With its country: `+81 50-3123-4567`; or without, in the country of the admin's own line.
    pub phone_number: String,
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub admin: bool,
}

/// A code that is told once: the server keeps a hash of it only. Also the answer to `POST api/admin/lines/{number}/code`, which
/// ends the passcode and all sessions of the line.
#[derive(Clone, Deserialize, Serialize)]
pub struct OneTimeCode {
    pub phone_number: PhoneNumber,
    pub code: String,
    /// Seconds since the Unix epoch.
    pub expires_at: i64,
}

/// `POST api/admin/lines/{number}`: changes what is in it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LineChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<bool>,
    /// Without it the last admin stays one.
    #[serde(default)]
    pub may_leave_no_admin: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<NewLimits>,
}

impl LineChange {
    /// What of `wanted` is another than what was `seen`: what somebody else has changed meanwhile stays as they want it.
    pub fn between(seen: &LineSettings, wanted: &LineSettings) -> Self {
        Self {
            label: (seen.label != wanted.label).then(|| wanted.label.clone()),
            admin: (seen.admin != wanted.admin).then_some(wanted.admin),
            may_leave_no_admin: false,
            limits: (seen.limits != wanted.limits).then(|| wanted.limits.into()),
        }
    }
}

/// What of a line an admin may change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LineSettings {
    pub label: String,
    pub admin: bool,
    pub limits: LineLimits,
}

/// Both limits, in the place of those that were.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewLimits {
    pub calls_at_once: Option<u32>,
    pub minutes_per_day: Option<u32>,
}

impl From<LineLimits> for NewLimits {
    fn from(LineLimits { calls_at_once, minutes_per_day }: LineLimits) -> Self {
        Self { calls_at_once, minutes_per_day }
    }
}

impl From<NewLimits> for LineLimits {
    fn from(NewLimits { calls_at_once, minutes_per_day }: NewLimits) -> Self {
        Self { calls_at_once, minutes_per_day }
    }
}

/// `GET api/admin/audit`: the last entries, the last one first. `?before=` is [`AuditPage::next`] of the page before it, `?line=` a
/// line that something happened to or that did something, `?about=` an [`AuditTheme`].
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins; `None` on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AuditEntry {
    /// Seconds since the Unix epoch.
    pub at: i64,
    /// A word such as `line_added`; newer servers know more of them.
    pub kind: String,
    /// The line that it happened to.
    pub line: Option<PhoneNumber>,
    /// The number of the admin who did it, or `command line`; `None` where it was the line's user.
    pub by: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// The rest, in English.
    pub detail: String,
}

/// What entries are about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AuditTheme {
    SignIns,
    /// Calls that were refused.
    Calls,
    /// Lines, passcodes, limits, settings.
    Changes,
}

impl AuditTheme {
    pub const ALL: [Self; 3] = [Self::SignIns, Self::Calls, Self::Changes];

    /// As it is written in a query.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignIns => "sign_ins",
            Self::Calls => "calls",
            Self::Changes => "changes",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_only_what_was_changed() {
        let limits = LineLimits { calls_at_once: Some(2), minutes_per_day: None };
        let seen = LineSettings { label: "Desk".to_owned(), admin: true, limits };
        let change =
            |wanted: &LineSettings| serde_json::to_value(LineChange::between(&seen, wanted)).unwrap();
        let nothing = serde_json::json!({ "may_leave_no_admin": false });
        assert_eq!(change(&seen), nothing);
        let named = |name: &str, value: serde_json::Value| {
            let mut named = nothing.clone();
            named[name] = value;
            named
        };
        let label = LineSettings { label: "Hall".to_owned(), ..seen.clone() };
        assert_eq!(change(&label), named("label", "Hall".into()));
        let admin = LineSettings { admin: false, ..seen.clone() };
        assert_eq!(change(&admin), named("admin", false.into()));
        let limits =
            LineSettings { limits: LineLimits { minutes_per_day: Some(0), ..limits }, ..seen.clone() };
        let both = serde_json::json!({ "calls_at_once": 2, "minutes_per_day": 0 });
        assert_eq!(change(&limits), named("limits", both));
    }
}
