use shared::api::paths;

use super::served::Served;

/// The server waits for requests under way, and these would go on for ever.
#[tokio::test]
async fn streams_of_events_end_when_the_server_is_asked_to_stop() {
    let served = Served::start().await;
    let cookie = served.cookie().await;
    let mut stream = served.get(paths::EVENTS, &cookie).await;
    assert!(stream.chunk().await.unwrap().unwrap().starts_with(b": connected"));
    served.end();
    // One that was cut off would be an error.
    while stream.chunk().await.unwrap().is_some() {}
}
