use backend::testing::Request;
use shared::api::paths;

use super::{
    site::{FORM, PUBLIC_URL, ask, read_form, sign},
    twiml,
};

const PATHS: [&str; 4] = [paths::CALL_INCOMING, paths::CALL_OUTGOING, paths::DIAL_ACTION, paths::CALL_STATUS];
const MOST_BYTES: usize = 60_000;

/// Input: which address is asked (a digit), then the form, which Twilio has signed: everything in it may be a hostile
/// caller's or browser's choice.
pub fn form(data: &[u8]) {
    let mut lines = data.splitn(2, |b| *b == b'\n');
    let which = lines.next().and_then(|line| line.first()).copied().unwrap_or_default();
    let body = lines.next().unwrap_or_default();
    let path = PATHS[usize::from(which.wrapping_sub(b'0')) % PATHS.len()];
    if body.len() > MOST_BYTES {
        return;
    }
    let form = read_form(body);
    let signature = sign(&format!("{PUBLIC_URL}/{path}"), &form);
    let headers: &[(&str, &[u8])] =
        &[("content-type", FORM.as_bytes()), ("x-twilio-signature", signature.as_bytes())];
    let target = format!("/prod/{path}");
    let asked = || ask(&Request { method: "POST", target: &target, headers, body }).expect("a request");
    let (status, answer) = asked();
    if path == paths::CALL_STATUS {
        assert_eq!((status, &*answer), (204, ""));
        return;
    }
    assert_eq!(status, 200, "{answer}");
    twiml::check(&answer);
}
