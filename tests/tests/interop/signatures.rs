use emulator::webhook;

use crate::{
    cases::{Dice, Kind, Signed},
    peer::Peer,
    server::{SECONDARY, Site, TOKEN},
};

/// How the server is configured, and how Twilio may sign for it: as configured, or with the other spelling of the port.
const PUBLIC_URLS: [(&str, &str); 7] = [
    ("https://phone.example.com", "https://phone.example.com:443"),
    ("https://phone.example.com:443/prod", "https://phone.example.com/prod"),
    ("https://phone.example.com:8443", "https://phone.example.com"),
    ("https://phone.example.com/prod", "https://phone.example.com:443/prod"),
    ("http://127.0.0.1:8080/a/b-c_d", "http://127.0.0.1/a/b-c_d"),
    ("http://phone.example.com/my/twilio", "http://phone.example.com:80/my/twilio"),
    ("https://[2001:db8::1]", "https://[2001:db8::1]:443"),
];
const CASES_EACH: usize = 40;

/// 280 cases, each signed by both libraries for the URL in both spellings of its port and with either auth token.
#[tokio::test(flavor = "multi_thread")]
async fn what_twilios_libraries_sign_our_server_believes() {
    let mut peers = Peer::all();
    let mut dice = Dice(0x5eed_0001);
    let mut kinds = Vec::new();
    for (public_url, other_port) in PUBLIC_URLS {
        let site = Site::start(public_url).await;
        for _ in 0..CASES_EACH {
            let case = dice.case();
            kinds.push(case.kind);
            for peer in &mut peers {
                for (url, token) in [(public_url, TOKEN), (other_port, TOKEN), (public_url, SECONDARY)] {
                    let signature = peer.sign(token, &case.signed(url));
                    assert!(site.believes(&case, &signature), "{} {url}: {case:?}", peer.name);
                }
                let signature = peer.sign(TOKEN, &case.signed(public_url));
                let twin = case.twin(&mut dice);
                assert!(!site.believes(&twin, &signature), "{}: {case:?}, changed to {twin:?}", peer.name);
                assert!(!site.believes(&case, &changed(&signature)), "{}: {case:?}", peer.name);
                let foreign = peer.sign("00000000000000000000000000000000", &case.signed(public_url));
                assert!(!site.believes(&case, &foreign), "{}: {case:?}", peer.name);
            }
        }
    }
    assert!(kinds.len() >= 200);
    for kind in [Kind::Get, Kind::Form, Kind::Json] {
        assert!(kinds.iter().filter(|other| **other == kind).count() >= 40, "few of {kind:?}");
    }
}

/// The other way round: the emulator is our signer.
#[test]
fn what_the_emulator_signs_twilios_libraries_believe() {
    let mut peers = Peer::all();
    let mut dice = Dice(0x5eed_0002);
    for (public_url, other_port) in PUBLIC_URLS {
        for _ in 0..CASES_EACH {
            let case = dice.case();
            let signed = case.signed(public_url);
            let signature = sign(TOKEN, &signed);
            let twin = case.twin(&mut dice).signed(public_url);
            for peer in &mut peers {
                assert_eq!(peer.sign(TOKEN, &signed), signature, "{}: {case:?}", peer.name);
                assert!(peer.believes(TOKEN, &signed, &signature), "{}: {case:?}", peer.name);
                let with_other_port = sign(TOKEN, &case.signed(other_port));
                assert!(peer.believes(TOKEN, &signed, &with_other_port), "{}: {case:?}", peer.name);
                assert!(!peer.believes(TOKEN, &twin, &signature), "{}: {case:?}, {twin:?}", peer.name);
                assert!(!peer.believes(TOKEN, &signed, &changed(&signature)), "{}: {case:?}", peer.name);
                assert!(!peer.believes(SECONDARY, &signed, &signature), "{}: {case:?}", peer.name);
            }
        }
    }
}

/// Twilio has been seen to sign a GET before it escapes what it sends.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_bare_and_sent_escaped_our_server_believes() {
    let signer = webhook::Signer { strip_port: false, bare_marks: true };
    let mut dice = Dice(0x5eed_0003);
    let mut bare = 0;
    for (public_url, _) in PUBLIC_URLS {
        let site = Site::start(public_url).await;
        for _ in 0..CASES_EACH {
            let mut case = dice.case();
            if case.kind != Kind::Get || case.query.is_none() {
                continue;
            }
            // Form-encoded, as Twilio sends it; what a configured URL holds is signed as it is.
            let query = case.query.unwrap_or_default();
            let params: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let url = format!("{public_url}/{}", case.path);
            let request = webhook::Request::new(url, emulator::Method::Get, params);
            let sent = request.target();
            case.query = sent.split_once('?').map(|(_, query)| query.to_owned());
            let signature = signer.sign(TOKEN, &request);
            bare += usize::from(signature != webhook::signature(TOKEN, &sent, &[]));
            assert!(site.believes(&case, &signature), "{sent}");
            let twin = case.twin(&mut dice);
            assert!(!site.believes(&twin, &signature), "{sent} changed to {:?}", twin.query);
        }
    }
    assert!(bare >= 10, "{bare} cases only");
}

/// As the emulator signs a request.
fn sign(token: &str, signed: &Signed) -> String {
    webhook::signature(token, &signed.url, &signed.params)
}

/// One character is another one.
fn changed(signature: &str) -> String {
    let first = if signature.starts_with('A') { "B" } else { "A" };
    format!("{first}{}", &signature[1..])
}
