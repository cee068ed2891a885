use anyhow::{Result, ensure};
use shared::api::paths;

use super::twilio::Twilio;

/// A line as Twilio knows it.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: String,
    pub client: String,
}

/// What becomes of a call, in Twilio's words; in the log's, `Fate::word`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    Completed(u32),
    Busy,
    NoAnswer,
    Canceled,
}

impl Fate {
    fn status(self) -> &'static str {
        match self {
            Self::Completed(_) => "completed",
            Self::Busy => "busy",
            Self::NoAnswer => "no-answer",
            Self::Canceled => "canceled",
        }
    }

    fn word(self) -> String {
        self.status().replace('-', "_")
    }

    fn seconds(self) -> u32 {
        if let Self::Completed(seconds) = self { seconds } else { 0 }
    }
}

/// A call whose truth is known.
#[derive(Clone, Debug)]
pub struct Call {
    pub line: Line,
    pub outgoing: bool,
    pub peer: String,
    pub parent: String,
    pub child: String,
    pub fate: Fate,
}

/// What the log of a call has to say: [`Call::truth`] of each, a line each, by their CallSids.
pub const TRUTH: &str = "SELECT parent_sid || ' ' || coalesce(child_sid, '-') || ' ' || phone_number || ' ' || direction || ' ' || peer \
     || ' ' || outcome || ' ' || duration_s FROM calls ORDER BY parent_sid COLLATE \"C\"";

impl Call {
    /// The call with this number, whose SIDs tell it.
    pub fn numbered(number: usize, line: &Line, outgoing: bool, fate: Fate) -> Self {
        Self {
            line: line.clone(),
            outgoing,
            peer: format!("+1202555{:04}", 1000 + number % 8000),
            parent: format!("CA{number:032x}"),
            child: format!("CA{:032x}", 0x1_0000_0000 + number),
            fate,
        }
    }

    pub fn truth(&self) -> String {
        let direction = if self.outgoing { "outgoing" } else { "incoming" };
        let Self { parent, child, line, peer, fate, .. } = self;
        format!("{parent} {child} {} {direction} {peer} {} {}", line.number, fate.word(), fate.seconds())
    }

    /// From its first request to its last; `turn` is waited for before each.
    ///
    /// # Errors
    /// It is refused, or somebody is left without an answer.
    pub async fn runs(&self, twilio: &Twilio, turn: impl AsyncFn()) -> Result<()> {
        turn().await;
        let twiml = self.begins(twilio).await?;
        ensure!(self.is_granted(&twiml), "{self:?} is refused: {twiml}");
        for status in ["initiated", "ringing", "in-progress"] {
            if status != "in-progress" || matches!(self.fate, Fate::Completed(_)) {
                turn().await;
                self.reports(twilio, status).await?;
            }
        }
        turn().await;
        self.ends(twilio).await
    }

    /// The request for TwiML; gives it.
    pub async fn begins(&self, twilio: &Twilio) -> Result<String> {
        let client = self.client();
        let common = [
            ("AccountSid", "AC00000000000000000000000000000001"),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", &self.parent),
            ("CallStatus", "ringing"),
            ("Direction", "inbound"),
        ];
        if self.outgoing {
            let own = [("From", &*client), ("Caller", &client), ("To", &self.peer), ("Called", "")];
            return twilio.posts(paths::CALL_OUTGOING, &[&common[..], &own].concat()).await;
        }
        let (from, to) = (&*self.peer, &*self.line.number);
        let own = [("From", from), ("Caller", from), ("To", to), ("Called", to)];
        twilio.posts(paths::CALL_INCOMING, &[&common[..], &own].concat()).await
    }

    pub fn is_granted(&self, twiml: &str) -> bool {
        let noun = if self.outgoing { format!(">{}</Number>", self.peer) } else { "</Client>".to_owned() };
        twiml.contains("<Dial") && twiml.contains(&noun)
    }

    /// What the child leg is doing.
    async fn reports(&self, twilio: &Twilio, status: &str) -> Result<()> {
        let client = self.client();
        let (from, to) = if self.outgoing { (&self.line.number, &self.peer) } else { (&self.peer, &client) };
        let seconds = self.fate.seconds().to_string();
        let mut form = vec![
            ("CallSid", &*self.child),
            ("ParentCallSid", &self.parent),
            ("From", from),
            ("To", to),
            ("Direction", "outbound-dial"),
            ("CallbackSource", "call-progress-events"),
            ("CallStatus", status),
        ];
        if status == "completed" {
            form.push(("CallDuration", &seconds));
        }
        twilio.posts(paths::CALL_STATUS, &form).await.map(|_| ())
    }

    /// The end, which Twilio tells twice, at one moment.
    pub async fn ends(&self, twilio: &Twilio) -> Result<()> {
        let client = self.client();
        let (from, to) = if self.outgoing { (&client, &self.peer) } else { (&self.peer, &self.line.number) };
        let seconds = self.fate.seconds().to_string();
        let mut form = vec![
            ("CallSid", &*self.parent),
            ("CallStatus", "in-progress"),
            ("Direction", "inbound"),
            ("From", from),
            ("To", to),
            ("DialCallSid", &self.child),
            ("DialCallStatus", self.fate.status()),
        ];
        if matches!(self.fate, Fate::Completed(_)) {
            form.extend([("DialCallDuration", &*seconds), ("DialBridged", "true")]);
        }
        let (status, action) =
            tokio::join!(self.reports(twilio, self.fate.status()), twilio.posts(paths::DIAL_ACTION, &form));
        status?;
        let twiml = action?;
        ensure!(twiml.contains("<Hangup"), "{self:?}: {twiml}");
        Ok(())
    }

    fn client(&self) -> String {
        format!("client:{}", self.line.client)
    }
}
