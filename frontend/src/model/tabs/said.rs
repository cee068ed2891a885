use serde::{Deserialize, Serialize};

use crate::model::{Call, Leg, LineStatus, Wish};

/// What there is to be seen of the phone.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Snapshot {
    pub line: LineStatus,
    /// The edge that the line is registered through.
    pub edge: Option<String>,
    pub call: Option<Call>,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self { line: LineStatus::Connecting, edge: None, call: None }
    }
}

impl Snapshot {
    /// A call that has not ended.
    pub fn is_in_call(&self) -> bool {
        self.call.as_ref().is_some_and(Call::is_live)
    }
}

/// Names a time of one owner. No two are the same, and the later one is higher, once the owner knows of the other.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Term {
    pub count: u64,
    /// The owner's number.
    pub tab: u32,
}

/// What tabs say to all others. Nothing secret: any page of the origin may listen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[expect(clippy::large_enum_variant, reason = "it lives for a moment, and never in a list")]
pub enum Said {
    /// Tell me how things are. `seen` is the latest term that the asker knows.
    Hello { seen: Term },
    /// From the owner. Of two, the one with the higher term, then serial, is the later one.
    State { term: Term, serial: u32, snapshot: Snapshot },
    /// For the owner with this number: what a user wants, of the call that this user saw.
    Wish { owner: u32, leg: Option<Leg>, wish: Wish },
    /// For the owner: do not wait for the next attempt to get the line back.
    Retry,
    /// This tab would like to have the phone.
    Claim { tab: u32 },
    /// From the owner: it has let go; that tab may take the phone.
    Yield { tab: u32 },
}

impl Said {
    pub fn to_bytes(&self) -> Vec<u8> {
        // Nothing in it cannot be written.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// `None` for what another version of this page said.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
