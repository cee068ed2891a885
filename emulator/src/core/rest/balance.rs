//! `/Balance.json`

use serde_json::json;

use super::answer::{Context, Result, ok};

pub(super) fn route(context: &mut Context<'_>) -> Result {
    if context.request.method != "GET" {
        return Err(context.wrong_method());
    }
    context.takes(&[], &[])?;
    ok(json!({ "account_sid": context.account.sid, "balance": "15.50", "currency": "USD" }))
}
