//! What happens to a line is told at once to all browsers that wait for it, on whatever server.

use std::time::Duration;

use backend::{
    calls::call::{CallReport, LineRef},
    config::{Database, PostgresUrl, Settings},
    store,
};
use reqwest::{Response, StatusCode, header};
use serde_json::json;
use shared::{
    PhoneNumber,
    api::{CallDirection, CallOutcome, events, paths},
};
use sqlx::{ConnectOptions, Executor};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, UnixStream},
    sync::watch,
};

use crate::{
    databases,
    helpers::{LINE, OTHER_LINE, PASSCODE, TestApp, refused, settings},
    replicas::on_each_engine,
};

const PATIENCE: Duration = Duration::from_secs(60);

/// A stream as a browser reads it.
pub(crate) struct Stream {
    response: Response,
    unread: String,
    /// The last id.
    pub(crate) last: String,
}

impl Stream {
    pub(crate) async fn open(app: &TestApp, cookie: &str, after: &str) -> Self {
        let response = app.get(&format!("{}{after}", paths::EVENTS), cookie).await;
        assert_eq!(response.status(), 200);
        Self { response, unread: String::new(), last: String::new() }
    }

    /// One that is told everything from now on.
    pub(crate) async fn ready(app: &TestApp, cookie: &str) -> Self {
        let mut stream = Self::open(app, cookie, "").await;
        assert_eq!(stream.next().await.unwrap(), (events::READY.to_owned(), "{}".to_owned()));
        stream
    }

    /// What stands between two empty lines; `None` at the end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.unread.split_once("\n\n") {
                let block = block.to_owned();
                self.unread = rest.to_owned();
                return Some(block);
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await;
            let chunk = chunk.unwrap().ok().flatten()?;
            self.unread.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Kind and payload of the next event; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<(String, String)> {
        loop {
            let block = self.block().await?;
            let field =
                |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if let Some(id) = field("id: ") {
                self.last = id;
            }
            if let Some(kind) = field("event: ") {
                return Some((kind, field("data: ").unwrap()));
            }
        }
    }
}

fn ended(reason: &str) -> (String, String) {
    (events::SESSIONS_ENDED.to_owned(), json!({"reason": reason}).to_string())
}

fn missed(call: u32) -> (String, String) {
    (events::MISSED_CALL.to_owned(), json!({"call_sid": format!("CA{call:032x}")}).to_string())
}

fn signed_out() -> (String, String) {
    (events::SIGNED_OUT.to_owned(), "{}".to_owned())
}

/// Nobody takes a call of the line.
async fn misses(app: &TestApp, call: u32) {
    let report = CallReport {
        parent_sid: format!("CA{call:032x}"),
        child_sid: None,
        attempt: None,
        line: LineRef::Number(PhoneNumber::from_e164(LINE).unwrap()),
        direction: CallDirection::Incoming,
        peer: "+819059876543".into(),
        outcome: CallOutcome::NoAnswer,
        at: 1000,
        duration_s: 0,
    };
    app.server.store().report_call(&report).await.unwrap();
}

#[tokio::test]
async fn a_browser_that_is_signed_out_elsewhere_is_told_and_the_others_stay() {
    on_each_engine(settings, async |[one, other, third]| {
        let (cookie, cookie_of_other) = (one.session_of(LINE).await, other.session_of(LINE).await);
        let stranger = third.session_of(OTHER_LINE).await;
        let mut stream = Stream::ready(&one, &cookie).await;
        let mut other_stream = Stream::ready(&other, &cookie_of_other).await;
        let mut strange = Stream::ready(&third, &stranger).await;
        assert!(third.delete_as(&cookie, paths::SESSION).await.status().is_success());
        assert_eq!(stream.next().await.unwrap(), ended("signed_out"));
        assert_eq!(stream.next().await.unwrap(), signed_out());
        assert_eq!(stream.next().await, None);
        assert_eq!(other_stream.next().await.unwrap(), ended("signed_out"));
        refused(one.get(paths::EVENTS, &cookie).await, 401, "signed_out").await;

        let change = json!({"passcode": PASSCODE, "new_passcode": "correct horse battery"});
        let changed = third.post_as(&cookie_of_other, paths::PASSCODE, &change).await;
        assert_eq!(changed.status(), 204);
        assert_eq!(other_stream.next().await.unwrap(), ended("passcode"), "who changed it stays");
        misses(&one, 1).await;
        assert_eq!(other_stream.next().await.unwrap(), missed(1));
        assert!(one.server.store().remove_line(&one.line.phone_number).await.unwrap());
        assert_eq!(other_stream.next().await.unwrap(), ended("removed"));
        assert_eq!(other_stream.next().await.unwrap(), signed_out());
        // Of the other line nothing but its own.
        assert!(one.delete_as(&stranger, paths::DEVICES).await.status().is_success());
        assert_eq!(strange.next().await.unwrap(), ended("signed_out"));
        assert_eq!(strange.next().await.unwrap(), signed_out());
    })
    .await;
}

