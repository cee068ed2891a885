//! The verbs and nouns that the emulator knows.

use std::time::Duration;

use super::record::Record;
use crate::core::method::Method;

/// One instruction of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// Calls somebody and joins both ends.
    Dial(Dial),
    /// Speaks a text.
    Say(Say),
    /// Plays audio or keys.
    Play(Play),
    /// Waits.
    Pause(Duration),
    /// Ends the call.
    Hangup,
    /// Refuses the call without answering it. Twilio bills nothing for it.
    Reject {
        /// Whether the caller is told `busy` rather than `rejected`.
        busy: bool,
    },
    /// Goes on with another document.
    Redirect {
        /// Where the document is, as written.
        url: String,
        /// How it is fetched.
        method: Method,
    },
    /// Sends the caller's audio back.
    Echo,
    /// Writes down what the caller says.
    Record(Record),
    /// Waits for keys of the caller.
    Gather(Gather),
}

impl Verb {
    /// The element's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Verb::Dial(_) => "Dial",
            Verb::Say(_) => "Say",
            Verb::Play(_) => "Play",
            Verb::Pause(_) => "Pause",
            Verb::Hangup => "Hangup",
            Verb::Reject { .. } => "Reject",
            Verb::Redirect { .. } => "Redirect",
            Verb::Echo => "Echo",
            Verb::Record(_) => "Record",
            Verb::Gather(_) => "Gather",
        }
    }

    /// What a reader of the timeline wants to know beside the name.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Verb::Dial(dial) => dial.nouns.iter().map(Noun::address).collect::<Vec<_>>().join(", "),
            Verb::Say(say) => say.text.clone(),
            Verb::Play(play) => play.digits.clone().unwrap_or_else(|| play.url.clone()),
            Verb::Pause(length) => format!("{} s", length.as_secs()),
            Verb::Redirect { url, .. } => url.clone(),
            Verb::Reject { busy } => if *busy { "busy" } else { "rejected" }.into(),
            Verb::Record(record) => format!("at most {} s", record.max_length.as_secs()),
            Verb::Gather(gather) => match gather.num_digits {
                Some(digits) => format!("at most {digits} keys"),
                None => String::new(),
            },
            Verb::Hangup | Verb::Echo => String::new(),
        }
    }
}

/// `<Dial>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Dial {
    /// Asked for the next document when the dialled call is over.
    pub action: Option<String>,
    /// How `action` is asked.
    pub method: Method,
    /// The caller is answered only when the callee is.
    pub answer_on_bridge: bool,
    /// What the callee sees; `None`: the caller's own.
    pub caller_id: Option<String>,
    /// Why the caller calls, for the callee's screen; at most 50 characters.
    pub call_reason: Option<String>,
    /// The caller's `*` ends the dialled call.
    pub hangup_on_star: bool,
    /// The nouns are dialled one after the other.
    pub sequential: bool,
    /// Longest conversation.
    pub time_limit: Duration,
    /// Longest ringing; of each noun when they are `sequential`.
    pub timeout: Duration,
    /// Who is called; the first to answer wins.
    pub nouns: Vec<Noun>,
}

/// Somebody to dial.
#[derive(Debug, Clone, PartialEq)]
pub struct Noun {
    /// Who.
    pub whom: Whom,
    /// Progress reports.
    pub callback: Option<Callback>,
    /// Run on the callee's leg between its answer and the conversation.
    pub whisper: Option<Whisper>,
    /// Keys that the callee hears when it has answered, `w` for half a second; of a `<Number>`.
    pub digits: Option<String>,
}

/// Who is dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// `<Number>`, or the bare text of `<Dial>`, as written; E.164 when it is right.
    Number(String),
    /// `<Client>`.
    Client {
        /// The client name.
        identity: String,
        /// `<Parameter>`: handed to the browser.
        parameters: Vec<(String, String)>,
    },
}

/// `url` and `method` of a noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whisper {
    /// Where the document is, as written.
    pub url: String,
    /// How it is fetched.
    pub method: Method,
}

impl Noun {
    /// A noun without attributes.
    #[must_use]
    pub fn plain(whom: Whom) -> Self {
        Self { whom, callback: None, whisper: None, digits: None }
    }

    /// The address in the form that webhooks use: E.164 or `client:name`.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.whom {
            Whom::Number(number) => number.clone(),
            Whom::Client { identity, .. } => format!("client:{identity}"),
        }
    }
}

/// `statusCallback`, `statusCallbackEvent` and `statusCallbackMethod` of a noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// As written.
    pub url: String,
    /// How it is called.
    pub method: Method,
    /// What it is told beside the end.
    pub events: Events,
}

/// Which steps of a call a status callback wants; `completed` is always reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Events {
    /// The leg exists.
    pub initiated: bool,
    /// The callee is alerted.
    pub ringing: bool,
    /// The callee answered.
    pub answered: bool,
}

/// `<Gather>`, by keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Gather {
    /// Gets the keys; `None`: the current document again.
    pub action: Option<String>,
    /// How `action` is asked.
    pub method: Method,
    /// Longest wait for the next key.
    pub timeout: Duration,
    /// Ends it and is none of the keys.
    pub finish_on_key: Option<char>,
    /// So many keys end it.
    pub num_digits: Option<usize>,
    /// `action` is asked without keys, too.
    pub action_on_empty_result: bool,
    /// What the caller hears until the first key.
    pub prompts: Vec<Verb>,
}

/// `<Say>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The text.
    pub text: String,
    /// How often it is said; 0 in the document means 1000.
    pub times: u32,
}

/// `<Play>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Play {
    /// Where the audio is, as written.
    pub url: String,
    /// Keys to play instead.
    pub digits: Option<String>,
    /// How often it is played.
    pub times: u32,
}
