use std::time::Duration;

use async_trait::async_trait;
use tokio::{sync::watch, time::sleep};

use crate::store::Listener;

/// Other processes that write into the file, such as the command line, tell nobody.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Hears what this process writes.
pub(super) struct SqliteListener(pub(super) watch::Receiver<()>);

#[async_trait]
impl Listener for SqliteListener {
    async fn heard(&mut self) {
        tokio::select! {
            // An error says that nobody writes any more.
            Ok(()) = self.0.changed() => {}
            () = sleep(LOOK_EVERY) => {}
        }
    }
}
