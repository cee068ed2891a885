//! From a request to an answer: who asks, which resource, what it says.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::answer::{Answer, Context, RestError, Result};
use super::auth::{Caller, authenticate};
use super::deed::Deed;
use super::lacking::{self, lacks};
use super::request::Request;
use super::{
    account, applications, balance, caller_ids, calls, dialing_permissions, keys, numbers, recordings,
};
use crate::core::account::{AccountState, AccountStatus};
use crate::core::call::{Leg, Past};
use crate::core::ids::Ids;
use crate::core::recordings::Recordings;

/// What requests see and change.
#[derive(Debug)]
pub struct Books<'a> {
    /// The account.
    pub account: &'a mut AccountState,
    /// Where new names come from.
    pub ids: &'a mut Ids,
    /// The legs of all calls that go on, by CallSid. To change one a resource orders a [`Deed`].
    pub calls: &'a BTreeMap<String, Leg>,
    /// The legs of all calls that are over.
    pub past: &'a Past,
    /// What was recorded.
    pub recordings: &'a mut Recordings,
}

/// Answers a request at the time `now`, and says what is to be done beside; anything is changed only by a request that
/// succeeds.
pub fn answer(books: Books<'_>, now: Timestamp, request: &Request) -> (Answer, Vec<Deed>) {
    let Books { account, ids, calls, past, recordings } = books;
    let caller = match request.credentials.as_ref() {
        None if !account.media_needs_auth && is_media(request) => Ok(Caller::StandardKey),
        credentials => authenticate(account, credentials),
    };
    let (ignored, deeds) = (Vec::new(), Vec::new());
    let mut context = Context { account, ids, calls, past, recordings, now, request, ignored, deeds };
    let mut answer =
        caller.and_then(|caller| route(&mut context, caller)).unwrap_or_else(|error| error.answer());
    if answer.status < 300 {
        context.overlooks();
    }
    answer.ignored = context.ignored;
    let deeds = if answer.status < 300 { context.deeds } else { Vec::new() };
    (answer, deeds)
}

fn route(context: &mut Context<'_>, caller: Caller) -> Result {
    let path = context.request.path.clone();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["v1", "DialingPermissions", rest @ ..] => {
            active(context)?;
            return dialing_permissions::route(context, rest);
        }
        ["2010-04-01", "Accounts" | "Accounts.json"] if caller == Caller::Owner => {
            return Err(lacks("has one account, and neither lists nor makes others"));
        }
        ["2010-04-01", "Accounts" | "Accounts.json"] => return Err(RestError::unauthorized()),
        ["2010-04-01", ..] => {}
        // Other versions belong to other hosts of Twilio's, with products of their own.
        [version, ..] => return Err(lacks(&format!("has nothing of /{version} but DialingPermissions"))),
        [] => return Err(context.not_found()),
    }
    let ["2010-04-01", "Accounts", rest @ ..] = parts.as_slice() else { return Err(context.not_found()) };
    let Some((last, before)) = rest.split_last() else { return Err(context.not_found()) };
    let (last, is_json) = format_of(last);
    let mut names = before.to_vec();
    names.push(last);
    let Some((sid, resource)) = names.split_first() else { return Err(context.not_found()) };
    if *sid != context.account.sid {
        return Err(context.not_found());
    }
    let reserved = matches!(resource, [] | ["Keys" | "SigningKeys", ..]);
    if reserved && caller == Caller::StandardKey {
        return Err(RestError::unauthorized());
    }
    if let (["Recordings", sid], "GET", false) = (resource, context.request.method.as_str(), is_json)
        && let Some(ending) = media_ending(&path)
    {
        active(context)?;
        return recordings::media(context, sid, ending);
    }
    let lacking = lacking::resource(context, resource);
    let is_known = match resource {
        [] => true,
        [name, ..] => RESOURCES.contains(name) || lacking.is_some(),
    };
    if !is_json && is_known {
        return Err(lacks("answers in JSON only; end the path in .json"));
    }
    match resource {
        // The owner of a suspended account can see that it is.
        [] => return account::route(context),
        _ => active(context)?,
    }
    let here = match resource {
        ["Calls"] => calls::all(context),
        ["Calls", sid] => calls::route(context, sid),
        ["Calls", sid, "Recordings", rest @ ..] => recordings::route(context, Some(sid), rest),
        ["Recordings", rest @ ..] => recordings::route(context, None, rest),
        _ => None,
    };
    if let Some(result) = here {
        return result;
    }
    if let Some(lacking) = lacking {
        return Err(lacking);
    }
    match resource {
        ["Balance"] => balance::route(context),
        ["Keys", rest @ ..] => keys::route(context, rest),
        ["Applications", rest @ ..] => applications::route(context, rest),
        ["IncomingPhoneNumbers", rest @ ..] => numbers::route(context, rest),
        ["OutgoingCallerIds", rest @ ..] => caller_ids::route(context, rest),
        _ => Err(context.not_found()),
    }
}

/// Whether the file of a recording is asked for.
fn is_media(request: &Request) -> bool {
    request.method == "GET" && request.path.contains("/Recordings/") && media_ending(&request.path).is_some()
}

/// The ending of a file of sound; an empty one is WAV, too.
fn media_ending(path: &str) -> Option<&str> {
    let last = path.rsplit('/').next().unwrap_or_default();
    match last.rsplit_once('.') {
        None => Some(""),
        Some((_, ending @ ("wav" | "mp3"))) => Some(ending),
        Some(_) => None,
    }
}

/// The last part of a path without its format, and whether that is JSON. What has none is XML at Twilio.
fn format_of(last: &str) -> (&str, bool) {
    match last.rsplit_once('.') {
        Some((name, "json")) => (name, true),
        // Lists and documents; recordings.
        Some((name, "xml" | "csv" | "html" | "mp3" | "wav")) => (name, false),
        _ => (last, false),
    }
}

/// Resources of the account that are here.
const RESOURCES: [&str; 5] = ["Balance", "Keys", "Applications", "IncomingPhoneNumbers", "OutgoingCallerIds"];

fn active(context: &Context<'_>) -> std::result::Result<(), RestError> {
    if context.account.status == AccountStatus::Active {
        return Ok(());
    }
    Err(RestError::new(403, 20005, "Account not active"))
}
