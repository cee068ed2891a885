//! What admins may do, and nobody else.

use backend::lines::Changed;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use shared::api::{ErrorCode, paths};

use crate::dial_policy::{MOBILE, dials};
use crate::helpers::{LINE, OTHER_LINE, PASSCODE, TestApp, own_page, refused, settings};

const NEW_LINE: &str = "+14155550198";
const CHOSEN: &str = "horse of another colour";

/// A server on which the first line is an admin's; its session.
async fn started() -> (TestApp, String) {
    let app = TestApp::start().await;
    let number = &app.line.phone_number;
    assert_eq!(app.server.store().set_admin(number, true, false).await.unwrap(), Changed::Done);
    let admin = app.session_of(LINE).await;
    (app, admin)
}

fn of(number: &str, rest: &str) -> String {
    format!("{}/{number}{rest}", paths::ADMIN_LINES)
}

async fn read(response: Response) -> Value {
    assert_eq!(response.status(), 200);
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

async fn lines(app: &TestApp, cookie: &str) -> Vec<Value> {
    let told = read(app.get(paths::ADMIN_LINES, cookie).await).await;
    told["lines"].as_array().unwrap().clone()
}

async fn line(app: &TestApp, cookie: &str, number: &str) -> Value {
    lines(app, cookie).await.into_iter().find(|line| line["phone_number"] == number).unwrap()
}

async fn log(app: &TestApp, cookie: &str, query: &str) -> Value {
    read(app.get(&format!("{}{query}", paths::ADMIN_AUDIT), cookie).await).await
}

/// Every address and method that there is for admins.
fn all_ways() -> Vec<(Method, String, Value)> {
    let nothing = Value::Null;
    vec![
        (Method::GET, paths::ADMIN_LINES.to_owned(), nothing.clone()),
        (Method::POST, paths::ADMIN_LINES.to_owned(), json!({"phone_number": NEW_LINE, "admin": true})),
        (Method::POST, of(OTHER_LINE, ""), json!({"admin": true})),
        (Method::DELETE, of(OTHER_LINE, ""), nothing.clone()),
        (Method::POST, of(OTHER_LINE, "/code"), nothing.clone()),
        (Method::DELETE, of(OTHER_LINE, "/lock"), nothing.clone()),
        (Method::GET, of(OTHER_LINE, "/devices"), nothing.clone()),
        (Method::DELETE, of(OTHER_LINE, "/devices"), nothing.clone()),
        (Method::DELETE, of(OTHER_LINE, "/devices/x"), nothing.clone()),
        (Method::GET, paths::ADMIN_AUDIT.to_owned(), nothing),
    ]
}

#[tokio::test]
async fn nobody_but_an_admin_may() {
    let (app, _) = started().await;
    let other = app.session_of(OTHER_LINE).await;
    let before = app.server.store().lines().await.unwrap();
    for (method, path, body) in all_ways() {
        let ask = |cookie: &str, site: &'static str| {
            let request = app.client.request(method.clone(), app.url(&path)).header("cookie", cookie);
            let request = request.header("sec-fetch-site", site).header("content-type", "application/json");
            request.body(body.to_string()).send()
        };
        refused(ask("", "same-origin").await.unwrap(), 401, "signed_out").await;
        refused(ask(&other, "same-origin").await.unwrap(), 403, "not_admin").await;
        if method != Method::GET {
            refused(ask(&other, "cross-site").await.unwrap(), 403, "forbidden").await;
        }
    }
    assert_eq!(app.server.store().lines().await.unwrap(), before);
    assert_eq!(ErrorCode::NotAdmin.status(), 403);
    let session = read(app.get(paths::SESSION, &other).await).await;
    assert!(session.get("admin").is_none(), "{session}");
}

/// As an admin's browser is asked to by the page of another site.
#[tokio::test]
async fn another_sites_page_changes_nothing_in_an_admins_name() {
    let (app, admin) = started().await;
    let stranger = reqwest::Client::new();
    for (method, path, body) in all_ways().into_iter().filter(|(method, ..)| *method != Method::GET) {
        let request = stranger.request(method, app.url(&path)).header("cookie", &admin);
        let request =
            request.header("sec-fetch-site", "cross-site").header("content-type", "application/json");
        refused(request.body(body.to_string()).send().await.unwrap(), 403, "forbidden").await;
    }
    assert_eq!(lines(&app, &admin).await.len(), 2);
    assert!(!own_page().is_empty());
}

