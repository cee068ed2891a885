//! The table `[openid]`: an OpenID Connect provider at which people sign in.

use secrecy::SecretString;
use url::Url;

use super::{
    fault::{Fault, fault, unknown},
    raw::{OpenIdTable, RawOpenId},
    text::text,
};

/// A provider, and what this server is to it.
#[derive(Clone, Debug)]
pub struct OpenIdSettings {
    /// As the provider writes it; its discovery document is below it, at `.well-known/openid-configuration`.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: SecretString,
    /// What the page calls it, such as "Google".
    pub name: String,
}

/// Longest name that fits on a button.
const LONGEST_NAME: usize = 40;

pub(super) fn openid(raw: Option<OpenIdTable>, faults: &mut Vec<Fault>) -> Option<OpenIdSettings> {
    let raw = match raw? {
        OpenIdTable::Table(raw) => raw,
        OpenIdTable::Other(_) => {
            fault(faults, "openid", "must be a table: a line [openid], and the provider's settings below it");
            return None;
        }
    };
    let RawOpenId { issuer, client_id, client_secret, name, unknown: misspelt } = raw;
    unknown("openid.", misspelt, faults);
    let texts = (
        text("openid.issuer", issuer, faults).ok()?,
        text("openid.client_id", client_id, faults).ok()?,
        text("openid.client_secret", client_secret, faults).ok()?,
        text("openid.name", name, faults).ok()?,
    );
    // All empty is as good as no table, so that the example can name the keys.
    if matches!(texts, (None, None, None, None)) {
        return None;
    }
    let (issuer, client_id, client_secret, name) = texts;
    let mut needed = |key: &'static str, value: Option<String>, what: &str| {
        if value.is_none() {
            fault(faults, key, format!("is missing; {what}"));
        }
        value
    };
    let issuer =
        needed("openid.issuer", issuer, "write the provider's address, such as https://accounts.google.com");
    let client_id =
        needed("openid.client_id", client_id, "copy it from the provider, where this server is registered");
    let client_secret = needed(
        "openid.client_secret",
        client_secret,
        "copy it from the provider, where this server is registered",
    );
    let issuer = issuer.filter(|issuer| {
        let good = is_issuer(issuer);
        if !good {
            fault(
                faults,
                "openid.issuer",
                "must be an https:// address without a query, such as https://accounts.google.com",
            );
        }
        good
    })?;
    let name = name.unwrap_or_else(|| host(&issuer));
    if name.chars().count() > LONGEST_NAME {
        fault(faults, "openid.name", format!("must be a name of at most {LONGEST_NAME} characters"));
        return None;
    }
    Some(OpenIdSettings {
        issuer,
        client_id: client_id?,
        client_secret: SecretString::from(client_secret?),
        name,
    })
}

/// Plain http only to this machine: whoever can change what the provider says can be anybody.
fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let own = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let secure = url.scheme() == "https" || url.scheme() == "http" && own;
    secure && url.query().is_none() && url.fragment().is_none() && url.username().is_empty()
}

fn host(issuer: &str) -> String {
    let url = Url::parse(issuer).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| issuer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::raw::RawSettings;

    fn check(toml: &str) -> (Option<OpenIdSettings>, Vec<String>) {
        let raw: RawSettings = toml::from_str(toml).unwrap();
        let mut faults = Vec::new();
        let settings = openid(raw.openid, &mut faults);
        (settings, faults.into_iter().map(|fault| fault.key.into_owned()).collect())
    }

    #[test]
    fn a_provider_is_whole_or_not_there() {
        let table =
            "[openid]\nissuer = \"https://accounts.google.com\"\nclient_id = \"a\"\nclient_secret = \"b\"\n";
        let (google, faults) = check(table);
        assert_eq!((google.unwrap().name.as_str(), faults.len()), ("accounts.google.com", 0));
        assert_eq!(check(&format!("{table}name = \"Google\"")).0.unwrap().name, "Google");
        assert!(check("").0.is_none());
        let (none, faults) =
            check("[openid]\nissuer = \"\"\nclient_id = \"\"\nclient_secret = \"\"\nname = \"\"");
        assert!(none.is_none() && faults.is_empty());

        let (_, faults) = check("[openid]\nname = \"Google\"\nclient = \"x\"");
        assert_eq!(faults, ["openid.client", "openid.issuer", "openid.client_id", "openid.client_secret"]);
        for issuer in
            ["accounts.google.com", "http://accounts.google.com", "https://a.example/?b=c", "ftp://a.example"]
        {
            assert_eq!(
                check(&table.replace("https://accounts.google.com", issuer)).1,
                ["openid.issuer"],
                "{issuer}"
            );
        }
        assert!(check(&table.replace("https://accounts.google.com", "http://127.0.0.1:4000")).0.is_some());
        assert_eq!(check("openid = 7").1, ["openid"]);
    }
}
