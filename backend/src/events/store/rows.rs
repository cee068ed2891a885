use std::collections::BTreeSet;

use async_trait::async_trait;
use shared::PhoneNumber;

use super::{EventStore, sql};
use crate::{
    events::event::{Event, MOST_KEPT, Since},
    lines::store::rows::number as number_of,
    store::{Listener, Query, Row, SqlStore, StoreError},
};

#[async_trait]
impl EventStore for SqlStore {
    async fn events(&self, number: &PhoneNumber, after: i64) -> Result<Since, StoreError> {
        let rows = self.fetch_all(Query::new(sql::EVENTS).bind(number.as_str()).bind(after)).await?;
        let events = rows.iter().map(event).collect::<Result<Vec<_>, _>>()?;
        // None of those that are kept is known already: others may have been forgotten.
        if events.len() >= MOST_KEPT as usize
            && let Some(Event { id: last, .. }) = events.last()
        {
            return Ok(Since::Gap { last: *last });
        }
        if events.is_empty() && after > 0 {
            let last = self.last_event().await?;
            if last < after {
                return Ok(Since::Gap { last });
            }
        }
        Ok(Since::Events(events))
    }

    async fn last_event(&self) -> Result<i64, StoreError> {
        self.fetch_one(Query::new(sql::LAST)).await?.get("id")
    }

    async fn lines_with_events(&self, after: i64) -> Result<BTreeSet<PhoneNumber>, StoreError> {
        self.fetch_all(Query::new(sql::LINES).bind(after)).await?.iter().map(number_of).collect()
    }

    fn listen(&self) -> Box<dyn Listener> {
        self.listener()
    }
}

fn event(row: &Row) -> Result<Event, StoreError> {
    Ok(Event { id: row.get("id")?, kind: row.get("kind")?, payload: row.get("payload")? })
}
