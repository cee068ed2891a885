//! What themes add to the events, each in the transaction of what it tells of.

use serde_json::{Value, json};

use super::sql;
use crate::{
    events::event::{EndReason, EventKind, MOST_KEPT},
    store::{Query, StoreError, Transaction},
};

/// Sessions of this line are over.
pub(crate) async fn sessions_ended(
    transaction: &mut Transaction<'_>,
    number: &str,
    reason: EndReason,
) -> Result<(), StoreError> {
    let payload = json!({ "reason": reason.word() });
    append(transaction, number, EventKind::SessionsEnded, &payload).await
}

/// Nobody took this call; told once, however often it is reported.
pub(crate) async fn missed_call(
    transaction: &mut Transaction<'_>,
    number: &str,
    call_sid: &str,
) -> Result<(), StoreError> {
    let (kind, payload) = (EventKind::MissedCall, json!({ "call_sid": call_sid }));
    let told = Query::new(sql::TOLD).bind(number).bind(kind.word()).bind(payload.to_string());
    if transaction.fetch_optional(told).await?.is_some() {
        return Ok(());
    }
    append(transaction, number, kind, &payload).await
}

/// The names of this line's numbers are others. Only the last time counts: who looks, looks at all of them.
pub(crate) async fn contacts_changed(
    transaction: &mut Transaction<'_>,
    number: &str,
) -> Result<(), StoreError> {
    let kind = EventKind::ContactsChanged;
    transaction.execute(Query::new(sql::FORGET_KIND).bind(number).bind(kind.word())).await?;
    append(transaction, number, kind, &json!({})).await
}

async fn append(
    transaction: &mut Transaction<'_>,
    number: &str,
    kind: EventKind,
    payload: &Value,
) -> Result<(), StoreError> {
    let query = Query::new(sql::APPEND).bind(number).bind(kind.word()).bind(payload.to_string());
    let id: i64 = transaction.fetch_one(query).await?.get("id")?;
    transaction.execute(Query::new(sql::FORGET_OLD).bind(number).bind(MOST_KEPT)).await?;
    transaction.announce(id).await
}
