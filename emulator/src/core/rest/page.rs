//! Lists come in pages.

use serde_json::{Value, json};
use url::form_urlencoded;

use super::answer::RestError;
use super::request::Request;

const USUAL_SIZE: usize = 50;
const LARGEST_SIZE: usize = 1000;

/// The part of a list that a request asks for.
pub(super) struct Page {
    /// The objects on it.
    pub(super) items: Vec<Value>,
    /// Counts from 0.
    pub(super) number: usize,
    /// Objects on a full page.
    pub(super) size: usize,
    /// How many objects there are before.
    pub(super) start: usize,
    /// The query of the next page, if there is one.
    pub(super) next: Option<String>,
    /// The query of the page before, if there is one.
    pub(super) previous: Option<String>,
    /// The query of the first page.
    pub(super) first: String,
}

/// Cuts a page out of `items`, each with its SID. A later page is found by the token in `next_page_uri` only.
pub(super) fn page(request: &Request, items: Vec<(String, Value)>) -> Result<Page, RestError> {
    let number = |name: &str, usual: usize| match request.query(name) {
        Some(text) => text
            .parse::<usize>()
            .map_err(|_| RestError::bad(20001, format!("{name} must be a whole number: {text}"))),
        None => Ok(usual),
    };
    let size = number("PageSize", USUAL_SIZE)?.clamp(1, LARGEST_SIZE);
    let number = number("Page", 0)?;
    let out_of_range = || RestError::bad(20006, "Page number out of range");
    // A token names the last object before the page, or the first one of the page behind it.
    let start = match request.query("PageToken") {
        Some(token) => {
            let (after, sid) = match (token.strip_prefix("PA"), token.strip_prefix("PB")) {
                (Some(sid), _) => (true, sid),
                (_, Some(sid)) => (false, sid),
                _ => return Err(out_of_range()),
            };
            let at = items.iter().position(|(other, _)| other == sid).ok_or_else(out_of_range)?;
            if after { at + 1 } else { at.saturating_sub(size) }
        }
        None if number > 0 => return Err(out_of_range()),
        None => 0,
    };
    let end = items.len().min(start + size);
    let sid = |at: usize| items.get(at).map(|(sid, _)| sid.clone()).unwrap_or_default();
    let next =
        (end < items.len()).then(|| query(request, size, number + 1, Some(format!("PA{}", sid(end - 1)))));
    let previous = (start > 0)
        .then(|| query(request, size, number.saturating_sub(1), Some(format!("PB{}", sid(start)))));
    let first = query(request, size, 0, None);
    let items = items.into_iter().take(end).skip(start).map(|(_, value)| value).collect();
    Ok(Page { items, number, size, start, next, previous, first })
}

fn query(request: &Request, size: usize, number: usize, token: Option<String>) -> String {
    let filters =
        request.query.iter().filter(|(name, _)| !matches!(name.as_str(), "PageSize" | "Page" | "PageToken"));
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(filters);
    query.append_pair("PageSize", &size.to_string()).append_pair("Page", &number.to_string());
    if let Some(token) = token {
        query.append_pair("PageToken", &token);
    }
    query.finish()
}

/// A list in the manner of the version 2010-04-01.
pub(super) fn list(request: &Request, name: &str, items: Vec<(String, Value)>) -> Result<Value, RestError> {
    let page = page(request, items)?;
    let uri = |query: &String| format!("{}?{query}", request.path);
    let own = form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.query).finish();
    let end = (page.start + page.items.len()).saturating_sub(1);
    Ok(json!({
        name: page.items, "page": page.number, "page_size": page.size, "start": page.start, "end": end,
        "first_page_uri": uri(&page.first), "next_page_uri": page.next.as_ref().map(uri),
        "previous_page_uri": page.previous.as_ref().map(uri), "uri": uri(&own),
    }))
}
