//! A request to the REST API, as plain data.

/// A request to the REST API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, `DELETE`, …
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Decoded names and values.
    pub query: Vec<(String, String)>,
    /// The decoded form of a POST.
    pub form: Vec<(String, String)>,
    /// User and password of Basic authentication.
    pub credentials: Option<(String, String)>,
}

impl Request {
    /// The last value of a query parameter that is not empty.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}
