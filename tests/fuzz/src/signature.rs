use backend::testing::Request;
use sha2::{Digest, Sha256};
use shared::api::paths;

use super::site::{FORM, PUBLIC_URL, ask, read_form, sign};

const PATHS: [&str; 4] = [paths::CALL_INCOMING, paths::CALL_OUTGOING, paths::DIAL_ACTION, paths::CALL_STATUS];
const MOST_BYTES: usize = 60_000;

/// Input, line by line: method; which path (a digit; below 4 with the prefix, from 4 without); query (`-` for none);
/// content type; a header that claims something; the signature; then the body.
pub fn signature(data: &[u8]) {
    let mut lines = data.splitn(7, |b| *b == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (method, path, query, content_type) = (text(line()), line(), text(line()), line());
    let (claim, given, body) = (line(), line(), line());
    let which = usize::from(path.first().copied().unwrap_or_default().wrapping_sub(b'0') % 8);
    let path = PATHS[which % 4];
    // Nobody sends a fragment.
    if body.len() > MOST_BYTES || method == "HEAD" || query.contains('#') {
        return;
    }
    let query = if query == "-" { String::new() } else { format!("?{query}") };
    let prefix = if which < 4 { "/prod" } else { "" };
    let target = format!("{prefix}/{path}{query}");
    let send = |target: &str, signature: &[u8], body: &[u8]| {
        let headers: &[(&str, &[u8])] = &[
            ("content-type", content_type),
            ("x-twilio-signature", signature),
            ("x-forwarded-host", claim),
            ("x-forwarded-proto", claim),
        ];
        ask(&Request { method: &method, target, headers, body }).map(|(status, _)| status)
    };

    // Nobody guesses a signature.
    let Some(status) = send(&target, given, body) else { return };
    let known = method == "GET" || method == "POST";
    let refused = if known { 403 } else { 405 };
    assert_eq!(status, refused, "{method} {target} with a signature of nobody's");
    if !known {
        return;
    }

    // What is signed by the letter is believed; one changed character, and it is not.
    let posted = method == "POST";
    let is_form = is_form(content_type);
    let hashed = query[1.min(query.len())..].split('&').any(|pair| pair.starts_with("bodySHA256="));
    if posted && !is_form && (hashed || !body.is_empty()) {
        let hash: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
        let query = format!("?bodySHA256={hash}&{}", query.trim_start_matches('?'));
        let genuine = sign(&format!("{PUBLIC_URL}/{path}{query}"), &[]);
        let target = format!("{prefix}/{path}{query}");
        assert_eq!(send(&target, genuine.as_bytes(), body), Some(415), "{target}");
        assert_eq!(send(&target, genuine.as_bytes(), &[body, b"."].concat()), Some(403), "{target}");
        return;
    }
    let form = if posted && is_form { read_form(body) } else { Vec::new() };
    let genuine = sign(&format!("{PUBLIC_URL}/{path}{query}"), &form);
    let believed = send(&target, genuine.as_bytes(), body);
    assert!(matches!(believed, Some(200 | 204)), "{believed:?} for {target}");
    assert_eq!(send(&target, changed(&genuine).as_bytes(), body), Some(403), "{target}");
    let more = if query.is_empty() { "?zz=1" } else { "&zz=1" };
    assert_eq!(send(&format!("{target}{more}"), genuine.as_bytes(), body), Some(403), "{target}");
    if posted && is_form {
        let more = [body, b"&zz=1"].concat();
        assert_eq!(send(&target, genuine.as_bytes(), &more), Some(403), "{target}");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The type without its parameters and the blanks around it.
fn is_form(content_type: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content_type) else { return false };
    text.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM)
}

fn changed(signature: &str) -> String {
    let first = if signature.starts_with('A') { "B" } else { "A" };
    format!("{first}{}", &signature[1..])
}
