//! `/OutgoingCallerIds.json`, `/OutgoingCallerIds/{PN}.json`

use serde_json::{Value, json};

use super::answer::{Context, Result, ok};
use super::fields::date;
use super::lacking::lacks;
use super::page::list;
use crate::core::account::CallerId;

pub(super) fn route(context: &mut Context<'_>, rest: &[&str]) -> Result {
    let request = context.request;
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            context.takes(&["PhoneNumber"], &["FriendlyName"])?;
            let number = request.query("PhoneNumber").map(|number| number.trim().trim_start_matches('+'));
            let wanted = |caller: &&CallerId| {
                number.is_none_or(|number| caller.phone_number.trim_start_matches('+') == number)
            };
            let callers = context.account.caller_ids.iter().filter(wanted);
            let items = callers.map(|caller| (caller.sid.clone(), show(context, caller)));
            ok(list(request, "outgoing_caller_ids", items.collect())?)
        }
        ("GET", [sid]) => match context.account.caller_ids.iter().find(|caller| caller.sid == *sid) {
            Some(caller) => ok(show(context, caller)),
            None => Err(context.not_found()),
        },
        ("POST", [] | [_]) | ("DELETE", [_]) => {
            Err(lacks("verifies, changes and forgets no caller ids; they stand in its configuration"))
        }
        (_, [] | [_]) => Err(context.wrong_method()),
        _ => Err(context.not_found()),
    }
}

fn show(context: &Context<'_>, caller: &CallerId) -> Value {
    json!({
        "sid": caller.sid, "account_sid": context.account.sid, "phone_number": caller.phone_number,
        "friendly_name": caller.phone_number,
        "date_created": date(caller.created), "date_updated": date(caller.created),
        "uri": context.uri(&format!("/OutgoingCallerIds/{}.json", caller.sid)),
    })
}
