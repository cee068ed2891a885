//! The signature round trip: a request signed as Twilio signs, sent through the public URL to a place that changes
//! nothing. Its own signer: the server's verifier must not agree with its own mistake.

use aws_lc_rs::hmac;
use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{Client, header};
use secrecy::{ExposeSecret, SecretString};
use shared::api::paths;
use url::form_urlencoded;

use super::finding::Finding;
use crate::{config::PublicUrl, error_chain::of_request, twilio::echo};

/// What a proxy may spoil, from the plainest request on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Probe {
    /// A small form.
    Plain,
    /// The same with a query.
    Query,
    /// A form with everything that is known to be spoilt.
    OddForm,
    /// By GET.
    Get,
}

/// What came of it.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Outcome {
    Good,
    /// Believed, but the parameters are not those that were sent.
    Altered,
    /// Not believed.
    Refused,
    /// Some other HTTP status.
    Status(u16),
    NoAnswer(String),
}

const PLAIN: [(&str, &str); 2] = [("CallSid", "CA00000000000000000000000000000000"), ("Digits", "1")];
/// Empty, repeated, spaces at the ends, a plus, a percent sign, no ASCII.
const ODD: [(&str, &str); 7] = [
    ("Called", ""),
    ("Twice", "b"),
    ("Twice", "a"),
    ("Edges", " x "),
    ("From", "+81 50 3123 4567"),
    ("Percent", "100%25 & more = +"),
    ("我", "不吃蛋 ☎"),
];
const QUERY: &str = "tenant=7&empty=&plus=%2B1+x&name=%E6%88%91";

/// Sends them all and says what a proxy does to them.
pub(super) async fn round_trip(
    client: &Client,
    public_url: &PublicUrl,
    auth_token: &SecretString,
) -> Finding {
    let mut outcomes = Vec::new();
    for probe in [Probe::Plain, Probe::Query, Probe::OddForm, Probe::Get] {
        let outcome = send(client, &public_url.join(paths::SIGNATURE_CHECK), auth_token, probe).await;
        let good = outcome == Outcome::Good;
        outcomes.push((probe, outcome));
        if probe == Probe::Plain && !good {
            break;
        }
    }
    judge(&outcomes)
}

async fn send(client: &Client, url: &str, auth_token: &SecretString, probe: Probe) -> Outcome {
    let form = match probe {
        Probe::Plain | Probe::Query => owned(&PLAIN),
        Probe::OddForm => owned(&ODD),
        Probe::Get => Vec::new(),
    };
    let url = match probe {
        Probe::Plain | Probe::OddForm => url.to_owned(),
        Probe::Query | Probe::Get => format!("{url}?{QUERY}"),
    };
    let signature = sign(auth_token, &url, &form);
    let (request, sent) = if probe == Probe::Get {
        (client.get(&url), form_urlencoded::parse(QUERY.as_bytes()).into_owned().collect())
    } else {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
        let kind = "application/x-www-form-urlencoded; charset=UTF-8";
        (client.post(&url).header(header::CONTENT_TYPE, kind).body(body), form)
    };
    let response = match request.header("X-Twilio-Signature", signature).send().await {
        Ok(response) => response,
        Err(error) => return Outcome::NoAnswer(of_request(&error)),
    };
    match response.status().as_u16() {
        200 if response.text().await.is_ok_and(|text| text.trim() == echo::digest_of(&sent)) => Outcome::Good,
        200 => Outcome::Altered,
        403 => Outcome::Refused,
        status => Outcome::Status(status),
    }
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Twilio's page "Security": the URL, then names and values by name, each value of a name once.
fn sign(auth_token: &SecretString, url: &str, form: &[(String, String)]) -> String {
    let mut sorted = form.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let text = sorted.iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, auth_token.expose_secret().as_bytes());
    BASE64_STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

fn judge(outcomes: &[(Probe, Outcome)]) -> Finding {
    let Some((probe, outcome)) = outcomes.iter().find(|(_, outcome)| *outcome != Outcome::Good) else {
        return Finding::fine("signature", "requests signed as Twilio signs them arrive unharmed");
    };
    let wrong = |says: String, cure: &str| Finding::wrong("signature", says, cure);
    match (probe, outcome) {
        (_, Outcome::NoAnswer(why)) => {
            wrong(format!("a signed request got no answer ({why})"), "See the proxy's log.")
        }
        (Probe::Plain, Outcome::Refused) => wrong(
            "the server does not believe a signed request: it runs with another auth token or public URL than this \
             configuration, or a proxy changes the path or the form"
                .to_owned(),
            "Start sidetone serve again with this configuration; if that does not help, its log says which URL it \
             assumed.",
        ),
        (Probe::Plain, Outcome::Status(300..=399)) => wrong(
            "a signed request is redirected".to_owned(),
            "Write the address that it is redirected to into public_url, and run sidetone connect.",
        ),
        (Probe::Plain, Outcome::Status(status)) => wrong(
            format!("a signed request is not answered by this program, or by an old version (HTTP {status})"),
            "Let the proxy pass POST requests below the public URL with their path as it is.",
        ),
        (Probe::Query, _) => wrong(
            "a proxy drops or changes the query of requests".to_owned(),
            "Let the proxy pass the query as it is (nginx: proxy_pass without a rewritten path and $args).",
        ),
        (Probe::Plain | Probe::OddForm, _) => wrong(
            "a proxy changes forms on their way: empty, repeated or non-ASCII values".to_owned(),
            "Let the proxy pass bodies as they are: no filter, no web application firewall that rewrites them.",
        ),
        (Probe::Get, _) => wrong(
            "a signed GET request does not arrive as it was sent".to_owned(),
            "Let the proxy pass GET requests with their query, and do not let it cache them.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn signs_as_twilio_publishes() {
        let token = SecretString::from("12345".to_owned());
        let form = owned(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]);
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        assert_eq!(sign(&token, url, &form), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        let twice = [
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ];
        assert_eq!(sign(&token, url, &owned(&twice)), "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
    }

    #[test]
    fn each_way_to_spoil_a_request_has_words_of_its_own() {
        let good = |probe| (probe, Outcome::Good);
        let all = [good(Probe::Plain), good(Probe::Query), good(Probe::OddForm), good(Probe::Get)];
        assert_eq!(judge(&all).verdict, Verdict::Fine);
        let mut seen = std::collections::BTreeSet::new();
        for bad in [
            (Probe::Plain, Outcome::Refused),
            (Probe::Plain, Outcome::Status(404)),
            (Probe::Plain, Outcome::Status(301)),
            (Probe::Plain, Outcome::Altered),
            (Probe::Query, Outcome::Refused),
            (Probe::Get, Outcome::Refused),
            (Probe::Get, Outcome::NoAnswer("reset".into())),
        ] {
            let finding = judge(&[good(Probe::Plain), bad]);
            assert_eq!(finding.verdict, Verdict::Wrong);
            assert!(seen.insert(finding.says.clone()), "{}", finding.says);
        }
    }
}
