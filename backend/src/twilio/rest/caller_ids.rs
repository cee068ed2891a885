use serde::Deserialize;

use super::{client::Rest, error::RestError};

/// A number outside the account whose owner has proven it.
#[derive(Clone, Debug, Deserialize)]
pub struct CallerId {
    /// E.164
    pub phone_number: String,
}

impl Rest {
    /// All verified caller ids.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn caller_ids(&self) -> Result<Vec<CallerId>, RestError> {
        let what = "list the verified caller ids";
        self.list("OutgoingCallerIds.json?PageSize=50", "outgoing_caller_ids", what).await
    }
}