#[tokio::test]
async fn who_loses_the_right_has_lost_it_at_once() {
    let (app, admin) = started().await;
    assert_eq!(lines(&app, &admin).await.len(), 2);
    assert_eq!(read(app.get(paths::SESSION, &admin).await).await["admin"], true);
    app.server.store().set_admin(&app.line.phone_number, false, true).await.unwrap();
    refused(app.get(paths::ADMIN_LINES, &admin).await, 403, "not_admin").await;
    assert!(read(app.get(paths::SESSION, &admin).await).await.get("admin").is_none());
}

#[tokio::test]
async fn a_line_is_added_and_its_user_chooses_a_passcode() {
    let (app, admin) = started().await;
    // As it is written in the admin's own country, too.
    let wish = json!({"phone_number": "+1 (415) 555-0198", "label": " Front desk "});
    let code = read(app.post_as(&admin, paths::ADMIN_LINES, &wish).await).await;
    assert_eq!(code["phone_number"], NEW_LINE);
    assert_eq!(line(&app, &admin, NEW_LINE).await["label"], "Front desk");
    assert_eq!(line(&app, &admin, NEW_LINE).await["sign_in"]["with"], "one_time_code");
    assert_eq!(line(&app, &admin, NEW_LINE).await["sign_in"]["expires_at"], code["expires_at"]);
    let again = refused(app.post_as(&admin, paths::ADMIN_LINES, &wish).await, 409, "line_exists").await;
    assert!(again.contains("already"), "{again}");

    let body = json!({"phone_number": NEW_LINE, "passcode": code["code"], "new_passcode": CHOSEN});
    assert_eq!(app.post_json(paths::SESSION, &body).await.status(), 200);
    assert_eq!(line(&app, &admin, NEW_LINE).await["sign_in"], json!({"with": "passcode"}));
    assert!(line(&app, &admin, NEW_LINE).await.get("client_name").is_none());

    for (wrong, says) in [
        (json!({"phone_number": "12"}), "no phone number"),
        (json!({"phone_number": "+81 90 5987 6543", "label": "x".repeat(61)}), "too long"),
        (json!({"phone_number": "+81 90 5987 6543", "label": "a\u{7}b"}), "cannot be shown"),
        (json!({"phone_number": "+81 90 5987 6543", "name": "x"}), "unknown field"),
    ] {
        let said = refused(app.post_as(&admin, paths::ADMIN_LINES, &wrong).await, 400, "bad_request").await;
        assert!(said.contains(says), "{said}");
    }
    assert_eq!(lines(&app, &admin).await.len(), 3);
    let national = json!({"phone_number": "090-5987-6543"});
    let code = read(app.post_as(&admin, paths::ADMIN_LINES, &national).await).await;
    assert_eq!(code["phone_number"], "+819059876543");
}

#[tokio::test]
async fn names_limits_and_admins_change() {
    let (app, admin) = started().await;
    let change = async |number: &str, wish: Value| app.post_as(&admin, &of(number, ""), &wish).await;
    let limits = json!({"calls_at_once": 5, "minutes_per_day": null});
    let wish = json!({"label": "Reception", "admin": true, "limits": limits});
    assert_eq!(change(OTHER_LINE, wish).await.status(), 204);
    let other = line(&app, &admin, OTHER_LINE).await;
    assert_eq!(
        (&other["label"], &other["admin"], &other["limits"]),
        (&json!("Reception"), &json!(true), &limits)
    );

    let wrong = json!({"label": "x", "limits": {"calls_at_once": 0, "minutes_per_day": 1}});
    let said = refused(change(OTHER_LINE, wrong).await, 400, "bad_request").await;
    assert!(said.contains("calls at once must be from 1 to 100"), "{said}");
    refused(change(OTHER_LINE, json!({"limits": {"calls": 1}})).await, 400, "bad_request").await;
    assert_eq!(line(&app, &admin, OTHER_LINE).await, other, "all or nothing");
    refused(change(NEW_LINE, json!({"label": "x"})).await, 404, "not_found").await;
    refused(change("12", json!({"label": "x"})).await, 404, "not_found").await;

    // Of two admins one may go; the last one only with a clear word.
    assert_eq!(change(OTHER_LINE, json!({"admin": false})).await.status(), 204);
    refused(change(LINE, json!({"admin": false, "label": "x"})).await, 409, "last_admin").await;
    assert_eq!(line(&app, &admin, LINE).await["label"], "", "nothing is changed");
    assert_eq!(change(LINE, json!({"admin": false, "may_leave_no_admin": true})).await.status(), 204);
    refused(app.get(paths::ADMIN_LINES, &admin).await, 403, "not_admin").await;
}

