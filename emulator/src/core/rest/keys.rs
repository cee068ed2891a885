//! `/Keys.json`, `/Keys/{SK}.json`

use serde_json::{Value, json};

use super::answer::{Context, Result, created, deleted, ok};
use super::fields::{Form, date};
use super::page::list;
use crate::core::account::{Key, KeyKind};

/// What Twilio answers to a name of more than 64 characters here.
const BAD_NAME: u32 = 70001;

pub(super) fn route(context: &mut Context<'_>, rest: &[&str]) -> Result {
    let request = context.request;
    let form = Form(&request.form);
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            context.takes(&[], &[])?;
            let keys = context.account.keys.iter().map(|key| (key.sid.clone(), show(key)));
            ok(list(request, "keys", keys.collect())?)
        }
        ("POST", []) => {
            context.takes(&["FriendlyName"], &[])?;
            let key = Key {
                sid: context.ids.sid("SK"),
                secret: context.ids.hex32(),
                friendly_name: form.friendly_name(BAD_NAME)?.unwrap_or_default(),
                kind: KeyKind::Standard,
                created: context.now,
                updated: context.now,
            };
            let mut body = show(&key);
            body["secret"] = json!(key.secret);
            context.account.keys.push(key);
            created(body)
        }
        (method, [sid]) => {
            let Some(at) = context.account.keys.iter().position(|key| key.sid == *sid) else {
                return Err(context.not_found());
            };
            match method {
                "DELETE" => {
                    context.account.keys.remove(at);
                    deleted()
                }
                "GET" | "POST" => {
                    context.takes(if method == "POST" { &["FriendlyName"] } else { &[] }, &[])?;
                    let name = if method == "POST" { form.friendly_name(BAD_NAME)? } else { None };
                    let now = context.now;
                    let Some(key) = context.account.keys.get_mut(at) else { return Err(context.not_found()) };
                    if let Some(name) = name {
                        key.friendly_name = name;
                        key.updated = now;
                    }
                    ok(show(key))
                }
                _ => Err(context.wrong_method()),
            }
        }
        (_, []) => Err(context.wrong_method()),
        _ => Err(context.not_found()),
    }
}

/// Without the secret.
fn show(key: &Key) -> Value {
    json!({
        "sid": key.sid, "friendly_name": key.friendly_name,
        "date_created": date(key.created), "date_updated": date(key.updated),
    })
}
