use reqwest::{Client, StatusCode, header};
use shared::api::paths;

use super::{certificate, finding::Finding, web};
use crate::{config::PublicUrl, error_chain::of_request};

/// What the public URL led to.
pub(super) struct Visit {
    pub(super) findings: Vec<Finding>,
    /// This program answers there.
    pub(super) reached: bool,
}

/// Asks the server by its public URL, as browsers and Twilio do.
pub(super) async fn visit(client: &Client, public_url: &PublicUrl, now_s: i64) -> Visit {
    let url = public_url.join(paths::HEALTH);
    let mut findings = Vec::new();
    let mut reached = false;
    match client.get(&url).send().await {
        Ok(response) => {
            if public_url.is_https() {
                findings.push(certificate::check(web::certificate(&response).as_deref(), now_s));
            }
            let status = response.status();
            let location = response.headers().get(header::LOCATION);
            let location = location.and_then(|value| value.to_str().ok()).map(str::to_owned);
            let body = response.text().await.unwrap_or_default();
            let finding = answered(&url, status, location.as_deref(), &body);
            reached = finding.verdict != crate::doctor::finding::Verdict::Wrong;
            findings.insert(0, finding);
        }
        Err(error) => {
            findings.push(silent(&url, &of_request(&error)));
            if public_url.is_https() {
                findings.extend(certificate::of_unreachable(&url, now_s).await);
            }
        }
    }
    if reached && !public_url.is_https() {
        findings.push(plain(public_url));
    }
    Visit { findings, reached }
}

fn answered(url: &str, status: StatusCode, location: Option<&str>, body: &str) -> Finding {
    match status.as_u16() {
        200 if body.trim() == "ok" => {
            Finding::fine("public_url", format!("{url} answers (asked from this machine)"))
        }
        300..=399 => Finding::wrong(
            "public_url",
            format!("{url} redirects to {}", location.unwrap_or("nowhere")),
            "Write the address that it redirects to into public_url, and run sidetone connect: a redirected request of \
             Twilio's carries the wrong signature.",
        ),
        503 if body.contains("database") => Finding::wrong(
            "public_url",
            format!("{url} answers, but its database does not"),
            "See the log of sidetone serve.",
        ),
        502..=504 => Finding::wrong(
            "public_url",
            format!("the proxy at {url} does not reach the server (HTTP {status})"),
            "Start sidetone serve, and let the proxy pass requests to the address in bind.",
        ),
        _ => Finding::wrong(
            "public_url",
            format!("{url} is answered by something else (HTTP {status})"),
            "Let the proxy pass everything below the public URL, with its whole path, to the address in bind.",
        ),
    }
}

fn silent(url: &str, why: &str) -> Finding {
    Finding::wrong(
        "public_url",
        format!("{url} does not answer ({why})"),
        "Is sidetone serve running, does the name lead to this machine, is the port open? A router may also refuse this \
         machine its own outside address: try the URL from a phone without Wi-Fi.",
    )
}

fn plain(public_url: &PublicUrl) -> Finding {
    Finding::warning(
        "https",
        format!("{public_url} is not encrypted; only a browser on this machine may use the microphone so"),
        "Put a proxy with a certificate in front of the server, and an https:// address into public_url.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn only_our_own_health_page_is_fine() {
        let verdict = |status, body| answered("u", StatusCode::from_u16(status).unwrap(), None, body).verdict;
        assert_eq!(verdict(200, "ok\n"), Verdict::Fine);
        for (status, body) in [(200, "<html>"), (301, ""), (404, ""), (502, ""), (503, "the database …")] {
            assert_eq!(verdict(status, body), Verdict::Wrong, "{status}");
        }
        let redirect = answered("u", StatusCode::FOUND, Some("https://www.example.com/"), "");
        assert!(redirect.says.contains("https://www.example.com/"));
    }
}
