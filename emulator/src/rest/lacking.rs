//! What Twilio's API has and this one lacks. It is told apart from what is not there: 501, and a fault on the timeline.

use super::RestError;
use super::answer::Context;

/// Twilio has no such number; 204xx are its codes of HTTP statuses.
pub(super) const NOT_IMPLEMENTED: u32 = 20501;
/// How a page of a list is chosen.
const PAGE: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// Resources below an account of the version 2010-04-01 (folder `lib/rest/api/v2010/account` of twilio-node 5).
const RESOURCES: [&str; 18] = [
    "Addresses",
    "AuthorizedConnectApps",
    "AvailablePhoneNumbers",
    "Calls",
    "Conferences",
    "ConnectApps",
    "Messages",
    "Notifications",
    "Queues",
    "Recordings",
    "SIP",
    "SMS",
    "ShortCodes",
    "SigningKeys",
    "Tokens",
    "Transcriptions",
    "Usage",
    "Events",
];

/// 501: Twilio could do it. `what` continues "this emulator …".
pub(super) fn lacks(what: &str) -> RestError {
    let message = format!("Twilio may do this; this emulator {what}. Its README lists what it has");
    RestError::new(501, NOT_IMPLEMENTED, message)
}

/// A resource below an account that only Twilio has.
pub(super) fn resource(names: &[&str]) -> Option<RestError> {
    let name = match names {
        [first, ..] if RESOURCES.contains(first) => *first,
        ["IncomingPhoneNumbers", part @ ("Local" | "Mobile" | "TollFree"), ..]
        | ["IncomingPhoneNumbers", _, part @ "AssignedAddOns", ..] => *part,
        _ => return None,
    };
    Some(lacks(&format!("has no {name}")))
}

impl Context<'_> {
    /// Looks at the names of the parameters: those of the form, or of the query when something is read. `kept` do
    /// something here; `lacked` do something at Twilio. Any other one does nothing there either, and is told of.
    ///
    /// # Errors
    /// 501 for one that is lacked, before anything is done.
    pub(super) fn takes(&mut self, kept: &[&str], lacked: &[&str]) -> Result<(), RestError> {
        let reads = self.request.method == "GET";
        let parameters = if reads { &self.request.query } else { &self.request.form };
        for (name, _) in parameters {
            if lacked.contains(&name.as_str()) {
                let (does, path) = (if reads { "filters by" } else { "keeps" }, &self.request.path);
                let what = if kept.is_empty() { "nothing".to_owned() } else { kept.join(", ") };
                return Err(lacks(&format!("does nothing with {name} of {path}; it {does} {what}")));
            }
            if !(kept.contains(&name.as_str()) || reads && PAGE.contains(&name.as_str())) {
                self.ignored.push(name.clone());
            }
        }
        Ok(())
    }
}
