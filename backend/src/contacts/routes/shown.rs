use shared::{Country, api::contacts::Contact};

use crate::{
    contacts::{
        contact::{Details, Kept},
        store::Asked,
    },
    http::error::{ApiError, Cause},
    lines::Line,
};

pub(super) fn told(Kept { id, revision, shared, favourite, details }: Kept) -> Contact {
    let Details { name, reading, numbers, note } = details;
    Contact { id, revision, name, reading, numbers, note, shared, favourite }
}

/// All that a line sees.
pub(super) fn all(line: &Line) -> Asked<'_> {
    Asked {
        line: &line.phone_number,
        search: "",
        favourites: false,
        after: (String::new(), String::new()),
        most: u32::MAX,
    }
}

pub(super) fn no_contact() -> ApiError {
    ApiError::new(Cause::NotFound, "There is no such contact any more. Load the list again.")
}

/// The country of numbers that say none.
pub(super) fn home(line: &Line) -> Option<Country> {
    line.phone_number.country()
}