/// The browser's own way, and that of a page that was loaded anew.
#[tokio::test]
async fn who_comes_back_is_told_what_has_happened_meanwhile_and_nothing_twice() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let mut stream = Stream::ready(&app, &cookie).await;
    misses(&app, 1).await;
    assert_eq!(stream.next().await.unwrap(), missed(1));
    let seen = stream.last.clone();
    drop(stream);
    for call in 2..5 {
        misses(&app, call).await;
    }
    let mut stream = Stream::open(&app, &cookie, &format!("?after={seen}")).await;
    for call in 2..5 {
        assert_eq!(stream.next().await.unwrap(), missed(call));
    }
    // The address is still that of the first time.
    let again = app.client.get(app.url(&format!("{}?after={seen}", paths::EVENTS)));
    let again = again.header(header::COOKIE, &cookie).header("Last-Event-ID", &stream.last);
    let response = again.send().await.unwrap();
    let mut again = Stream { response, unread: String::new(), last: String::new() };
    misses(&app, 5).await;
    assert_eq!(stream.next().await.unwrap(), missed(5));
    assert_eq!(again.next().await.unwrap(), missed(5));
}

#[tokio::test]
async fn who_was_away_for_too_long_is_told_to_ask_for_everything() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let seen = Stream::ready(&app, &cookie).await.last;
    for call in 0..backend::events::event::MOST_KEPT {
        misses(&app, call).await;
    }
    let mut stream = Stream::open(&app, &cookie, &format!("?after={seen}")).await;
    assert_eq!(stream.next().await.unwrap(), (events::RESET.to_owned(), "{}".to_owned()));
    misses(&app, 1000).await;
    assert_eq!(stream.next().await.unwrap(), missed(1000));
    // The number of a database that this one was put in place of.
    let mut stream = Stream::open(&app, &cookie, "?after=1000000").await;
    assert_eq!(stream.next().await.unwrap().0, events::RESET);
}

#[tokio::test]
async fn proxies_are_told_to_hold_nothing_back_and_hear_signs_of_life() {
    let mut settings = settings();
    settings.network.time_limits.beat = Duration::from_millis(50);
    let app = TestApp::start_with(settings).await;
    refused(app.get(paths::EVENTS, "").await, 401, "signed_out").await;
    let cookie = app.session_of(LINE).await;
    refused(app.get(&format!("{}?after=yesterday", paths::EVENTS), &cookie).await, 400, "bad_request").await;
    let mut stream = Stream::open(&app, &cookie, "").await;
    let headers = stream.response.headers();
    for (name, value) in [
        ("content-type", "text/event-stream"),
        ("content-encoding", "identity"),
        ("x-accel-buffering", "no"),
        ("cache-control", "no-store, no-transform"),
    ] {
        assert_eq!(headers[name], value);
    }
    assert_eq!(stream.block().await.unwrap().lines().next(), Some(": connected"));
    stream.block().await.unwrap();
    for _ in 0..3 {
        assert_eq!(stream.block().await.unwrap(), ": ");
    }
}

/// Nobody tells of it.
#[tokio::test]
async fn a_session_that_ends_by_its_age_ends_its_stream() {
    let mut settings = Settings { session_lifetime_s: 5, ..settings() };
    settings.network.time_limits.beat = Duration::from_millis(50);
    let app = TestApp::start_with(settings).await;
    let cookie = app.session_of(LINE).await;
    let mut stream = Stream::ready(&app, &cookie).await;
    assert_eq!(stream.next().await.unwrap(), signed_out());
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn no_line_takes_all_connections() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let mut streams = Vec::new();
    let refusal = loop {
        let response = app.get(paths::EVENTS, &cookie).await;
        if response.status() != StatusCode::OK {
            break response;
        }
        streams.push(response);
        assert!(streams.len() < 1000);
    };
    assert!(refusal.headers().contains_key(header::RETRY_AFTER));
    refused(refusal, 503, "busy").await;
    let other = app.session_of(OTHER_LINE).await;
    Stream::ready(&app, &other).await;
    drop(streams);
    // As soon as the server has seen that they are gone.
    while app.get(paths::EVENTS, &cookie).await.status() != StatusCode::OK {}
}

