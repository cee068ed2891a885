use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{client::Rest, error::RestError};

/// An account with more pages than this has a loop in them.
const MOST_PAGES: usize = 1000;

/// One page; the elements stand under the resource's own name.
#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    next_page_uri: Option<String>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

impl Rest {
    /// All elements of a list, page by page. `path` is below the account, `key` is the name of the list in the answer.
    pub(super) async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        what: &str,
    ) -> Result<Vec<T>, RestError> {
        let mut all = Vec::new();
        let mut url = self.account_url(path);
        for _ in 0..MOST_PAGES {
            let answer = self.get(url.clone(), what).await?;
            let mut page: Page = answer.json(what, &url)?;
            let unreadable = |why: String| RestError::Unreadable {
                what: what.to_owned(),
                host: self.hosts.api.clone(),
                why,
            };
            let Some(elements) = page.rest.remove(key) else {
                return Err(unreadable(format!("it has no list {key}")));
            };
            let elements: Vec<T> =
                serde_json::from_value(elements).map_err(|error| unreadable(error.to_string()))?;
            all.extend(elements);
            match page.next_page_uri.filter(|uri| !uri.is_empty()) {
                None => return Ok(all),
                // Always on the host that was asked: the credentials go along.
                Some(uri) if uri.starts_with('/') => url = format!("{}{uri}", self.hosts.api),
                Some(_) => return Err(unreadable("its next page is elsewhere".to_owned())),
            }
        }
        Ok(all)
    }
}
