//! What the audit log holds: who signed in, what was refused, what was changed. Never a passcode or a code, and other
//! people's numbers only redacted.

use shared::{
    PhoneNumber,
    api::{LineLimits, Refusal},
};

use crate::sign_in::throttle::CountedFor;

/// Something that an operator may have to answer for later. Numbers in it are lines' own, unless a field says otherwise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AuditEvent {
    /// `method` such as "passcode"; `device` such as "Chrome on Windows".
    SignedIn {
        line: PhoneNumber,
        method: &'static str,
        device: String,
    },
    /// The line is `None` when the number typed is no line's; that number is not kept.
    SignInRefused {
        line: Option<PhoneNumber>,
        reason: &'static str,
    },
    /// Told once, when the limit is reached, not for each attempt after it.
    SignInThrottled {
        line: Option<PhoneNumber>,
        of: CountedFor,
    },
    /// The user chose the first passcode, with a one-time code.
    PasscodeChosen {
        line: PhoneNumber,
    },
    PasscodeChanged {
        line: PhoneNumber,
        by: ChangedBy,
    },
    /// An operator made a one-time code, which ended the passcode and the sessions.
    CodeMade {
        line: PhoneNumber,
    },
    /// One device or, from another one, several.
    DevicesSignedOut {
        line: PhoneNumber,
        count: u64,
    },
    LineAdded {
        line: PhoneNumber,
        admin: bool,
    },
    /// `label` is the new one.
    LineRenamed {
        line: PhoneNumber,
        label: String,
    },
    /// Whether its user may look after all lines.
    AdminChanged {
        line: PhoneNumber,
        admin: bool,
    },
    LimitsChanged {
        line: PhoneNumber,
        limits: LineLimits,
    },
    /// What failures to sign in had held up may be tried again.
    LockLifted {
        line: PhoneNumber,
    },
    LineRemoved {
        line: PhoneNumber,
    },
    /// The server did not dial. `dialled` is what the softphone asked for; it is redacted here.
    CallRefused {
        line: Option<PhoneNumber>,
        dialled: String,
        reason: Refusal,
    },
    /// `what` in words, such as "voice URL of +81 50-3123-4567"; no secrets.
    ConfigurationChanged {
        line: Option<PhoneNumber>,
        what: String,
    },
}

/// Who changed a passcode.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ChangedBy {
    User,
    Operator,
}

impl AuditEvent {
    /// The word in the store and in `sidetone audit`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "signed_in",
            Self::SignInRefused { .. } => "sign_in_refused",
            Self::SignInThrottled { .. } => "sign_in_throttled",
            Self::PasscodeChosen { .. } => "passcode_chosen",
            Self::PasscodeChanged { .. } => "passcode_changed",
            Self::CodeMade { .. } => "code_made",
            Self::DevicesSignedOut { .. } => "devices_signed_out",
            Self::LineAdded { .. } => "line_added",
            Self::LineRenamed { .. } => "line_renamed",
            Self::AdminChanged { .. } => "admin_changed",
            Self::LimitsChanged { .. } => "limits_changed",
            Self::LockLifted { .. } => "lock_lifted",
            Self::LineRemoved { .. } => "line_removed",
            Self::CallRefused { .. } => "call_refused",
            Self::ConfigurationChanged { .. } => "configuration_changed",
        }
    }

    /// The line it happened to, where there is one.
    pub fn line(&self) -> Option<&PhoneNumber> {
        match self {
            Self::SignedIn { line, .. }
            | Self::PasscodeChosen { line }
            | Self::PasscodeChanged { line, .. }
            | Self::CodeMade { line }
            | Self::DevicesSignedOut { line, .. }
            | Self::LineAdded { line, .. }
            | Self::LineRenamed { line, .. }
            | Self::AdminChanged { line, .. }
            | Self::LimitsChanged { line, .. }
            | Self::LockLifted { line }
            | Self::LineRemoved { line } => Some(line),
            Self::SignInRefused { line, .. }
            | Self::SignInThrottled { line, .. }
            | Self::CallRefused { line, .. }
            | Self::ConfigurationChanged { line, .. } => line.as_ref(),
        }
    }

    /// The rest, in words; may be empty.
    pub fn detail(&self) -> String {
        match self {
            Self::SignedIn { method, device, .. } => format!("with {method}, {device}"),
            Self::SignInRefused { reason, .. } => (*reason).to_owned(),
            Self::SignInThrottled { of, .. } => format!("too many failures of one {}", of.word()),
            Self::PasscodeChanged { by: ChangedBy::User, .. } => "by the user".to_owned(),
            Self::PasscodeChanged { by: ChangedBy::Operator, .. } => "by the operator".to_owned(),
            Self::DevicesSignedOut { count, .. } => format!("{count}"),
            Self::CallRefused { dialled, reason, .. } => format!("{}: {}", redact(dialled), word(*reason)),
            Self::ConfigurationChanged { what, .. } => what.clone(),
            Self::LineAdded { admin: true, .. } => "an admin's".to_owned(),
            Self::LineRenamed { label, .. } => label.clone(),
            Self::AdminChanged { admin: true, .. } => "is an admin's".to_owned(),
            Self::AdminChanged { admin: false, .. } => "is no admin's any more".to_owned(),
            Self::LimitsChanged { limits, .. } => limit_words(*limits),
            Self::PasscodeChosen { .. }
            | Self::CodeMade { .. }
            | Self::LineAdded { admin: false, .. }
            | Self::LockLifted { .. }
            | Self::LineRemoved { .. } => String::new(),
        }
    }
}

