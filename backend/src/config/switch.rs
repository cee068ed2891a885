//! Yes or no, in the file or as a text in the environment.

use super::{
    fault::{Fault, fault},
    raw::Switch,
};

pub(super) fn switch(key: &'static str, raw: Option<Switch>, faults: &mut Vec<Fault>) -> Option<bool> {
    let value = match raw? {
        Switch::Is(value) => Some(value),
        Switch::Text(text) => text.trim().parse().ok(),
        Switch::Other(_) => None,
    };
    if value.is_none() {
        fault(faults, key, "must be true or false");
    }
    value
}
