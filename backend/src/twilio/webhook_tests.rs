use aws_lc_rs::hmac;
use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::SecretString;

use super::*;
use crate::twilio::sid::{ApiKeySid, ApplicationSid};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const NEXT_TOKEN: &str = "abcdefghijklmnopqrstuvwxyz012345";
const ACCOUNT: &str = "AC00000000000000000000000000000001";
const PATH: &str = "/twilio/dial_action";

fn webhooks(public_url: &str) -> Webhooks {
    let twilio = Credentials {
        account_sid: AccountSid::parse(ACCOUNT).unwrap(),
        auth_token: SecretString::from(TOKEN),
        auth_token_secondary: Some(SecretString::from(NEXT_TOKEN)),
        api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001").unwrap(),
        api_key_secret: SecretString::from(""),
        application_sid: ApplicationSid::parse("AP00000000000000000000000000000001").unwrap(),
    };
    Webhooks::new(&twilio, PublicUrl::parse(public_url).unwrap())
}

/// HMAC over a text that the test has put together by hand.
fn sign_with(token: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    BASE64_STANDARD.encode(hmac::sign(&key, text.as_bytes()))
}

fn sign(text: &str) -> String {
    sign_with(TOKEN, text)
}

fn get<'a>(path: &'a str, query: Option<&'a str>, signature: &'a str) -> Received<'a> {
    Received { path, query, signature: Some(signature), ..Received::default() }
}

fn post<'a>(path: &'a str, body: &'a str, signature: &'a str) -> Received<'a> {
    let body = body.as_bytes();
    Received { posted: true, path, is_form: true, body, signature: Some(signature), ..Received::default() }
}

fn refused(public_url: &str, received: &Received<'_>) -> String {
    let webhooks = webhooks(public_url);
    assert_eq!(webhooks.check(received), Err(Refused::Forged), "{received:?}");
    webhooks.explain(received).words
}

#[test]
fn either_auth_token_signs_while_they_are_rotated() {
    let url = "https://phone.example.com/twilio/dial_action";
    let webhooks = webhooks("https://phone.example.com");
    for (token, believed) in [(TOKEN, true), (NEXT_TOKEN, true), ("0123456789abcdef0123456789abcdee", false)]
    {
        let signature = sign_with(token, &format!("{url}FooBar"));
        assert_eq!(webhooks.check(&post(PATH, "Foo=Bar", &signature)).is_ok(), believed, "{token}");
    }
}

#[test]
fn the_prefix_may_be_stripped_or_kept() {
    for prefix in ["", "/prod", "/a/b", "/t", "/prod/twilio"] {
        let public_url = format!("https://phone.example.com{prefix}");
        let signature = sign(&format!("{public_url}{PATH}"));
        for path in [PATH.to_owned(), format!("{prefix}{PATH}")] {
            assert!(webhooks(&public_url).check(&post(&path, "", &signature)).is_ok(), "{prefix} {path}");
        }
    }
}

