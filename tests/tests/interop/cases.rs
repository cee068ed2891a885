//! Requests that Twilio could make, the odd ones included: a fixed sequence, so that a failure comes again.

use sha2::{Digest, Sha256};

/// What a signature covers.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    /// As configured at Twilio, with the query.
    pub(crate) url: String,
    pub(crate) params: Vec<(String, String)>,
    /// Not a form.
    pub(crate) body: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Get,
    Form,
    Json,
}

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) kind: Kind,
    /// `shared::api::paths`
    pub(crate) path: &'static str,
    /// Byte for byte; `None` without a question mark.
    pub(crate) query: Option<String>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) body: Option<String>,
    /// The proxy passes the prefix on.
    pub(crate) keeps_prefix: bool,
}

impl Case {
    pub(crate) fn signed(&self, public_url: &str) -> Signed {
        let mut url = format!("{public_url}/{}", self.path);
        if let Some(query) = &self.query {
            url = format!("{url}?{query}");
        }
        Signed { url, params: self.params.clone(), body: self.body.clone() }
    }

    /// The same with one character changed: nobody may believe it with the old signature.
    pub(crate) fn twin(&self, dice: &mut Dice) -> Self {
        let mut twin = self.clone();
        let param = twin.params.iter_mut().map(|(_, value)| value).find(|value| value.contains(is_plain));
        let text = match (dice.below(2), &mut twin.query, param) {
            (0, Some(query), _) | (_, Some(query), None) if query.contains(is_plain) => query,
            (_, _, Some(value)) => value,
            _ => match &mut twin.body {
                Some(body) => body,
                None => {
                    twin.query = Some("added=1".to_owned());
                    return twin;
                }
            },
        };
        let places: Vec<_> = text.match_indices(is_plain).map(|(at, _)| at).collect();
        let at = *dice.pick(&places);
        let other = if &text[at..=at] == "7" { "8" } else { "7" };
        text.replace_range(at..=at, other);
        twin
    }
}

/// Letters behind `f`: no part of an escape, so that the change is one of meaning.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphabetic() && !c.is_ascii_hexdigit()
}

const PATHS: [&str; 4] = [
    shared::api::paths::CALL_INCOMING,
    shared::api::paths::CALL_OUTGOING,
    shared::api::paths::DIAL_ACTION,
    shared::api::paths::CALL_STATUS,
];
const NAMES: [&str; 20] = [
    "AccountSid",
    "ApiVersion",
    "CallSid",
    "CallStatus",
    "Called",
    "Caller",
    "Digits",
    "Direction",
    "From",
    "To",
    "to",
    "SpeechResult",
    "x",
    "X",
    "p[]",
    "a b",
    "n\u{e4}me",
    "\u{96fb}\u{8a71}",
    "10",
    "9",
];
const VALUES: [&str; 26] = [
    "",
    " ",
    "+",
    "%2B",
    "+819059876543",
    "client:line_a",
    "foo + bar",
    "a b",
    "caf\u{e9}",
    "我不吃蛋",
    "🎉",
    "a&b=c;d",
    "'quoted'",
    "\"double\"",
    "<Dial>",
    "~!*()",
    ".",
    "-_",
    "line\nbreak\r\n",
    "\t",
    "100%",
    "%zz",
    "\\",
    "ringing",
    "\u{7f}",
    "{\"a\":[1]}",
];
/// Queries of configured URLs, with everything that a URL may hold.
const QUERIES: [&str; 14] = [
    "tenant=7",
    "a=1&b=2",
    "a=1&a=2",
    "q=a+b",
    "q=a%20b",
    "q=%2B1",
    "q=%2b1",
    "flag",
    "flag=",
    "a=%E6%88%91",
    "x=%27y%27",
    "m='single'",
    "u=http://h/p?z",
    "p=~!*()",
];
const BODIES: [&str; 6] =
    ["{}", "{\"event\":\"conference-end\"}", "[1, 2]", "\"我不吃蛋\"", "plain text", "{\"x\": \"a&b=c\"}\n"];

/// A small generator of pseudo-random numbers (xorshift64), fixed for ever.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn case(&mut self) -> Case {
        let kind = *self.pick(&[Kind::Form, Kind::Form, Kind::Get, Kind::Json]);
        let mut case = Case {
            kind,
            path: PATHS[self.below(PATHS.len())],
            query: (self.below(3) == 0).then(|| (*self.pick(&QUERIES)).to_owned()),
            params: Vec::new(),
            body: None,
            keeps_prefix: self.below(2) == 0,
        };
        match kind {
            Kind::Form => case.params = self.params(),
            Kind::Get => {
                let params = self.params();
                let mut query =
                    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&params).finish();
                if self.below(2) == 0 {
                    query = query.replace('+', "%20");
                }
                if !query.is_empty() {
                    let own = case.query.map(|own| own + "&").unwrap_or_default();
                    case.query = Some(own + &query);
                }
            }
            Kind::Json => {
                let body = *self.pick(&BODIES);
                let hash: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
                let own = case.query.map(|own| own + "&").unwrap_or_default();
                case.query = Some(format!("{own}bodySHA256={hash}"));
                case.body = Some(body.to_owned());
            }
        }
        case
    }

    /// Usually a few, sometimes none, now and then hundreds; some names come several times.
    fn params(&mut self) -> Vec<(String, String)> {
        let count = *self.pick(&[0, 1, 2, 5, 12, 12, 30]);
        let mut params: Vec<_> =
            (0..count).map(|_| ((*self.pick(&NAMES)).to_owned(), (*self.pick(&VALUES)).to_owned())).collect();
        if self.below(12) == 0 {
            params.extend((0..300).map(|i| (format!("custom{i}"), "z".repeat(i % 7))));
        }
        if self.below(12) == 0 {
            params.push(("Long".to_owned(), "long value ".repeat(300)));
        }
        params
    }
}