#[tokio::test]
async fn an_admin_cannot_lock_themselves_out() {
    let (app, admin) = started().await;
    refused(app.delete_as(&admin, &of(LINE, "")).await, 409, "own_line").await;
    refused(app.post_as(&admin, &of(LINE, "/code"), &Value::Null).await, 409, "own_line").await;
    assert_eq!(app.get(paths::ADMIN_LINES, &admin).await.status(), 200);
    assert_eq!(app.sign_in(LINE, PASSCODE).await.status(), 200);
}

#[tokio::test]
async fn a_line_is_removed_with_its_sessions() {
    let (app, admin) = started().await;
    let other = app.session_of(OTHER_LINE).await;
    assert_eq!(app.delete_as(&admin, &of(OTHER_LINE, "")).await.status(), 204);
    refused(app.get(paths::DEVICES, &other).await, 401, "signed_out").await;
    refused(app.delete_as(&admin, &of(OTHER_LINE, "")).await, 404, "not_found").await;
    assert_eq!(lines(&app, &admin).await.len(), 1);
}

#[tokio::test]
async fn devices_are_listed_and_signed_out_for_others() {
    let (app, admin) = started().await;
    let (first, second) = (app.session_of(OTHER_LINE).await, app.session_of(OTHER_LINE).await);
    let third = app.session_of(OTHER_LINE).await;
    let devices = read(app.get(&of(OTHER_LINE, "/devices"), &admin).await).await;
    assert_eq!(devices.as_array().unwrap().len(), 3);
    assert!(devices.as_array().unwrap().iter().all(|device| device["current"] == false));
    let own = read(app.get(&of(LINE, "/devices"), &admin).await).await;
    assert_eq!(own[0]["current"], true);
    let mine = read(app.get(paths::DEVICES, &first).await).await;
    let id = mine.as_array().unwrap().iter().find(|device| device["current"] == true).unwrap()["id"].clone();
    let one = of(OTHER_LINE, &format!("/devices/{}", id.as_str().unwrap()));
    assert_eq!(app.delete_as(&admin, &one).await.status(), 204);
    refused(app.delete_as(&admin, &one).await, 404, "not_found").await;
    refused(app.get(paths::DEVICES, &first).await, 401, "signed_out").await;
    assert_eq!(app.get(paths::DEVICES, &second).await.status(), 200);
    assert_eq!(app.delete_as(&admin, &of(OTHER_LINE, "/devices")).await.status(), 204);
    for cookie in [&second, &third] {
        refused(app.get(paths::DEVICES, cookie).await, 401, "signed_out").await;
    }
    assert_eq!(app.get(paths::DEVICES, &admin).await.status(), 200);
    refused(app.get(&of(NEW_LINE, "/devices"), &admin).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_lock_is_seen_and_lifted() {
    let (app, admin) = started().await;
    assert_eq!(line(&app, &admin, OTHER_LINE).await["locked_s"], 0);
    for _ in 0..10 {
        refused(app.sign_in(OTHER_LINE, "wrong horse").await, 401, "sign_in_refused").await;
    }
    refused(app.sign_in(OTHER_LINE, PASSCODE).await, 429, "too_many_requests").await;
    assert!(line(&app, &admin, OTHER_LINE).await["locked_s"].as_u64().unwrap() > 200);
    assert_eq!(line(&app, &admin, LINE).await["locked_s"], 0);
    assert_eq!(app.delete_as(&admin, &of(OTHER_LINE, "/lock")).await.status(), 204);
    assert_eq!(line(&app, &admin, OTHER_LINE).await["locked_s"], 0);
    assert_eq!(app.sign_in(OTHER_LINE, PASSCODE).await.status(), 200);
    refused(app.delete_as(&admin, &of(NEW_LINE, "/lock")).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_new_code_ends_passcode_and_sessions() {
    let (app, admin) = started().await;
    let other = app.session_of(OTHER_LINE).await;
    let code = read(app.post_as(&admin, &of(OTHER_LINE, "/code"), &Value::Null).await).await;
    refused(app.get(paths::DEVICES, &other).await, 401, "signed_out").await;
    refused(app.sign_in(OTHER_LINE, PASSCODE).await, 401, "sign_in_refused").await;
    refused(app.sign_in(OTHER_LINE, code["code"].as_str().unwrap()).await, 403, "new_passcode_needed").await;
    refused(app.post_as(&admin, &of(NEW_LINE, "/code"), &Value::Null).await, 404, "not_found").await;
}

/// In the place of the configuration's, at the next call.
#[tokio::test]
async fn a_line_dials_within_its_own_limits() {
    let (app, admin) = started().await;
    let set = async |calls_at_once: Option<u32>, minutes_per_day: Option<u32>| {
        let wish = json!({"limits": {"calls_at_once": calls_at_once, "minutes_per_day": minutes_per_day}});
        assert_eq!(app.post_as(&admin, &of(LINE, ""), &wish).await.status(), 204);
    };
    set(Some(1), None).await;
    assert!(dials(&app, 1, MOBILE).await.contains("<Dial"));
    assert!(!dials(&app, 2, MOBILE).await.contains("<Dial"), "one at once");
    set(Some(3), None).await;
    assert!(dials(&app, 3, MOBILE).await.contains("<Dial"));
    set(Some(9), Some(1)).await;
    assert!(!dials(&app, 4, MOBILE).await.contains("<Dial"), "no minute is left");
    set(Some(9), None).await;
    assert!(!dials(&app, 4, MOBILE).await.contains("<Dial"), "the answer to one call stays");
    let usual = read(app.get(paths::ADMIN_LINES, &admin).await).await["usual"].clone();
    let dial = settings().dial;
    let configured = json!({"calls_at_once": dial.calls_at_once, "minutes_per_day": dial.minutes_per_day});
    assert_eq!(usual, configured);
}

#[tokio::test]
async fn every_change_is_in_the_audit_log_with_who_did_it() {
    let (app, admin) = started().await;
    app.session_of(OTHER_LINE).await;
    for _ in 0..2 {
        // The second time nothing changes.
        let wish =
            json!({"label": "Desk", "admin": true, "limits": {"calls_at_once": 3, "minutes_per_day": 9}});
        app.post_as(&admin, &of(OTHER_LINE, ""), &wish).await;
    }
    app.delete_as(&admin, &of(OTHER_LINE, "/devices")).await;
    app.delete_as(&admin, &of(OTHER_LINE, "/lock")).await;
    app.post_as(&admin, &of(OTHER_LINE, "/code"), &Value::Null).await;
    app.delete_as(&admin, &of(OTHER_LINE, "")).await;
    app.post_as(&admin, paths::ADMIN_LINES, &json!({"phone_number": OTHER_LINE, "admin": true})).await;

    let told = log(&app, &admin, "?line=%2B12025550143").await;
    let entries: Vec<_> = told["entries"].as_array().unwrap().iter().rev().collect();
    let kinds: Vec<_> = entries.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    let done = [
        "admin_changed",
        "line_renamed",
        "limits_changed",
        "devices_signed_out",
        "lock_lifted",
        "code_made",
        "line_removed",
        "line_added",
    ];
    assert_eq!(kinds[0], "signed_in");
    assert_eq!(kinds[1..], done);
    assert_eq!(entries[0]["by"], Value::Null);
    for entry in &entries[1..] {
        assert_eq!((entry["by"].as_str(), entry["line"].as_str()), (Some(LINE), Some(OTHER_LINE)));
        assert!(entry["address"].is_string());
    }
    assert_eq!(told.get("next"), None);
    let of_admin = log(&app, &admin, "?line=%2B815031234567&about=changes").await;
    assert_eq!(
        of_admin["entries"].as_array().unwrap().len(),
        done.len() - 1,
        "what the admin did: {of_admin}"
    );
    let sign_ins = log(&app, &admin, "?about=sign_ins").await;
    let kinds: Vec<_> = sign_ins["entries"].as_array().unwrap().iter().map(|entry| &entry["kind"]).collect();
    assert_eq!(kinds, ["devices_signed_out", "signed_in", "signed_in"]);
}

#[tokio::test]
async fn the_audit_log_is_read_by_pages() {
    let (app, admin) = started().await;
    for n in 0..120 {
        app.post_as(&admin, &of(OTHER_LINE, ""), &json!({"label": format!("Desk {n}")})).await;
    }
    let (mut next, mut seen) = (String::new(), Vec::new());
    loop {
        let told = log(&app, &admin, &format!("?about=changes{next}")).await;
        let labels = told["entries"].as_array().unwrap().iter().map(|entry| entry["detail"].clone());
        seen.extend(labels);
        match told["next"].as_str() {
            Some(place) => next = format!("&before={place}"),
            None => break,
        }
        // What happens meanwhile is on none of the pages that follow.
        app.post_as(&admin, &of(OTHER_LINE, ""), &json!({"label": format!("later {next}")})).await;
    }
    let all: Vec<_> = (0..120).rev().map(|n| format!("Desk {n}")).collect();
    assert_eq!(seen, all);
    for wrong in ["?before=x", "?before=1-", "?line=050", "?about=nothing"] {
        let said =
            refused(app.get(&format!("{}{wrong}", paths::ADMIN_AUDIT), &admin).await, 400, "bad_request")
                .await;
        assert!(said.contains("makes no sense"), "{said}");
    }
}
