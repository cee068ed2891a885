//! Where Twilio's two libraries do not agree with each other, what we do instead, and why that is safe. In each case the
//! request is one that somebody with the auth token signed; the question is only which text was meant.

use crate::{
    cases::{Case, Kind},
    peer::Peer,
    server::{Site, TOKEN},
};

const PUBLIC_URL: &str = "https://phone.example.com";

fn case(kind: Kind, query: Option<&str>, params: &[(&str, &str)]) -> Case {
    Case {
        kind,
        path: shared::api::paths::CALL_STATUS,
        query: query.map(str::to_owned),
        params: params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: None,
        keeps_prefix: false,
    }
}

/// Whether Node's library, Python's and our server believe `came`, when `signed` was signed.
async fn who_believes(came: &Case, signed: &Case) -> [bool; 3] {
    let [mut node, mut python] = Peer::all();
    let site = Site::start(PUBLIC_URL).await;
    let signature = emulator::webhook::signature(TOKEN, &signed.signed(PUBLIC_URL).url, &signed.params);
    let url = came.signed(PUBLIC_URL);
    [
        node.believes(TOKEN, &url, &signature),
        python.believes(TOKEN, &url, &signature),
        site.believes(came, &signature),
    ]
}

/// Python's library drops a question mark with nothing behind it. Both spellings ask for the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_mark_alone() {
    let (with, without) = (case(Kind::Get, Some(""), &[]), case(Kind::Get, None, &[]));
    assert_eq!(who_believes(&with, &with).await, [true, false, true]);
    assert_eq!(who_believes(&with, &without).await, [false, true, true]);
}

/// A proxy that writes escapes its own way breaks the signature for Python's library; Node's encodes the query once more
/// before it gives up, as we do. All spellings decode to the same parameters, so nothing unsigned is believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_was_encoded_again() {
    let case = |query| case(Kind::Get, Some(query), &[]);
    assert_eq!(who_believes(&case("m='a'"), &case("m=%27a%27")).await, [true, false, true]);
    assert_eq!(who_believes(&case("q=a+b"), &case("q=a%20b")).await, [true, false, true]);
    assert_eq!(who_believes(&case("q=a%20b"), &case("q=a+b")).await, [false, false, true]);
    assert_eq!(who_believes(&case("q=%2b1"), &case("q=%2B1")).await, [true, false, true]);
    assert_eq!(who_believes(&case("q=a+b"), &case("q=a%2Bb")).await, [false, false, false]);
}

/// Twilio has been seen to sign `:`, `@` and `'` bare and to send them escaped: twilio-node's pull request 621 (taken back later,
/// for its own users' queries), its issue 1059, and 1183, which is open. Node's library finds the quotation mark, and not
/// beside a blank; Python's finds none. The bytes that are meant are the same.
#[tokio::test(flavor = "multi_thread")]
async fn marks_that_are_signed_bare_and_sent_escaped() {
    let case = |query| case(Kind::Get, Some(query), &[]);
    assert_eq!(who_believes(&case("t=Sull%27Adda"), &case("t=Sull'Adda")).await, [true, false, true]);
    assert_eq!(who_believes(&case("t=O%27Hara+B"), &case("t=O'Hara+B")).await, [false, false, true]);
    assert_eq!(who_believes(&case("c=sip%3Aa%40b"), &case("c=sip:a@b")).await, [false, false, true]);
    assert_eq!(who_believes(&case("c=sip%3Aa%40c"), &case("c=sip:a@b")).await, [false, false, false]);
}

/// Names beyond the Basic Multilingual Plane: Node sorts UTF-16 units, Python code points, which is the order of the
/// UTF-8 bytes that are signed. Twilio sends no such names but those that a browser makes up.
#[tokio::test(flavor = "multi_thread")]
async fn the_order_of_rare_characters() {
    let form = case(Kind::Form, None, &[("\u{ffee}", "1"), ("\u{1f600}", "2")]);
    assert_eq!(who_believes(&form, &form).await, [false, true, true]);
}

/// A form to a URL with `bodySHA256`: Twilio does not send such a thing. For Node's and Python's validators it is a form
/// when it is given to them as one; so it is for us.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_a_body_hash_in_its_url() {
    let form = case(Kind::Form, Some("bodySHA256=00"), &[("To", "+15551230000")]);
    assert_eq!(who_believes(&form, &form).await, [true, true, true]);
    let other = case(Kind::Form, Some("bodySHA256=00"), &[("To", "+15551230001")]);
    assert_eq!(who_believes(&other, &form).await, [false, false, false]);
}
