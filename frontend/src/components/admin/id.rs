use shared::PhoneNumber;

/// The id of what is a line's, of which there may be several on the page.
pub(super) fn id_of(what: &str, number: &PhoneNumber) -> String {
    [what, "-", number.as_str().trim_start_matches('+')].concat()
}
