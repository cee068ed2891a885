//! `/IncomingPhoneNumbers.json`, `/IncomingPhoneNumbers/{PN}.json`. Numbers are neither bought nor given back here.

use serde_json::{Value, json};

use super::answer::{Context, RestError, Result, ok};
use super::fields::{Form, VOICE_AND_NAME, date};
use super::lacking::lacks;
use super::page::list;
use crate::core::account::OwnedNumber;

const BAD_NAME: u32 = 20001;

pub(super) fn route(context: &mut Context<'_>, rest: &[&str]) -> Result {
    let request = context.request;
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            context.takes(&["PhoneNumber", "FriendlyName"], &["Beta", "Origin"])?;
            let pattern = request.query("PhoneNumber").map(digits);
            let name = request.query("FriendlyName");
            let wanted = |number: &&OwnedNumber| {
                pattern.as_ref().is_none_or(|pattern| fits(&number.phone_number, pattern))
                    && name.is_none_or(|name| number.friendly_name == name)
            };
            let numbers = context.account.numbers.iter().filter(wanted);
            let items = numbers.map(|number| (number.sid.clone(), show(context, number)));
            ok(list(request, "incoming_phone_numbers", items.collect())?)
        }
        (method @ ("GET" | "POST"), [sid]) => {
            let Some(at) = context.account.numbers.iter().position(|number| number.sid == *sid) else {
                return Err(context.not_found());
            };
            let Some(mut number) = context.account.numbers.get(at).cloned() else {
                return Err(context.not_found());
            };
            if method == "GET" {
                context.takes(&[], &[])?;
            } else {
                update(context, &mut number)?;
            }
            let body = show(context, &number);
            if let Some(place) = context.account.numbers.get_mut(at) {
                *place = number;
            }
            ok(body)
        }
        ("POST", []) => Err(lacks("sells no numbers; they stand in its configuration")),
        ("DELETE", [_]) => Err(lacks("takes no numbers back; they stand in its configuration")),
        (_, [] | [_]) => Err(context.wrong_method()),
        _ => Err(context.not_found()),
    }
}

/// What Twilio keeps beside what is kept here.
const LACKED: [&str; 14] = [
    "AccountSid",
    "AddressSid",
    "ApiVersion",
    "BundleSid",
    "EmergencyAddressSid",
    "EmergencyStatus",
    "IdentitySid",
    "SmsApplicationSid",
    "SmsFallbackMethod",
    "SmsFallbackUrl",
    "SmsMethod",
    "SmsUrl",
    "TrunkSid",
    "VoiceReceiveMode",
];

fn update(context: &mut Context<'_>, number: &mut OwnedNumber) -> std::result::Result<(), RestError> {
    let kept = [VOICE_AND_NAME.as_slice(), &["VoiceApplicationSid"]].concat();
    context.takes(&kept, &LACKED)?;
    let form = Form(&context.request.form);
    form.voice(&mut number.voice)?;
    if let Some(sid) = form.get("VoiceApplicationSid")? {
        if !sid.is_empty() && context.account.application(sid).is_none() {
            let message = format!("VoiceApplicationSid {sid} was not found");
            return Err(RestError::bad(21420, message));
        }
        number.voice_application_sid = sid.to_owned();
    }
    if let Some(name) = form.friendly_name(BAD_NAME)? {
        number.friendly_name = name;
    }
    number.updated = context.now;
    Ok(())
}

/// What is left of a pattern: digits, and `*` for any.
fn digits(pattern: &str) -> String {
    pattern.chars().filter(|c| c.is_ascii_digit() || *c == '*').collect()
}

/// Twilio finds a pattern anywhere in the number.
fn fits(phone_number: &str, pattern: &str) -> bool {
    let number: Vec<char> = phone_number.chars().filter(char::is_ascii_digit).collect();
    let pattern: Vec<char> = pattern.chars().collect();
    pattern.is_empty()
        || number
            .windows(pattern.len())
            .any(|part| part.iter().zip(&pattern).all(|(digit, wanted)| *wanted == '*' || digit == wanted))
}

fn show(context: &Context<'_>, number: &OwnedNumber) -> Value {
    let voice = &number.voice;
    json!({
        "sid": number.sid, "account_sid": context.account.sid, "phone_number": number.phone_number,
        "friendly_name": number.friendly_name, "api_version": "2010-04-01",
        "capabilities": { "voice": number.voice_capable, "sms": true, "mms": false, "fax": false },
        "voice_url": voice.voice_url, "voice_method": voice.voice_method.as_str(),
        "voice_fallback_url": voice.voice_fallback_url.as_deref().unwrap_or_default(),
        "voice_fallback_method": voice.voice_fallback_method.as_str(),
        "status_callback": voice.status_callback.as_deref().unwrap_or_default(),
        "status_callback_method": voice.status_callback_method.as_str(),
        "voice_application_sid": number.voice_application_sid,
        "voice_caller_id_lookup": voice.voice_caller_id_lookup, "voice_receive_mode": "voice",
        "sms_url": "", "sms_method": "POST", "sms_fallback_url": "", "sms_fallback_method": "POST",
        "sms_application_sid": "", "origin": "twilio", "beta": false, "trunk_sid": null, "address_sid": null,
        "address_requirements": "none", "bundle_sid": null, "identity_sid": null, "status": "in-use",
        "emergency_status": "Inactive", "emergency_address_sid": null,
        "emergency_address_status": "unregistered",
        "date_created": date(number.created), "date_updated": date(number.updated),
        "uri": context.uri(&format!("/IncomingPhoneNumbers/{}.json", number.sid)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_anywhere() {
        for pattern in ["+815031234567", " 815031234567", "5031", "50*1", "", "(50) 312"] {
            assert!(fits("+815031234567", &digits(pattern)), "{pattern}");
        }
        for pattern in ["+815031234568", "8150312345670", "99"] {
            assert!(!fits("+815031234567", &digits(pattern)), "{pattern}");
        }
    }
}
