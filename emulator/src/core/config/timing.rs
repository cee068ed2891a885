//! Delays and limits, each with the value of the real service where it is known.

use std::time::Duration;

/// What the server does after it refused an access token. Which of the two the real service does today is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TokenRefusal {
    /// An `error`, then a `close` message: the SDK gives up.
    #[default]
    CloseMessage,
    /// An `error`, then the socket is closed: the SDK tries again for ever.
    SocketClose,
}

/// Delays and limits.
#[derive(Debug, Clone)]
pub struct Timing {
    /// Between two heartbeats. The SDK drops a socket that was silent for 15 s.
    pub heartbeat: Duration,
    /// How long a call outlives the signaling socket of its browser when the SDK asked for no time of its own.
    pub lost_leg_grace: Duration,
    /// Added to the `timeout` of `<Dial>`. Twilio adds about 5 s; 0 here, so that a test waits for what it wrote.
    pub dial_timeout_extra: Duration,
    /// A `<Dial>` without `answerOnBridge` answers its caller this long after the callee was invited, or when the
    /// callee answers if that is sooner. `None`: only when the callee answers.
    pub answer_after_dial: Option<Duration>,
    /// From dialling an external phone to its ringing.
    pub phone_alerts_after: Duration,
    /// How long the robots among the external phones ring before they answer.
    pub robot_answers_after: Duration,
    /// How long a webhook may take in all. Twilio: 15 s.
    pub webhook_timeout: Duration,
    /// From the end of a recording until it can be heard. Twilio takes some seconds.
    pub recording_ready_after: Duration,
    /// What follows the refusal of an access token.
    pub token_refusal: TokenRefusal,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(10),
            lost_leg_grace: Duration::from_secs(5),
            dial_timeout_extra: Duration::ZERO,
            answer_after_dial: Some(Duration::from_millis(1500)),
            phone_alerts_after: Duration::from_millis(50),
            robot_answers_after: Duration::from_millis(600),
            webhook_timeout: Duration::from_secs(15),
            recording_ready_after: Duration::from_millis(500),
            token_refusal: TokenRefusal::CloseMessage,
        }
    }
}
