//! What a leg's status can be (<https://www.twilio.com/docs/voice/api/call-resource#call-status-values>).

/// A leg's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallStatus {
    /// A dialled leg whose callee is not alerted yet.
    Initiated,
    /// The callee is alerted, or the caller waits for the application.
    Ringing,
    /// Answered.
    InProgress,
    /// Ended after an answer.
    Completed,
    /// The callee was busy or declined.
    Busy,
    /// Nobody answered.
    NoAnswer,
    /// The call could not be made.
    Failed,
    /// The caller gave up, or somebody else answered.
    Canceled,
}

impl CallStatus {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CallStatus::Initiated => "initiated",
            CallStatus::Ringing => "ringing",
            CallStatus::InProgress => "in-progress",
            CallStatus::Completed => "completed",
            CallStatus::Busy => "busy",
            CallStatus::NoAnswer => "no-answer",
            CallStatus::Failed => "failed",
            CallStatus::Canceled => "canceled",
        }
    }

    /// Whether nothing follows.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, CallStatus::Initiated | CallStatus::Ringing | CallStatus::InProgress)
    }
}

/// Who made a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Somebody called Twilio: an external phone or a browser.
    Inbound,
    /// Made by `<Dial>`.
    OutboundDial,
}

impl Direction {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::OutboundDial => "outbound-dial",
        }
    }
}

/// A leg as a test or a page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallInfo {
    /// The leg's CallSid.
    pub sid: String,
    /// The CallSid of the leg it was dialled from.
    pub parent: Option<String>,
    /// Caller, as in webhooks.
    pub from: String,
    /// Callee, as in webhooks.
    pub to: String,
    /// Who made it.
    pub direction: Direction,
    /// Where it stands.
    pub status: CallStatus,
}
