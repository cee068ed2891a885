//! `/Applications.json`, `/Applications/{AP}.json`

use serde_json::{Value, json};

use super::answer::{Context, Result, created, deleted, ok};
use super::fields::{Form, VOICE_AND_NAME, date};
use super::page::list;
use crate::core::account::{Application, VoiceSettings};

const BAD_NAME: u32 = 20001;

pub(super) fn route(context: &mut Context<'_>, rest: &[&str]) -> Result {
    let request = context.request;
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            context.takes(&["FriendlyName"], &[])?;
            let name = request.query("FriendlyName");
            let wanted =
                |application: &&Application| name.is_none_or(|name| application.friendly_name == name);
            let applications = context.account.applications.iter().filter(wanted);
            let items = applications.map(|application| (application.sid.clone(), show(context, application)));
            ok(list(request, "applications", items.collect())?)
        }
        ("POST", []) => {
            let mut application = Application {
                sid: context.ids.sid("AP"),
                friendly_name: String::new(),
                voice: VoiceSettings::default(),
                created: context.now,
                updated: context.now,
            };
            update(context, &mut application)?;
            let body = show(context, &application);
            context.account.applications.push(application);
            created(body)
        }
        (method, [sid]) => {
            let Some(at) = context.account.applications.iter().position(|app| app.sid == *sid) else {
                return Err(context.not_found());
            };
            match method {
                "DELETE" => {
                    context.account.applications.remove(at);
                    deleted()
                }
                "GET" | "POST" => {
                    if method == "GET" {
                        context.takes(&[], &[])?;
                    }
                    let Some(mut application) = context.account.applications.get(at).cloned() else {
                        return Err(context.not_found());
                    };
                    if method == "POST" {
                        update(context, &mut application)?;
                    }
                    let body = show(context, &application);
                    if let Some(place) = context.account.applications.get_mut(at) {
                        *place = application;
                    }
                    ok(body)
                }
                _ => Err(context.wrong_method()),
            }
        }
        (_, []) => Err(context.wrong_method()),
        _ => Err(context.not_found()),
    }
}

/// What Twilio keeps beside what is kept here.
const LACKED: [&str; 8] = [
    "ApiVersion",
    "SmsUrl",
    "SmsMethod",
    "SmsFallbackUrl",
    "SmsFallbackMethod",
    "SmsStatusCallback",
    "MessageStatusCallback",
    "PublicApplicationConnectEnabled",
];

fn update(
    context: &mut Context<'_>,
    application: &mut Application,
) -> std::result::Result<(), crate::core::rest::answer::RestError> {
    context.takes(&VOICE_AND_NAME, &LACKED)?;
    let form = Form(&context.request.form);
    form.voice(&mut application.voice)?;
    if let Some(name) = form.friendly_name(BAD_NAME)? {
        application.friendly_name = name;
    }
    application.updated = context.now;
    Ok(())
}

fn show(context: &Context<'_>, application: &Application) -> Value {
    let voice = &application.voice;
    json!({
        "sid": application.sid, "account_sid": context.account.sid, "friendly_name": application.friendly_name,
        "api_version": "2010-04-01",
        "voice_url": voice.voice_url, "voice_method": voice.voice_method.as_str(),
        "voice_fallback_url": voice.voice_fallback_url,
        "voice_fallback_method": voice.voice_fallback_method.as_str(),
        "status_callback": voice.status_callback,
        "status_callback_method": voice.status_callback_method.as_str(),
        "voice_caller_id_lookup": voice.voice_caller_id_lookup,
        "sms_url": null, "sms_method": "POST", "sms_fallback_url": null, "sms_fallback_method": "POST",
        "sms_status_callback": null, "message_status_callback": null, "public_application_connect_enabled": false,
        "date_created": date(application.created), "date_updated": date(application.updated),
        "uri": context.uri(&format!("/Applications/{}.json", application.sid)),
    })
}
