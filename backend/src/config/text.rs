use super::{
    fault::{Fault, fault},
    raw::Text,
};

/// The text of a key, if there is one.
pub(super) fn text(
    key: &'static str,
    raw: Option<Text>,
    faults: &mut Vec<Fault>,
) -> Result<Option<String>, ()> {
    match raw {
        None => Ok(None),
        Some(Text::Text(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Some(Text::Other(_)) => {
            fault(faults, key, "must be a text in quotes");
            Err(())
        }
    }
}