#[test]
fn every_spelling_of_port_and_query_is_the_same_request() {
    for (public_url, signed) in [
        ("https://phone.example.com", "https://phone.example.com:443"),
        ("https://phone.example.com:443", "https://phone.example.com"),
        ("https://phone.example.com:8443", "https://phone.example.com"),
        ("http://phone.example.com", "http://phone.example.com:80"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]:443"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]"),
    ] {
        for signed in [signed, public_url] {
            let signature = sign(&format!("{signed}{PATH}"));
            assert!(
                webhooks(public_url).check(&get(PATH, None, &signature)).is_ok(),
                "{public_url} {signed}"
            );
        }
    }
    let public_url = "https://phone.example.com";
    for (received, signed) in [
        ("From=a+b&To=%2b1", "From=a%20b&To=%2B1"),
        ("From=a%20b&To=%2B1", "From=a+b&To=%2B1"),
        ("From=a%20b", "From=a%20b"),
        ("x='(1)'", "x='(1)'"),
        ("x='(1)'", "x=%27%281%29%27"),
        // Bare in what is signed, escaped on the wire.
        ("From=client%3Aann&To=sip%3Ab%40c", "From=client:ann&To=sip:b@c"),
        ("City=Sull%27Adda+%C3%A9", "City=Sull'Adda+%C3%A9"),
        ("City=Sull%27Adda+%C3%A9&x=a%3Ab", "City=Sull'Adda%20%C3%A9&x=a:b"),
        ("City=O%27Hara&From=client%3Aann", "City=O'Hara&From=client%3Aann"),
        ("x=%28a%29%21%2A%7E", "x=(a)!*~"),
        ("x=a%2Cb%3Bc%2Fd%3Fe%24", "x=a,b;c/d?e$"),
        ("x=a%2Cb%3Bc%2Fd%3Fe%24%3A%40%27%28%29%21%2A%7E", "x=a,b;c/d?e$:@'()!*~"),
        // And the other way round, in small letters, and where a flag has no value.
        ("From=client:ann", "From=client%3Aann"),
        ("From=client:ann", "From=client%3aann"),
        ("flag&From=client%3Aann", "flag&From=client:ann"),
        ("", ""),
    ] {
        let signature = sign(&format!("{public_url}{PATH}?{signed}"));
        assert!(webhooks(public_url).check(&get(PATH, Some(received), &signature)).is_ok(), "{received}");
        let signature = sign(&format!("{public_url}{PATH}?{signed}&x=1"));
        assert!(webhooks(public_url).check(&get(PATH, Some(received), &signature)).is_err(), "{received}");
    }
    let signature = sign(&format!("{public_url}{PATH}"));
    assert!(webhooks(public_url).check(&get(PATH, Some(""), &signature)).is_ok(), "a question mark got lost");
}

#[test]
fn parameters_come_from_the_form_of_a_post_and_from_the_query_of_a_get() {
    let webhooks = webhooks("https://phone.example.com");
    let url = "https://phone.example.com/twilio/dial_action?From=client:query";
    let signature = sign(&format!("{url}Fromclient:form"));
    let mut received = post(PATH, "From=client:form", &signature);
    received.query = Some("From=client:query");
    assert_eq!(webhooks.check(&received).unwrap().client("From"), Some("form"));

    let signature = sign(url);
    let mut received = get(PATH, Some("From=client:query"), &signature);
    assert_eq!(webhooks.check(&received).unwrap().client("From"), Some("query"));
    // Nobody signs the body of a GET, so nobody reads it.
    (received.is_form, received.body) = (true, b"From=client:body");
    assert_eq!(webhooks.check(&received).unwrap().client("From"), Some("query"));
    // Sent as POST, the signed URL of a GET still asks for nothing.
    (received.posted, received.body) = (true, b"");
    assert_eq!(webhooks.check(&received).unwrap(), Params::default());
}

/// Signed or not, nobody can say which of two different values is meant, so neither is.
#[test]
fn a_parameter_that_comes_twice_counts_when_it_says_the_same() {
    let webhooks = webhooks("https://phone.example.com");
    let url = "https://phone.example.com/twilio/dial_action";
    let signature = sign(&format!("{url}Fromclient:aFromclient:b"));
    for body in ["From=client:a&From=client:b", "From=client:b&From=client:a&From=client:b"] {
        assert_eq!(webhooks.check(&post(PATH, body, &signature)).unwrap().client("From"), None, "{body}");
    }
    let signature = sign(&format!("{url}Fromclient:a"));
    let params = webhooks.check(&post(PATH, "From=client:a&From=client:a", &signature)).unwrap();
    assert_eq!(params.client("From"), Some("a"));
}

#[test]
fn a_body_that_is_no_form_needs_its_hash_in_the_url() {
    let webhooks = webhooks("https://phone.example.com");
    let url = "https://phone.example.com/twilio/dial_action";
    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let query = format!("bodySHA256={hash}");
    let signature = sign(&format!("{url}?{query}"));
    let mut received = post(PATH, "{}", &signature);
    (received.is_form, received.query) = (false, Some(query.as_str()));
    assert_eq!(webhooks.check(&received), Err(Refused::NotAForm));
    for body in ["", "[]", "{} "] {
        received.body = body.as_bytes();
        assert!(matches!(webhooks.check(&received), Err(Refused::Forged)), "{body:?}");
    }
    let signature = sign(url);
    received = Received { signature: Some(&signature), query: None, body: b"{}", ..received };
    assert!(matches!(webhooks.check(&received), Err(Refused::Forged)), "the hash is missing");
}