/// The database's own server, and a way to its connections.
async fn postgres() -> (PostgresUrl, sqlx::PgConnection) {
    let Database::Postgres(url) = databases::postgres().await else { unreachable!() };
    let connection = url.options().connect().await.unwrap();
    (url, connection)
}

async fn on(url: PostgresUrl) -> (TestApp, String) {
    let store = store::open(&Database::Postgres(url)).await.unwrap();
    let mut settings = settings();
    settings.network.operations_bind = Some(([127, 0, 0, 1], 0).into());
    let app = TestApp::start_with_store(settings, store).await;
    let cookie = app.session_of(LINE).await;
    (app, cookie)
}

/// Until the figures say whether the database tells of events.
async fn until_it_hears(app: &TestApp, hears: bool) {
    let url = format!("http://{}/{}", app.server.operations_address().unwrap(), paths::METRICS);
    let line = format!("\nsidetone_listener_hears {}\n", u8::from(hears));
    let said = async {
        while !app.client.get(&url).send().await.unwrap().text().await.unwrap().contains(&line) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, said).await.unwrap();
}

#[tokio::test]
async fn what_happens_while_the_listener_is_cut_off_is_told_in_its_order() {
    let (url, mut admin) = postgres().await;
    let (app, cookie) = on(url).await;
    let mut stream = Stream::ready(&app, &cookie).await;
    for call in 0..30 {
        if call % 5 == 0 {
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            admin.execute(cut).await.unwrap();
        }
        misses(&app, call).await;
    }
    for call in 0..30 {
        assert_eq!(stream.next().await.unwrap(), missed(call));
    }
    until_it_hears(&app, true).await;
}

/// `database_direct` names another database: nothing that is told in this one is ever heard.
#[tokio::test]
async fn what_nobody_is_notified_of_is_told_all_the_same() {
    let (elsewhere, _) = postgres().await;
    let (url, _) = postgres().await;
    store::open(&Database::Postgres(url.clone())).await.unwrap();
    let (app, cookie) = on(url.with_direct(elsewhere)).await;
    let mut stream = Stream::ready(&app, &cookie).await;
    for call in 0..3 {
        misses(&app, call).await;
        assert_eq!(stream.next().await.unwrap(), missed(call));
    }
    until_it_hears(&app, false).await;
}

/// What has no end on this machine any more: whoever is connected hears nothing, and nobody says so.
#[tokio::test]
async fn a_listener_whose_connection_is_half_open_is_found_out() {
    let (url, _) = postgres().await;
    store::open(&Database::Postgres(url.clone())).await.unwrap();
    let socket = url.options().get_socket().unwrap().join(".s.PGSQL.5432");
    let between = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (user, name) = (url.options().get_username(), url.options().get_database().unwrap());
    let direct = format!("postgresql://{user}@{}/{name}", between.local_addr().unwrap());
    let direct = PostgresUrl::parse(&direct).unwrap();
    let (hold, held) = watch::channel(false);
    let forwarding = tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((mut client, _)) = between.accept().await {
            let mut held = held.clone();
            let mut server = UnixStream::connect(&socket).await.unwrap();
            kept.push(tokio::spawn(async move {
                tokio::select! {
                    _ = copy_bidirectional(&mut client, &mut server) => {}
                    _ = held.wait_for(|held| *held) => {}
                }
                // Neither end is closed.
                std::future::pending::<()>().await;
            }));
        }
    });
    let (app, cookie) = on(url.with_direct(direct)).await;
    let mut stream = Stream::ready(&app, &cookie).await;
    misses(&app, 0).await;
    assert_eq!(stream.next().await.unwrap(), missed(0));
    hold.send(true).unwrap();
    for call in 1..4 {
        misses(&app, call).await;
        assert_eq!(stream.next().await.unwrap(), missed(call));
    }
    forwarding.abort();
}
