use shared::PhoneNumber;
use shared::api::contacts::NumberKind;

use crate::text;

pub(super) fn words(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Mobile => text::contacts::mobile(),
        NumberKind::Work => text::contacts::work(),
        NumberKind::Home => text::contacts::home(),
        NumberKind::Main => text::contacts::main(),
        NumberKind::Fax => text::contacts::fax(),
        NumberKind::Other => text::contacts::other(),
    }
}

/// What is called, and the keys that are sent then; `None` for what works in one place only.
pub(super) fn called(number: &str) -> Option<(PhoneNumber, String)> {
    let end = number.find([',', ';']).unwrap_or(number.len());
    let (number, keys) = number.split_at(end);
    Some((PhoneNumber::from_e164(number).ok()?, keys.to_owned()))
}

/// As people read it.
pub(super) fn shown(number: &str) -> String {
    called(number).map_or_else(|| number.to_owned(), |(number, keys)| [number.international(), keys].concat())
}
