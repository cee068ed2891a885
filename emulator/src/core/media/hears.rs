//! Who hears whom, said once: by the exchange of its legs, and by the engine of its endpoints.

use std::collections::BTreeSet;

use super::Sound;

/// What somebody hears. `P` is the name of a party.
#[derive(Debug, Clone, PartialEq)]
pub enum Hears<P: Ord> {
    /// What all of these say; nothing, when there are none. Who is among them hears itself.
    Parties(BTreeSet<P>),
    /// A sound, from its beginning; nothing after its end.
    Sound(Sound),
}

impl<P: Ord + Copy> Hears<P> {
    /// Silence.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Parties(BTreeSet::new())
    }

    /// One party.
    #[must_use]
    pub fn party(party: P) -> Self {
        Self::Parties(BTreeSet::from([party]))
    }

    /// Whether what this party says is heard.
    #[must_use]
    pub fn is_of(&self, party: P) -> bool {
        matches!(self, Self::Parties(parties) if parties.contains(&party))
    }

    /// The same by other names; who has none is not heard.
    #[must_use]
    pub fn renamed<Q: Ord>(&self, name: impl FnMut(P) -> Option<Q>) -> Hears<Q> {
        match self {
            Self::Parties(parties) => Hears::Parties(parties.iter().copied().filter_map(name).collect()),
            Self::Sound(sound) => Hears::Sound(sound.clone()),
        }
    }
}
