use reqwest::{Client, StatusCode};

use super::finding::Finding;
use crate::error_chain::of_request;

/// The edges' signaling can be reached from here. Browsers sit elsewhere, so a failure is only a hint.
///
/// `emulator`: the address of one that has Twilio's edges all in one place.
pub(super) async fn check(client: &Client, edges: &[String], emulator: Option<&str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for edge in edges {
        let host = format!("voice-js.{edge}.twilio.com");
        let url = match emulator {
            Some(base) => format!("{base}/signal?host={host}"),
            None => format!("https://{host}/signal"),
        };
        let trouble = match client.get(url).send().await {
            // Without a WebSocket any answer is a refusal. The emulator knows an edge that is not there, or is down.
            Ok(answer) => Some(answer.status())
                .filter(|status| emulator.is_some() && is_gone(*status))
                .map(|s| s.to_string()),
            Err(error) => Some(of_request(&error)),
        };
        findings.push(match trouble {
            None => Finding::fine("edge", format!("the edge {edge} answers")),
            Some(why) => Finding::warning(
                "edge",
                format!("the edge {edge} does not answer this machine ({why})"),
                format!("Browsers must reach wss://{host}, also through their firewall (edges)."),
            ),
        });
    }
    findings
}

fn is_gone(status: StatusCode) -> bool {
    status == StatusCode::NOT_FOUND || status.is_server_error()
}
