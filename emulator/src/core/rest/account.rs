//! `/Accounts/{AC}.json`

use serde_json::json;

use super::answer::{Context, Result, ok};
use super::fields::date;
use super::lacking::lacks;

pub(super) fn route(context: &mut Context<'_>) -> Result {
    if context.request.method == "POST" {
        return Err(lacks("does not change the account itself"));
    }
    if context.request.method != "GET" {
        return Err(context.wrong_method());
    }
    context.takes(&[], &[])?;
    let account = &*context.account;
    ok(json!({
        "sid": account.sid, "friendly_name": account.friendly_name, "status": account.status.as_str(),
        "type": account.kind.as_str(), "owner_account_sid": account.sid,
        // Twilio shows the primary token to those who have one already; nobody needs it here.
        "auth_token": "redacted by the emulator",
        "date_created": date(account.created), "date_updated": date(account.created),
        "uri": context.uri(".json"),
        "subresource_uris": {
            "applications": context.uri("/Applications.json"),
            "balance": context.uri("/Balance.json"),
            "incoming_phone_numbers": context.uri("/IncomingPhoneNumbers.json"),
            "keys": context.uri("/Keys.json"),
            "outgoing_caller_ids": context.uri("/OutgoingCallerIds.json"),
        },
    }))
}