/// Who did something to a line, where it was not its own user.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Actor {
    /// Who runs the server, by the command line.
    CommandLine,
    /// An admin, by the number of the own line.
    Admin(PhoneNumber),
}

impl Actor {
    /// As it is kept and shown.
    pub fn as_str(&self) -> &str {
        match self {
            Self::CommandLine => "command line",
            Self::Admin(number) => number.as_str(),
        }
    }

    /// What [`Actor::as_str`] wrote; `None` for what no version has written.
    pub fn from_text(text: &str) -> Option<Self> {
        if text == Self::CommandLine.as_str() {
            return Some(Self::CommandLine);
        }
        PhoneNumber::from_e164(text).ok().map(Self::Admin)
    }
}

/// One entry as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditRecord {
    /// Seconds since the Unix epoch.
    pub at: i64,
    /// See [`AuditEvent::kind`]; another version may know other words.
    pub kind: String,
    pub line: Option<PhoneNumber>,
    /// `None` where it was the line itself, or where nobody had noted it yet.
    pub by: Option<Actor>,
    /// Where the request came from; `None` for the command line.
    pub address: Option<String>,
    pub detail: String,
}

impl AuditRecord {
    pub fn new(event: &AuditEvent, at: i64, address: Option<String>) -> Self {
        Self {
            at,
            kind: event.kind().to_owned(),
            line: event.line().cloned(),
            by: None,
            address,
            detail: event.detail(),
        }
    }

    /// What somebody else did to the line.
    #[must_use]
    pub fn by(self, actor: Actor) -> Self {
        Self { by: Some(actor), ..self }
    }
}

/// What was dialled, so that a short code or the kind of number can be recognised but no person.
fn redact(dialled: &str) -> String {
    const SHORT: usize = 6;
    const SHOWN: usize = 5;
    const LONGEST: usize = 20;
    if let Ok(number) = PhoneNumber::from_e164(dialled) {
        return number.redacted();
    }
    let plain = dialled.chars().filter(|c| c.is_ascii_graphic());
    let text: String = plain.take(LONGEST).collect();
    if text.len() <= SHORT {
        return text;
    }
    let (start, rest) = text.split_at(SHOWN);
    format!("{start}{}", "•".repeat(rest.len()))
}

fn limit_words(limits: LineLimits) -> String {
    let word =
        |limit: Option<u32>| limit.map_or_else(|| "as configured".to_owned(), |limit| limit.to_string());
    format!("calls at once: {}, minutes a day: {}", word(limits.calls_at_once), word(limits.minutes_per_day))
}

fn word(reason: Refusal) -> &'static str {
    match reason {
        Refusal::InvalidNumber => "no phone number",
        Refusal::OwnNumber => "the line's own number",
        Refusal::EmergencyNumber => "emergency number",
        Refusal::ShortNumber => "short number",
        Refusal::CountryNotAllowed => "country not allowed",
        Refusal::PremiumNumber => "premium rate",
        Refusal::SatelliteNumber => "satellite or number of no country",
        Refusal::TooManyCalls => "too many calls at once",
        Refusal::LineMinutesSpent => "the line's minutes of the day are spent",
        Refusal::ServerMinutesSpent => "the server's minutes of the day are spent",
        Refusal::UnknownLine => "unknown line",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_dialled_is_redacted() {
        let detail = |dialled: &str| {
            AuditEvent::CallRefused { line: None, dialled: dialled.into(), reason: Refusal::PremiumNumber }
                .detail()
        };
        assert_eq!(detail("+819059876543"), "+8190••••••43: premium rate");
        assert_eq!(detail("110"), "110: premium rate");
        assert_eq!(detail("090-5987-6543"), "090-5••••••••: premium rate");
        assert_eq!(detail(&"9\n".repeat(9000)).chars().count(), 20 + ": premium rate".len());
        assert_eq!(detail(""), ": premium rate");
    }
}
