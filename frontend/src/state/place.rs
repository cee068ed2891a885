/// Where in the phone the user is. On a small screen one of them is seen, on a large one the dial pad is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Keypad,
    Contacts,
    Settings,
    Admin,
}
