use super::resource::{Kind, Resource};
use crate::twilio::rest::{Rest, RestError};

/// What the account has.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Found {
    pub keys: Vec<Resource>,
    pub applications: Vec<Resource>,
    /// Only those that can carry calls.
    pub numbers: Vec<Resource>,
}

impl Found {
    /// Reads it all.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn read(rest: &Rest) -> Result<Self, RestError> {
        let numbers = rest.numbers().await?;
        Ok(Self {
            keys: rest.keys().await?.iter().map(Resource::from).collect(),
            applications: rest.applications().await?.iter().map(Resource::from).collect(),
            numbers: numbers.iter().filter(|n| n.capabilities.voice).map(Resource::from).collect(),
        })
    }

    /// Everything of a kind.
    pub fn of(&self, kind: Kind) -> &[Resource] {
        match kind {
            Kind::Key => &self.keys,
            Kind::Application => &self.applications,
            Kind::Number => &self.numbers,
        }
    }

    /// By SID.
    pub fn get(&self, kind: Kind, sid: &str) -> Option<&Resource> {
        self.of(kind).iter().find(|resource| resource.sid == sid)
    }
}
