//! How often a request is sent, and what a test can let befall it.

use std::time::Duration;

use emulator::{DisturbCallbacks, Disturbance, Event};
use tokio::net::TcpListener;

use crate::world::{LINE, OUTSIDE, PATIENCE, TONE, World};

/// A world whose line reports the end of its calls to this address; the application's own when it begins with a slash.
async fn world(callback: &str) -> World {
    World::with_application(|config, application| {
        let own = callback.starts_with('/');
        let url = if own { application.url(callback) } else { callback.to_owned() };
        config.account.numbers[0].status_callback = Some(url);
    })
    .await
}

async fn call(world: &World) {
    world.application.twiml("/in", "<Reject/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_ended(PATIENCE).await.unwrap();
}

fn retries(world: &World) -> Vec<u32> {
    let entries = world.emulator.timeline().entries().into_iter();
    let retries = entries.filter_map(|entry| match entry.event {
        Event::WebhookRetry { retry, .. } => Some(retry),
        _ => None,
    });
    retries.collect()
}

async fn answered(world: &World, status: Option<u16>) {
    world
        .happens(
            |entry| matches!(&entry.event, Event::WebhookReply { status: found, .. } if *found == status),
        )
        .await;
}

#[actix_web::test]
async fn the_fragment_makes_a_failed_request_come_again() {
    let world = world("/end?x=1#rc=3&rp=ct,5xx").await;
    world.application.fails("/end", &[503, 500]);
    call(&world).await;
    answered(&world, Some(204)).await;
    let asked = world.application.asked("/end");
    assert_eq!(asked.len(), 3);
    let of = |name: &str| asked.iter().map(|asked| asked.header(name).to_owned()).collect::<Vec<_>>();
    for name in ["i-twilio-idempotency-token", "x-twilio-signature"] {
        let values = of(name);
        assert!(
            !values[0].is_empty() && values.iter().all(|value| *value == values[0]),
            "{name}: {values:?}"
        );
    }
    assert!(asked.iter().all(|again| again.body == asked[0].body && again.query == "x=1"));
    // Neither sent nor signed.
    let signed = emulator::webhook::signature(
        &world.account.auth_token,
        &world.application.url("/end?x=1"),
        &url::form_urlencoded::parse(asked[0].body.as_bytes()).into_owned().collect::<Vec<_>>(),
    );
    assert_eq!(of("x-twilio-signature")[0], signed);
    assert_eq!(retries(&world), [1, 2]);
}

#[actix_web::test]
async fn without_it_a_failure_of_the_application_is_final() {
    let world = world("/end").await;
    world.application.fails("/end", &[503]);
    call(&world).await;
    world.fault(11200).await;
    assert_eq!((world.application.asked("/end").len(), retries(&world)), (1, vec![]));
    // Nor does it come again after more failures than it was to be repeated.
    let world = self::world("/end#rc=1&rp=4xx").await;
    world.application.fails("/end", &[404, 429, 404]);
    call(&world).await;
    world.fault(11200).await;
    assert_eq!(world.application.asked("/end").len(), 2);
}

#[actix_web::test]
async fn a_connection_is_tried_once_more() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/end", free.local_addr().unwrap());
    drop(free);
    for (fragment, expected) in
        [("", vec![1]), ("#rc=0", vec![]), ("#rc=2&rp=5xx", vec![]), ("#rc=2&rp=all", vec![1, 2])]
    {
        let world = world(&format!("{url}{fragment}")).await;
        call(&world).await;
        world.fault(11200).await;
        assert_eq!(retries(&world), expected, "{fragment}");
    }
}

#[actix_web::test]
async fn an_answer_is_waited_for_as_long_as_the_fragment_says() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    // It takes every connection, and says nothing on any.
    actix_web::rt::spawn(async move {
        let mut open = Vec::new();
        while let Ok((connection, _)) = silent.accept().await {
            open.push(connection);
        }
    });
    let world = world(&format!("http://{address}/end#rc=5&rp=rt&rt=200&tt=500")).await;
    call(&world).await;
    // Of three attempts the last has but a tenth of a second.
    world.fault(11203).await;
    assert_eq!(retries(&world), [1, 2, 3]);
}

#[actix_web::test]
async fn a_fragment_that_means_nothing_is_refused() {
    for (fragment, code) in [("#rp=3xx", 11243), ("#rc=6", 11100), ("#top", 11100)] {
        let world = world(&format!("/end{fragment}")).await;
        call(&world).await;
        world.fault(code).await;
        assert!(world.application.asked("/end").is_empty(), "{fragment}");
    }
}

/// The states that were reported of a callee, in the order in which they came.
async fn reported(world: &World, count: usize) -> Vec<String> {
    let callback = "statusCallback=\"/s\" statusCallbackEvent=\"initiated ringing answered completed\"";
    world.application.twiml("/in", &format!("<Dial><Number {callback}>{TONE}</Number></Dial>"));
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    call.hang_up().await;
    world.until(|| world.application.asked("/s").len() >= count).await;
    // Nothing more is on its way when the line has been told of its end.
    world.until(|| !world.application.asked("/line-status").is_empty()).await;
    let status = |body: &str| {
        let mut pairs = url::form_urlencoded::parse(body.as_bytes());
        pairs.find(|(name, _)| name == "CallStatus").unwrap().1.into_owned()
    };
    world.application.asked("/s").iter().map(|asked| status(&asked.body)).collect()
}

#[actix_web::test]
async fn callbacks_can_be_swallowed_doubled_swapped_and_delayed() {
    for (how, times, expected) in [
        (Disturbance::Swallowed, 2, ["answered", "completed"].as_slice()),
        (Disturbance::Twice, 1, &["initiated", "initiated", "ringing", "answered", "completed"]),
        (Disturbance::Swapped, 2, &["ringing", "initiated", "answered", "completed"]),
        (
            Disturbance::Late(Duration::from_millis(900)),
            1,
            &["ringing", "answered", "completed", "initiated"],
        ),
    ] {
        let world = World::start().await;
        world.emulator.disturb_callbacks(DisturbCallbacks::new(how, times).only("/s"));
        let mut came = reported(&world, expected.len()).await;
        let expected =
            expected.iter().map(|word| word.replace("answered", "in-progress")).collect::<Vec<_>>();
        // What is sent at one moment comes in any order.
        if matches!(how, Disturbance::Swallowed | Disturbance::Twice) {
            let place = |word: &String| expected.iter().position(|other| other == word);
            came.sort_by_key(place);
        }
        if how == Disturbance::Swapped {
            let place = |word: &str| came.iter().position(|other| other == word).unwrap();
            assert!(came.len() == 4 && place("ringing") < place("initiated"), "{came:?}");
            continue;
        }
        if let Disturbance::Late(_) = how {
            assert_eq!((came.len(), came.last()), (4, expected.last()), "{came:?}");
            continue;
        }
        assert_eq!(came, expected, "{how:?}");
    }
}
