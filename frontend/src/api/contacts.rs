use gloo_net::http::Method;
use shared::api::{
    contacts::{Contact, ContactChange, ContactPage, Duplicates, FavouriteChange, ImportReport, NewContact},
    paths,
};
use web_sys::File;

use super::{ApiError, http};

/// Those that fit, a page at a time.
pub(crate) async fn contacts(
    after: Option<&str>,
    search: &str,
    favourites: bool,
) -> Result<ContactPage, ApiError> {
    let search = Some(search).filter(|search| !search.is_empty());
    let values = [("after", after), ("search", search), ("favourites", favourites.then_some("true"))];
    http::request(Method::GET, &http::with_query(paths::CONTACTS, &values)).await
}

pub(crate) async fn add_contact(contact: &NewContact) -> Result<Contact, ApiError> {
    http::request_with(Method::POST, paths::CONTACTS, contact).await
}

pub(crate) async fn change_contact(id: &str, change: &ContactChange) -> Result<Contact, ApiError> {
    http::request_with(Method::POST, &of(id, ""), change).await
}

pub(crate) async fn remove_contact(id: &str) -> Result<(), ApiError> {
    http::command(Method::DELETE, &of(id, "")).await
}

pub(crate) async fn set_favourite(id: &str, favourite: bool) -> Result<(), ApiError> {
    http::command_with(Method::POST, &of(id, paths::FAVOURITE), &FavouriteChange { favourite }).await
}

/// Looks into a file; adds what is in it with `commit`.
pub(crate) async fn import_contacts(
    file: &File,
    duplicates: Duplicates,
    shared: bool,
    commit: bool,
) -> Result<ImportReport, ApiError> {
    let duplicates = match duplicates {
        Duplicates::Skip => "skip",
        Duplicates::Merge => "merge",
        Duplicates::Keep => "keep",
    };
    let flag = |on: bool| on.then_some("true");
    let values = [("duplicates", Some(duplicates)), ("shared", flag(shared)), ("commit", flag(commit))];
    http::send_file(&http::with_query(&of(paths::IMPORT, ""), &values), file).await
}

/// Where a file of all of them is.
pub(crate) fn export_address(format: &str) -> String {
    http::address(&http::with_query(&of(paths::EXPORT, ""), &[("format", Some(format))]))
}

/// What is a contact's, with the rest of its path.
fn of(id: &str, rest: &str) -> String {
    let slash = if rest.is_empty() { "" } else { "/" };
    [paths::CONTACTS, "/", id, slash, rest].concat()
}
