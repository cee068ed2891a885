use std::{
    future::Future,
    sync::{Arc, PoisonError, RwLock},
};

use shared::PhoneNumber;

use super::line::Line;
use crate::store::{Store, StoreError, within};

/// Lines as TwiML needs them: from the store, or as last seen there when it fails, so that a call does not fail with it.
pub(crate) struct Directory {
    store: Arc<dyn Store>,
    last_seen: RwLock<Vec<Line>>,
}

impl Directory {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, last_seen: RwLock::default() }
    }

    /// Reads all lines, so that the very first call can do without the store.
    pub(crate) async fn refresh(&self) -> Result<(), StoreError> {
        let lines = self.store.lines().await?;
        *self.last_seen.write().unwrap_or_else(PoisonError::into_inner) = lines;
        Ok(())
    }

    /// The same at a start, which does not fail with it.
    pub(crate) async fn refresh_or_say(&self) {
        if let Err(error) = self.refresh().await {
            tracing::error!("the store does not answer yet: {error}");
        }
    }

    pub(crate) async fn by_client(&self, client_name: &str) -> Option<Line> {
        self.find(self.store.line_by_client(client_name), |line| line.client_name == client_name).await
    }

    pub(crate) async fn by_number(&self, number: &PhoneNumber) -> Option<Line> {
        self.find(self.store.line_by_number(number), |line| line.phone_number == *number).await
    }

    async fn find(
        &self,
        asked: impl Future<Output = Result<Option<Line>, StoreError>>,
        is_it: impl Fn(&Line) -> bool,
    ) -> Option<Line> {
        let answer = within(asked).await;
        match answer {
            Ok(line) => {
                self.see(line.as_ref(), is_it);
                line
            }
            Err(error) => {
                tracing::error!("the store failed, so a line is looked up as it was last seen: {error}");
                let last_seen = self.last_seen.read().unwrap_or_else(PoisonError::into_inner);
                last_seen.iter().find(|seen| is_it(seen)).cloned()
            }
        }
    }

    /// Seldom anything new.
    fn see(&self, line: Option<&Line>, is_it: impl Fn(&Line) -> bool) {
        let last_seen = self.last_seen.read().unwrap_or_else(PoisonError::into_inner);
        let known = last_seen.iter().find(|seen| is_it(seen)) == line;
        drop(last_seen);
        if !known {
            let mut last_seen = self.last_seen.write().unwrap_or_else(PoisonError::into_inner);
            last_seen.retain(|seen| !is_it(seen));
            last_seen.extend(line.cloned());
        }
    }
}
