//! `/Calls.json`, `/Calls/{CA}.json`: each leg of the calls that go on, and of those that are over.
//! <https://www.twilio.com/docs/voice/api/call-resource>

use serde_json::{Value, json};

use super::answer::{Context, RestError, Result, deleted, ok};
use super::deed::{Deed, Source};
use super::fields::{Form, date, is_url};
use super::page::list;
use super::times::Times;
use crate::core::call::{CallStatus, Leg};
use crate::core::method::Method;

/// What can be changed.
const KEPT: [&str; 4] = ["Status", "Url", "Method", "Twiml"];
/// What Twilio can change beside that.
const LACKED: [&str; 5] =
    ["FallbackUrl", "FallbackMethod", "StatusCallback", "StatusCallbackMethod", "TimeLimit"];

/// By what a list is filtered.
const FILTERS: [&str; 10] = [
    "To",
    "From",
    "ParentCallSid",
    "Status",
    "StartTime",
    "StartTime<",
    "StartTime>",
    "EndTime",
    "EndTime<",
    "EndTime>",
];

/// The list, the newest first. `None`: it is asked for what is lacking.
pub(super) fn all(context: &mut Context<'_>) -> Option<Result> {
    (context.request.method == "GET").then(|| find(context))
}

fn find(context: &mut Context<'_>) -> Result {
    context.takes(&FILTERS, &[])?;
    let request = context.request;
    let (started, ended) = (Times::of(request, "StartTime")?, Times::of(request, "EndTime")?);
    let is = |name: &str, value: &str| request.query(name).is_none_or(|wanted| wanted == value);
    let wanted = |leg: &&Leg| {
        is("To", &leg.to)
            && is("From", &leg.from)
            && is("ParentCallSid", leg.parent.as_deref().unwrap_or_default())
            && is("Status", leg.status.as_str())
            && started.include(leg.created_at)
            && ended.include_some(leg.ended_at)
    };
    let mut legs: Vec<&Leg> = context.calls.values().chain(context.past.legs()).filter(wanted).collect();
    legs.sort_by(|one, other| (other.created_at, &other.sid).cmp(&(one.created_at, &one.sid)));
    let items = legs.into_iter().map(|leg| (leg.sid.clone(), show(context, leg, leg.status)));
    ok(list(request, "calls", items.collect())?)
}

/// `None`: it is asked for what is lacking.
pub(super) fn route(context: &mut Context<'_>, sid: &str) -> Option<Result> {
    let Some(leg) = context.calls.get(sid).or_else(|| context.past.get(sid)) else {
        let known = matches!(context.request.method.as_str(), "GET" | "POST" | "DELETE");
        return (known && sid != "FeedbackSummary").then(|| Err(context.not_found()));
    };
    match context.request.method.as_str() {
        "GET" => Some(context.takes(&[], &[]).and_then(|()| ok(show(context, leg, leg.status)))),
        "POST" => Some(update(context, leg)),
        "DELETE" if context.past.get(sid).is_some() => {
            context.deeds.push(Deed::ForgetCall { sid: sid.to_owned() });
            Some(deleted())
        }
        "DELETE" => {
            let message = "The call is in progress; it can be deleted when it is over, with every leg of it";
            Some(Err(RestError::new(409, 20409, message)))
        }
        _ => None,
    }
}

/// `canceled` ends a call that was not answered, `completed` any.
fn update(context: &mut Context<'_>, leg: &Leg) -> Result {
    context.takes(&KEPT, &LACKED)?;
    let form = Form(&context.request.form);
    if let Some(document) = document(form)? {
        if form.get("Status")?.is_some() {
            return Err(RestError::bad(
                20001,
                "A call is either ended by Status or redirected by Url or Twiml",
            ));
        }
        if !leg.is_answered() {
            return Err(RestError::bad(21220, "Call is not in-progress. Cannot redirect."));
        }
        context.deeds.push(Deed::Run { sid: leg.sid.clone(), document });
        return ok(show(context, leg, leg.status));
    }
    let ends = match form.get("Status")? {
        None => false,
        Some("completed") => leg.is_live(),
        Some("canceled") => leg.is_live() && !leg.is_answered(),
        Some(other) => {
            return Err(RestError::bad(20001, format!("Status must be completed or canceled: {other}")));
        }
    };
    if !ends {
        return ok(show(context, leg, leg.status));
    }
    context.deeds.push(Deed::EndCall { sid: leg.sid.clone() });
    ok(show(context, leg, ended(leg)))
}

/// The document that the leg is to run, if one is given.
fn document(form: Form<'_>) -> std::result::Result<Option<Source>, RestError> {
    let mut method = Method::Post;
    form.method("Method", &mut method)?;
    match (form.get("Url")?, form.get("Twiml")?) {
        (Some(_), Some(_)) => {
            Err(RestError::bad(20001, "Url and Twiml are given; only one of them can be run"))
        }
        (Some(url), None) if is_url(url) => Ok(Some(Source::Url(url.to_owned(), method))),
        (Some(url), None) => Err(RestError::bad(21205, format!("Url is not a valid URL: {url}"))),
        (None, Some(twiml)) => Ok(Some(Source::Twiml(twiml.to_owned()))),
        (None, None) => Ok(None),
    }
}

/// What becomes of a leg that is ended.
#[must_use]
pub fn ended(leg: &Leg) -> CallStatus {
    if leg.is_answered() { CallStatus::Completed } else { CallStatus::Canceled }
}

fn show(context: &Context<'_>, leg: &Leg, status: CallStatus) -> Value {
    let end = leg.ended_at.or_else(|| status.is_final().then_some(context.now));
    let duration = end.filter(|_| leg.answered_at.is_some()).map(|end| leg.seconds(end).to_string());
    let number = [&leg.to, &leg.from].into_iter().find_map(|number| context.account.number(number));
    let uri = |rest: &str| context.uri(&format!("/Calls/{}{rest}.json", leg.sid));
    json!({
        "sid": leg.sid, "account_sid": context.account.sid, "parent_call_sid": leg.parent,
        "from": leg.from, "from_formatted": leg.from, "to": leg.to, "to_formatted": leg.to,
        "phone_number_sid": number.map(|number| number.sid.as_str()),
        "status": status.as_str(), "direction": leg.direction.as_str(), "api_version": "2010-04-01",
        "start_time": date(leg.created_at), "end_time": end.map(date), "duration": duration,
        "price": null, "price_unit": "USD", "answered_by": null, "forwarded_from": null, "group_sid": null,
        "caller_name": null, "queue_time": "0", "trunk_sid": null, "annotation": null,
        "date_created": date(leg.created_at), "date_updated": date(end.unwrap_or(context.now)), "uri": uri(""),
        "subresource_uris": {
            "events": uri("/Events"), "notifications": uri("/Notifications"), "payments": uri("/Payments"),
            "recordings": uri("/Recordings"), "siprec": uri("/Siprec"), "streams": uri("/Streams"),
            "transcriptions": uri("/Transcriptions"), "user_defined_messages": uri("/UserDefinedMessages"),
            "user_defined_message_subscriptions": uri("/UserDefinedMessageSubscriptions"),
        },
    })
}
