//! Twilio's edge locations.

/// The edge that stands for the nearest one, and so for all of them.
pub(crate) const NEAREST: &str = "roaming";
/// Edges of `lib/twilio/regions.ts` of Twilio's Voice SDK 2.18: the public ones, and those of Twilio Interconnect. The SDK
/// takes any text; an edge that does not exist is a host that does not exist.
pub(crate) const EDGES: [&str; 15] = [
    "ashburn",
    "dublin",
    "frankfurt",
    "sao-paulo",
    "singapore",
    "sydney",
    "tokyo",
    "umatilla",
    "ashburn-ix",
    "frankfurt-ix",
    "london-ix",
    "san-jose-ix",
    "singapore-ix",
    "sydney-ix",
    "tokyo-ix",
];
/// Home regions of the same file, and the edge of each. Edges were called by their region once.
pub(crate) const REGIONS: [(&str, &str); 8] = [
    ("au1", "sydney"),
    ("br1", "sao-paulo"),
    ("de1", "frankfurt"),
    ("ie1", "dublin"),
    ("jp1", "tokyo"),
    ("sg1", "singapore"),
    ("us1", "ashburn"),
    ("us2", "umatilla"),
];

/// Whether an edge has this name.
pub(crate) fn is_edge(name: &str) -> bool {
    name == NEAREST || EDGES.contains(&name)
}

/// What to say of a name that no edge has; continues the name of a setting.
pub(crate) fn no_edge(name: &str) -> String {
    let legacy = name.split('-').next().unwrap_or_default();
    let region = REGIONS.iter().find(|(region, _)| *region == legacy).map(|(_, edge)| *edge);
    let Some(edge) = region.or((legacy == "gll").then_some(NEAREST)) else {
        let edges = EDGES.join(", ");
        return format!(
            "must name Twilio edges, and none is called {name}; there are {NEAREST} (the nearest), {edges}"
        );
    };
    format!("must name Twilio edges, and {name} is a region; its edge is {edge}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_twilio_has_is_an_edge() {
        assert!(EDGES.into_iter().chain([NEAREST]).all(is_edge));
        for name in ["dubln", "Dublin", "ie1", "gll", "", "dublin ", "roaming-ix", "london"] {
            assert!(!is_edge(name), "{name}");
        }
        assert!(no_edge("dubln").contains("none is called dubln") && no_edge("dubln").contains("dublin, "));
        assert!(no_edge("ie1").ends_with("its edge is dublin"));
        assert!(no_edge("us2-ix").ends_with("its edge is umatilla"));
        assert!(no_edge("gll").ends_with("its edge is roaming"));
    }
}
