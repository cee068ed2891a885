//! Names for numbers: added, changed, found, read in and written out.

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use shared::api::{contacts::LARGEST_FILE, paths};

use crate::helpers::{LINE, OTHER_LINE, TestApp, refused};

async fn read(response: Response) -> Value {
    assert_eq!(response.status(), 200);
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

async fn send(app: &TestApp, cookie: &str, query: &str, file: impl Into<reqwest::Body>) -> Response {
    let url = app.url(&format!("{}/{}?{query}", paths::CONTACTS, paths::IMPORT));
    let request = app.client.post(url).header("cookie", cookie);
    request.body(file).send().await.unwrap()
}

async fn names(app: &TestApp, cookie: &str, query: &str) -> Vec<String> {
    let page = read(app.get(&format!("{}?{query}", paths::CONTACTS), cookie).await).await;
    let names = page["contacts"].as_array().unwrap().iter();
    names.map(|contact| contact["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_contact_comes_changes_and_goes() {
    let app = TestApp::start().await;
    let (own, other) = (app.session_of(LINE).await, app.session_of(OTHER_LINE).await);
    let new =
        json!({"name": " Aiko ", "numbers": [{"number": "090-5987-6543", "kind": "mobile"}], "note": "a\nb"});
    let contact = read(app.post_as(&own, paths::CONTACTS, &new).await).await;
    assert_eq!(
        (&contact["name"], &contact["numbers"][0]["number"]),
        (&json!("Aiko"), &json!("+819059876543"))
    );
    let one = format!("{}/{}", paths::CONTACTS, contact["id"].as_str().unwrap());
    assert_eq!(read(app.get(&one, &own).await).await, contact);
    refused(app.get(&one, &other).await, 404, "not_found").await;
    let question = json!({"numbers": ["+819059876543", "+12025550199"]});
    let told = read(app.post_as(&own, paths::CONTACT_NAMES, &question).await).await;
    assert_eq!(told["names"]["+819059876543"]["name"], "Aiko");
    assert_eq!(told["names"].as_object().unwrap().len(), 1);
    let far_end = read(app.post_as(&own, paths::FAR_END, &json!({"number": "+819059876543"})).await).await;
    assert_eq!(far_end["name"], "Aiko");
    let change = json!({"revision": 1, "contact": {"name": "Aiko Y.", "numbers": [], "shared": true}});
    assert_eq!(read(app.post_as(&own, &one, &change).await).await["revision"], 2);
    refused(app.post_as(&other, &one, &change).await, 409, "newer").await;
    let favourite = format!("{one}/{}", paths::FAVOURITE);
    assert_eq!(app.post_as(&other, &favourite, &json!({"favourite": true})).await.status(), 204);
    assert_eq!(names(&app, &other, "favourites=true").await, ["Aiko Y."]);
    assert!(names(&app, &own, "favourites=true").await.is_empty());
    assert_eq!(app.delete_as(&other, &one).await.status(), 204);
    refused(app.delete_as(&own, &one).await, 404, "not_found").await;
}

#[tokio::test]
async fn what_makes_no_sense_is_told() {
    let app = TestApp::start().await;
    let own = app.session_of(LINE).await;
    let numbers: Vec<_> = (0..1_000).map(|n| json!({"number": format!("+1202555{n:04}")})).collect();
    for (contact, words) in [
        (json!({"name": "", "numbers": []}), "no name"),
        (json!({"name": "x".repeat(10_000), "numbers": []}), "200 characters"),
        (json!({"name": "a\u{0}", "numbers": []}), "cannot be shown"),
        (json!({"name": "a", "numbers": numbers}), "it may have 50"),
        (json!({"name": "a", "numbers": [{"number": "my number"}]}), "“my number” is no phone number"),
        (json!({"name": "a", "numbers": [], "colour": "red"}), "wrong fields"),
    ] {
        let told = refused(app.post_as(&own, paths::CONTACTS, &contact).await, 400, "bad_request").await;
        assert!(told.contains(words), "{told}");
    }
    for query in ["after=x", "favourites=1", &format!("search={}", "x".repeat(201))] {
        let path = format!("{}?{query}", paths::CONTACTS);
        refused(app.get(&path, &own).await, 400, "bad_request").await;
    }
    let many: Vec<_> = (0..61).map(|_| "+819059876543").collect();
    let asked = app.post_as(&own, paths::CONTACT_NAMES, &json!({"numbers": many})).await;
    refused(asked, 400, "bad_request").await;
    for (query, file) in
        [("", ""), ("", "a,b\n1,2\n"), ("duplicates=all", "x"), ("commit=1", "x"), ("", "\u{0}\u{1}")]
    {
        refused(send(&app, &own, query, file).await, 400, "bad_request").await;
    }
    let export = format!("{}/{}?format=pdf", paths::CONTACTS, paths::EXPORT);
    refused(app.get(&export, &own).await, 400, "bad_request").await;
    for path in [paths::CONTACTS, &export] {
        refused(app.get(path, "").await, 401, "signed_out").await;
    }
    refused(send(&app, "", "", "x").await, 401, "signed_out").await;
}

#[tokio::test]
async fn a_file_is_looked_at_then_read_in_and_comes_out_as_it_was() {
    let app = TestApp::start().await;
    let (own, other) = (app.session_of(LINE).await, app.session_of(OTHER_LINE).await);
    let file = "BEGIN:VCARD\nFN:B\nTEL;TYPE=CELL:090-5987-6543\nEND:VCARD\nBEGIN:VCARD\nFN:=A\nNOTE:1\\,2\nTEL:x\nEND:VCARD\n";
    let looked = read(send(&app, &own, "", file).await).await;
    assert_eq!((&looked["read"], &looked["added"]), (&json!(2), &json!(2)));
    assert_eq!(looked["faults"], json!([{"line": 5, "what": "not_a_number", "text": "x"}]));
    assert!(names(&app, &own, "").await.is_empty());
    assert_eq!(read(send(&app, &own, "commit=true", file).await).await, looked);
    assert_eq!(names(&app, &own, "").await, ["=A", "B"]);
    for format in ["vcard", "csv"] {
        let export = format!("{}/{}?format={format}", paths::CONTACTS, paths::EXPORT);
        let response = app.get(&export, &own).await;
        assert!(response.headers()["content-disposition"].to_str().unwrap().contains("attachment"));
        let text = response.text().await.unwrap();
        let again = read(send(&app, &own, "commit=true&duplicates=merge", text.clone()).await).await;
        assert_eq!(
            (&again["same"], &again["added"], &again["merged"]),
            (&json!(2), &json!(0), &json!(0)),
            "{text}"
        );
        let brought = read(send(&app, &other, "commit=true&duplicates=keep", text).await).await;
        assert_eq!(brought["faults"], json!([]));
    }
    assert_eq!(names(&app, &other, "").await, ["=A", "B"]);
}

#[tokio::test]
async fn many_contacts_are_read_in_and_a_file_that_is_too_large_is_not() {
    const MANY: usize = 20_000;
    let app = TestApp::start().await;
    let own = app.session_of(LINE).await;
    let card = |n: usize| {
        format!("BEGIN:VCARD\nVERSION:3.0\nFN:Person {n:05}\nTEL;TYPE=CELL:+1202{n:07}\nEND:VCARD\n")
    };
    let file: String = (2_000_000..2_000_000 + MANY).map(card).collect();
    let told = read(send(&app, &own, "commit=true&shared=true", file.clone()).await).await;
    assert_eq!((&told["added"], &told["faults"]), (&json!(MANY), &json!([])));
    let again = read(send(&app, &own, "commit=true&duplicates=merge", file).await).await;
    assert_eq!((&again["same"], &again["added"]), (&json!(MANY), &json!(0)));
    assert_eq!(names(&app, &own, "search=2015432").await, ["Person 2015432"]);
    let large = vec![b'x'; LARGEST_FILE + 1];
    let refusal = send(&app, &own, "", large).await;
    refused(refusal, 413, "too_large").await;
    // Only files may be so large.
    let url = app.url(paths::CONTACTS);
    let request = app.client.post(url).header("cookie", own);
    let response = request.body(vec![b'x'; 100_000]).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
