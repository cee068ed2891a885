use crate::{
    connect::resource::Resource,
    twilio::rest::{Account, CallerId, Rest, RestError},
};

/// What Twilio says of the account. Each list may be missing for a reason of its own.
pub(super) struct AccountFacts {
    pub(super) account: Account,
    pub(super) key_sids: Result<Vec<String>, RestError>,
    /// The configuration's API key and its secret are accepted.
    pub(super) key_works: Result<bool, RestError>,
    pub(super) applications: Result<Vec<Resource>, RestError>,
    pub(super) numbers: Result<Vec<Resource>, RestError>,
    pub(super) caller_ids: Result<Vec<CallerId>, RestError>,
}

impl AccountFacts {
    /// Reads it all; an account that cannot be read has no more to be read.
    pub(super) async fn read(rest: &Rest, with_key: &Rest) -> Result<Self, RestError> {
        let account = rest.account().await?;
        Ok(Self {
            account,
            key_sids: rest.keys().await.map(|keys| keys.into_iter().map(|key| key.sid).collect()),
            key_works: with_key.signs_in().await,
            applications: rest.applications().await.map(|all| all.iter().map(Resource::from).collect()),
            numbers: rest.numbers().await.map(|all| all.iter().map(Resource::from).collect()),
            caller_ids: rest.caller_ids().await,
        })
    }
}
