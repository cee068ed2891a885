//! What the page may load and run. No `unsafe-inline`, no `unsafe-eval`: inline scripts are named by their hash, taken from
//! the page that is served.

use aws_lc_rs::digest;
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::twilio::edges::{EDGES, NEAREST, REGIONS};

/// For the service worker's script, whose policy is the worker's: it fetches from here, and loads nothing else.
pub(crate) const WORKER: &str =
    "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of the page but for its inline scripts.
pub(crate) struct ContentSecurityPolicy {
    /// Hosts that scripts may talk to beside our own.
    connect: Vec<String>,
}

impl ContentSecurityPolicy {
    /// `emulator`: `host:port` that takes the signaling in Twilio's place.
    pub(crate) fn new(edges: &[String], emulator: Option<&str>) -> Self {
        let connect = match emulator {
            Some(host) => vec![format!("ws://{host}"), format!("http://{host}")],
            None => twilio(edges),
        };
        Self { connect }
    }

    /// The header's value for this page.
    pub(crate) fn of_page(&self, page: &str) -> String {
        let scripts: String = inline_scripts(page).map(|script| format!(" '{}'", hash(script))).collect();
        let connect: String = self.connect.iter().map(|host| format!(" {host}")).collect();
        // Sounds are fetched; remote audio is a MediaStream, which older browsers count as `mediastream:`.
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; media-src 'self' blob: mediastream:; \
             connect-src 'self'{connect}; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; \
             frame-ancestors 'none'"
        )
    }
}

fn twilio(edges: &[String]) -> Vec<String> {
    let named = edges.iter().map(String::as_str);
    // A call that was set up through the nearest edge is taken up again at the edge that it turned out to be.
    let nearest = edges.iter().any(|edge| edge == NEAREST);
    let behind_it = EDGES.into_iter().filter(|edge| nearest && !edges.iter().any(|named| named == edge));
    let signaling = named.chain(behind_it).map(|edge| format!("wss://voice-js.{edge}.twilio.com"));
    // The SDK sends its events to the home region of the account, which only Twilio knows.
    let home = REGIONS.into_iter().map(|(region, _)| format!("https://eventgw.{region}.twilio.com"));
    signaling.chain(["https://eventgw.twilio.com".to_owned()]).chain(home).collect()
}

/// Texts of the scripts that stand in the page itself.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once("<script")?;
            let (attributes, after) = after.split_once('>')?;
            let (script, after) = after.split_once("</script>")?;
            rest = after;
            if !attributes.contains("src=") {
                return Some(script);
            }
        }
    })
}

fn hash(script: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(digest::digest(&digest::SHA256, script.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directive(policy: &str, name: &str) -> String {
        let directives = policy.split("; ").filter_map(|directive| directive.split_once(' '));
        let found = directives.into_iter().find(|(directive, _)| *directive == name);
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    }

    #[test]
    fn only_the_page_s_own_inline_scripts_run() {
        let policy = ContentSecurityPolicy::new(&["tokyo".to_owned()], None);
        let page = "<script defer src=\"a.js\"></script><script type=\"module\">\nalert(1);\n</script>";
        let scripts = directive(&policy.of_page(page), "script-src");
        // printf '\nalert(1);\n' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            scripts,
            "'self' 'wasm-unsafe-eval' 'sha256-L+t9q3v5LeakHkwTJJlqwHiLsxVtqG4eOt8NDvhN6eg='"
        );
        assert!(!policy.of_page(page).contains("unsafe-inline"));
        assert!(!policy.of_page(page).contains("'unsafe-eval'"));
        assert_eq!(
            inline_scripts("<script>a</script>x<script>b</script><script>c").collect::<Vec<_>>(),
            ["a", "b"]
        );
    }

    #[test]
    fn a_named_edge_opens_only_itself() {
        let policy = ContentSecurityPolicy::new(&["tokyo".to_owned(), "sydney".to_owned()], None).of_page("");
        let hosts = directive(&policy, "connect-src");
        let signaling: Vec<_> = hosts.split(' ').filter(|host| host.starts_with("wss:")).collect();
        assert_eq!(signaling, ["wss://voice-js.tokyo.twilio.com", "wss://voice-js.sydney.twilio.com"]);
        assert!(hosts.contains("https://eventgw.us1.twilio.com"));
        assert!(!hosts.contains('*'));
    }

    #[test]
    fn the_nearest_edge_may_turn_out_to_be_any() {
        let policy = ContentSecurityPolicy::new(&["roaming".to_owned()], None).of_page("");
        for edge in ["roaming", "ashburn", "tokyo"] {
            assert!(policy.contains(&format!("wss://voice-js.{edge}.twilio.com")), "{edge}");
        }
    }

    #[test]
    fn with_an_emulator_nothing_of_twilio_s() {
        let policy = ContentSecurityPolicy::new(&["roaming".to_owned()], Some("127.0.0.1:8081")).of_page("");
        assert_eq!(directive(&policy, "connect-src"), "'self' ws://127.0.0.1:8081 http://127.0.0.1:8081");
        assert!(!policy.contains("twilio"));
    }
}
