//! Why a signature does not fit, in words for the operator. A proxy that rewrites requests is the usual cause, so the
//! URLs that Twilio may have been told are tried; none of them lets the request in.

use super::{
    sid::AccountSid,
    webhook::{Received, Webhooks},
};

/// Twilio's requests have a few hundred bytes; a forger's large one is not worth the work.
const MOST_EXPLAINED: usize = 8 * 1024;
const LONGEST_HOST: usize = 100;

/// A signature that does not fit, or is not there.
#[derive(Debug)]
pub(crate) struct Fault {
    /// In short; the same for the same fault.
    pub(crate) kind: &'static str,
    /// One sentence or two.
    pub(crate) words: String,
}

impl Webhooks {
    /// Why the signature of a request does not fit: what an operator should know. Names URLs without their query, and no value
    /// of a parameter but an account SID.
    pub(crate) fn explain(&self, received: &Received<'_>) -> Fault {
        let what = if received.signature.is_some() { "a wrong" } else { "no" };
        let assumed = self.assumed_url(received);
        let url = without_query(&assumed);
        let (kind, why) = why(self, received, &received.form(), &assumed);
        let words = format!(
            "refused a request with {what} X-Twilio-Signature; the URL assumed to be signed is {url} (query left out); {why}"
        );
        Fault { kind, words }
    }
}

fn why(
    webhooks: &Webhooks,
    received: &Received<'_>,
    form: &[(String, String)],
    assumed: &str,
) -> (&'static str, String) {
    let Some(signature) = received.signature else {
        let why = "Twilio signs every request: if this one is Twilio's, a proxy has removed the header";
        return ("no signature", why.to_owned());
    };
    if received.claims.shared_key {
        let why = "it was signed with a shared key (X-Twilio-Webhooks-Signature-Settings), which this server does not \
                   know: let Twilio sign with the auth token";
        return ("a shared key", why.to_owned());
    }
    if received.body.len() <= MOST_EXPLAINED {
        for url in others(webhooks, received).iter().filter(|url| *url != assumed) {
            if webhooks.is_signed(url, received, form, signature) {
                let cause = difference(assumed, url);
                let url = without_query(url);
                let why = format!(
                    "it is signed for {url}, so {cause}: correct public_url here or the URL at Twilio"
                );
                return (cause, why);
            }
        }
    }
    if let Some(account) = other_account(webhooks, form) {
        let why = format!(
            "it speaks of the account {account}, not of the configured one, whose auth token this server has"
        );
        return ("another account", why);
    }
    let scheme = if webhooks.public_url.is_https() { "https" } else { "http" };
    match received.claims.forwarded_proto {
        Some(other @ ("http" | "https")) if other != scheme => {
            let why = format!("the proxy says that it came by {other}, but public_url starts with {scheme}");
            ("another scheme", why)
        }
        _ => {
            let why = "if it is Twilio's, the auth token is wrong (or was replaced: see auth_token_secondary), or a proxy has \
                 changed the query or the form";
            ("a wrong signature", why.to_owned())
        }
    }
}

/// What Twilio may have been told instead: the other scheme, the host that the request names, the prefix or none, the
/// query dropped.
fn others(webhooks: &Webhooks, received: &Received<'_>) -> Vec<String> {
    let public_url = &webhooks.public_url;
    let named = [received.claims.host, received.claims.forwarded_host].into_iter().flatten();
    let mut hosts = vec![public_url.authority()];
    for host in named.filter(|host| is_host(host)) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    let prefix = public_url.prefix();
    let bare = webhooks.path_below_prefix(received);
    let mut paths = vec![bare.to_owned(), format!("{prefix}{bare}")];
    paths.dedup();
    let mut urls = Vec::new();
    for host in hosts {
        for scheme in ["https", "http"] {
            for path in &paths {
                let url = format!("{scheme}://{host}{path}");
                urls.push(received.with_query(url.clone()));
                if received.query.is_some_and(|query| !query.is_empty()) {
                    urls.push(url);
                }
            }
        }
    }
    urls
}

/// The first thing in which the URL assumed and the one signed differ.
fn difference(assumed: &str, signed: &str) -> &'static str {
    let parts = |url: &str| {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        [scheme.to_owned(), host.to_owned(), without_query(path).to_owned()]
    };
    let ([scheme, host, path], [signed_scheme, signed_host, signed_path]) = (parts(assumed), parts(signed));
    if scheme != signed_scheme {
        "the scheme (http or https) is another"
    } else if host != signed_host {
        "the host or port is another"
    } else if path != signed_path {
        "the path prefix is another"
    } else {
        "a query was added on the way"
    }
}

/// The account in the request, if it is a SID and not the configured one's.
fn other_account<'a>(webhooks: &Webhooks, form: &'a [(String, String)]) -> Option<&'a str> {
    let (_, account) = form.iter().find(|(name, _)| name == "AccountSid")?;
    let other = AccountSid::parse(account).is_ok_and(|account| account != webhooks.account_sid);
    other.then_some(account.as_str())
}

/// What a stranger writes must not draw lines in the log.
fn is_host(text: &str) -> bool {
    (1..=LONGEST_HOST).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b))
}

fn without_query(url: &str) -> &str {
    url.split_once('?').map_or(url, |(address, _)| address)
}
