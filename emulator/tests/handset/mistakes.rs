use emulator::{Entry, Event};
use serde_json::json;

use crate::page::Page;
use crate::world::{ECHO, HANDSET, LINE, World};

#[actix_web::test]
async fn other_pages_cannot_open_the_socket() {
    let world = World::start().await;
    let url = world.emulator.url();
    let port = world.emulator.address().port();
    let foreign = [
        "http://example.com".to_owned(),
        format!("http://evil.test:{port}"),
        "null".into(),
        url.replace("http", "https"),
    ];
    for origin in &foreign {
        assert_eq!(Page::open(&url, "", Some(origin)).await.err(), Some(403), "{origin}");
    }
    assert_eq!(Page::open(&url, "", None).await.err(), Some(403));
    assert!(Page::open(&url, "", Some(&format!("http://localhost:{port}"))).await.is_ok());
}

#[actix_web::test]
async fn only_phones_that_nobody_else_plays_can_be_taken() {
    let world = World::start().await;
    let url = world.emulator.url();
    for number in [ECHO, LINE, "+0", "tomorrow", ""] {
        let query = format!("?number={}", number.replace('+', "%2B"));
        assert_eq!(Page::open(&url, &query, Some(&url)).await.err(), Some(400), "{number}");
    }
}

#[actix_web::test]
async fn malformed_messages_are_refused_and_noted_once_each() {
    let world = World::start().await;
    world.line_says("<Say>Hello</Say><Pause length=\"60\"/>");
    let mut page = world.page().await;
    let bad =
        ["", "hello", "[]", r#"{"type":"dance"}"#, r#"{"type":"call"}"#, r#"{"type":"press","keys":"x"}"#];
    for text in bad {
        page.says_text(text).await;
        assert!(!page.expect_error().await.is_empty());
    }
    page.says_bytes(&[1, 2, 3]).await;
    assert!(page.expect_error().await.contains("text frames"));
    page.says(json!({"type": "call", "to": LINE})).await;
    page.expect("calling").await;
    page.expect("answered").await;
    let refused = |entry: &&Entry| match &entry.event {
        Event::Phone { number, action } => number == HANDSET && action.contains("nobody understands"),
        _ => false,
    };
    assert_eq!(world.emulator.timeline().entries().iter().filter(refused).count(), bad.len() + 1);
}

#[actix_web::test]
async fn what_cannot_be_done_now_is_said() {
    let world = World::start().await;
    world.line_says("<Say>Hello</Say><Pause length=\"60\"/>");
    let mut page = world.page().await;
    page.does("answer").await;
    assert!(page.expect_error().await.contains("no call rings"));
    page.does("decline").await;
    assert!(page.expect_error().await.contains("no call rings"));
    page.says(json!({"type": "press", "keys": "1"})).await;
    assert!(page.expect_error().await.contains("answered"));
    page.says(json!({"type": "offer", "sdp": "v=0"})).await;
    assert!(page.expect_error().await.contains("no call"));
    page.says(json!({"type": "call", "to": "0501234"})).await;
    assert!(page.expect_error().await.contains("E.164"));
    page.says(json!({"type": "call", "to": ECHO})).await;
    assert!(page.expect_error().await.contains("not a number of the emulator's account"));
    page.says(json!({"type": "call", "to": LINE})).await;
    page.expect("calling").await;
    page.expect("answered").await;
    page.says(json!({"type": "call", "to": LINE})).await;
    assert!(page.expect_error().await.contains("already"));
    page.says(json!({"type": "offer", "sdp": "nonsense"})).await;
    assert!(page.expect_error().await.contains("offer"));
    page.does("hang_up").await;
    assert_eq!(page.expect("ended").await["reason"], "local_hang_up");
}