#[test]
fn bytes_that_are_no_utf_8_fit_no_signature_of_other_bytes() {
    let webhooks = webhooks("https://phone.example.com");
    let signature = sign("https://phone.example.com/twilio/dial_actionTo\u{e9}");
    assert!(webhooks.check(&post(PATH, "To=%C3%A9", &signature)).is_ok());
    assert!(webhooks.check(&post(PATH, "To=%E9", &signature)).is_err());
    let raw = Received { body: b"To=\xe9", ..post(PATH, "", &signature) };
    assert!(webhooks.check(&raw).is_err());
}

#[test]
fn thousands_of_parameters_are_checked_like_a_few() {
    let webhooks = webhooks("https://phone.example.com");
    let names: Vec<_> = (0..8_000).map(|i| format!("p{i:04}")).collect();
    let signature = sign(&format!("https://phone.example.com/twilio/dial_action{}", names.concat()));
    let body: Vec<_> = names.iter().rev().map(|name| format!("{name}=")).collect();
    assert_eq!(webhooks.check(&post(PATH, &body.join("&"), &signature)).unwrap().0.len(), 8_000);
}

/// What an operator reads when something on the way is configured wrongly.
#[test]
fn a_refusal_says_which_url_was_assumed_and_what_differs() {
    let body = format!("AccountSid={ACCOUNT}&To=%2B819059876543");
    let form = format!("AccountSid{ACCOUNT}To+819059876543");
    let claims = Claims { host: Some("front.example.net:8443"), ..Claims::default() };
    for (public_url, signed, words) in [
        ("http://phone.example.com", "https://phone.example.com", "scheme (http or https)"),
        ("https://phone.example.com", "http://phone.example.com", "scheme (http or https)"),
        ("https://phone.example.com", "https://front.example.net:8443", "host or port"),
        ("https://phone.example.com/prod", "https://phone.example.com", "path prefix"),
    ] {
        let signature = sign(&format!("{signed}{PATH}{form}"));
        let mut received = post(PATH, &body, &signature);
        received.claims = claims;
        let why = refused(public_url, &received);
        assert!(why.contains(&format!("assumed to be signed is {public_url}{PATH} ")), "{why}");
        assert!(
            why.contains(&format!("it is signed for {signed}{PATH}, so the {words} is another")),
            "{why}"
        );
        assert!(!why.contains("819059876543") && !why.contains(TOKEN) && !why.contains(&signature), "{why}");
    }

    let url = "https://phone.example.com/twilio/dial_action";
    let signature = sign(url);
    let why = refused("https://phone.example.com", &get(PATH, Some("utm=secret"), &signature));
    assert!(why.contains("a query was added") && !why.contains("utm") && !why.contains("secret"), "{why}");

    let wrong = sign_with("another token", &format!("{url}{form}"));
    let mut received = post(PATH, &body, &wrong);
    assert!(refused("https://phone.example.com", &received).contains("the auth token is wrong"));
    received.claims.forwarded_proto = Some("http");
    assert!(refused("https://phone.example.com", &received).contains("came by http, but public_url"));
    received.claims.shared_key = true;
    assert!(refused("https://phone.example.com", &received).contains("shared key"));
    received.signature = None;
    let why = refused("https://phone.example.com", &received);
    assert!(why.contains("no X-Twilio-Signature") && why.contains("removed the header"), "{why}");

    let stranger = "AC00000000000000000000000000000002";
    let body = format!("AccountSid={stranger}");
    assert!(refused("https://phone.example.com", &post(PATH, &body, &wrong)).contains(stranger));
    let body = "AccountSid=AC%0Aforged+line";
    assert!(!refused("https://phone.example.com", &post(PATH, body, &wrong)).contains("forged"));
}

/// A host that would write a line of its own into the log is not repeated, even when it was signed.
#[test]
fn a_refusal_repeats_no_host_that_is_none() {
    let host = "evil\n2026 INFO all is well";
    let signature = sign(&format!("https://{host}{PATH}"));
    let mut received = get(PATH, None, &signature);
    received.claims.forwarded_host = Some(host);
    assert!(!refused("https://phone.example.com", &received).contains("all is well"));
}
