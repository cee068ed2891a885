use reqwest::Client;

use super::finding::Finding;
use crate::twilio_rest;

/// The edges' signaling can be reached from here. Browsers sit elsewhere, so a failure is only a hint.
pub(super) async fn check(client: &Client, edges: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for edge in edges {
        let host = format!("voice-js.{edge}.twilio.com");
        // Any answer will do: without a WebSocket it is a refusal.
        findings.push(match client.get(format!("https://{host}/signal")).send().await {
            Ok(_) => Finding::fine("edge", format!("the edge {edge} answers")),
            Err(error) => Finding::warning(
                "edge",
                format!("the edge {edge} does not answer this machine ({})", twilio_rest::chain(&error)),
                format!(
                    "Is it spelt as Twilio spells it (edges)? Browsers must reach wss://{host}, also through their \
                     firewall."
                ),
            ),
        });
    }
    findings
}
