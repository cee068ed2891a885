//! The watchdog is told that the server goes on only when it answers what anybody may ask it, over its own socket: each
//! worker's loop is alive, and a question to the database has come to an end.
//!
//! What the database says is no matter: no restart mends a database that is away, and it would lose the call reports that wait
//! for it. A restart mends a server that hangs, and one whose connections are all taken.

use std::{net::SocketAddr, time::Duration};

use futures_util::future::join_all;
use reqwest::Client;
use shared::api::paths::OWN_HEADER;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout_at};

use super::{Manager, door};
use crate::error_chain::of_request;

/// Between two looks at a server that starts.
const LOOK_EVERY: Duration = Duration::from_millis(25);
/// A shorter one could end before the database's failure is an answer.
const SHORTEST: Duration = Duration::from_secs(8);

/// Tells the manager when the server serves, and as long as it does. Never ends.
pub async fn attend(manager: Manager, address: SocketAddr, workers: usize) {
    let watchdog = Manager::watchdog();
    // Half of the time is for an answer, a quarter for the wait before it is asked for.
    let patience = watchdog.unwrap_or(SHORTEST * 4) / 2;
    let client = match door::client(patience) {
        Ok(client) => client,
        Err(error) => {
            return tracing::error!(
                "the server cannot ask itself whether it answers: {}",
                of_request(&error)
            );
        }
    };
    let url = door::health(address);
    while answers(&client, &url).await.is_err() {
        sleep(LOOK_EVERY).await;
    }
    manager.serves();
    let Some(watchdog) = watchdog else { return };
    if watchdog < SHORTEST {
        tracing::warn!(
            "the watchdog of the service manager waits for {watchdog:?} only: a database that is slow could look like a server that \
             hangs; take WatchdogSec=30"
        );
    }
    let mut beat = interval(watchdog / 4);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut complained = false;
    loop {
        beat.tick().await;
        match all_answer(&client, &url, workers, Instant::now() + patience).await {
            Ok(()) => {
                if std::mem::take(&mut complained) {
                    tracing::info!("the server answers itself again");
                }
                manager.goes_on();
            }
            Err(why) => {
                if std::mem::replace(&mut complained, true) {
                    tracing::debug!("the server still does not answer itself ({why})");
                } else {
                    tracing::error!(
                        "the server does not answer itself ({why}): the watchdog of the service manager is told nothing"
                    );
                }
            }
        }
    }
}

/// As many questions at once as there are workers: connections go to them in turn.
async fn all_answer(client: &Client, url: &str, workers: usize, until: Instant) -> Result<(), String> {
    let answers = join_all((0..workers.max(1)).map(|_| answers(client, url)));
    let answers = timeout_at(until, answers).await.map_err(|_| "no answer in time".to_owned())?;
    answers.into_iter().collect()
}

/// Whether it is this server that answers, whatever it says.
async fn answers(client: &Client, url: &str) -> Result<(), String> {
    let answer = client.get(url).send().await.map_err(|error| of_request(&error))?;
    let ours = answer.headers().contains_key(OWN_HEADER);
    ours.then_some(()).ok_or_else(|| format!("what answers is no Sidetone: {}", answer.status()))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// Answers this many connections, one after the other, and then none: what a worker that hangs looks like from outside.
    fn server(answered: usize, head: &'static str) -> (String, thread::JoinHandle<TcpListener>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = door::health(listener.local_addr().unwrap());
        let thread = thread::spawn(move || {
            for _ in 0..answered {
                let (mut stream, _) = listener.accept().unwrap();
                assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
                stream.write_all(head.as_bytes()).unwrap();
            }
            listener
        });
        (url, thread)
    }

    async fn asked(answered: usize, head: &'static str, patience: Duration) -> Result<(), String> {
        let (url, thread) = server(answered, head);
        let client = door::client(Duration::from_secs(20)).unwrap();
        let outcome = all_answer(&client, &url, 3, Instant::now() + patience).await;
        drop(thread.join());
        outcome
    }

    const LONG: Duration = Duration::from_secs(20);
    const OURS: &str =
        "HTTP/1.1 503 Service Unavailable\r\nsidetone: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_server_that_says_its_database_is_away_goes_on() {
        assert_eq!(asked(3, OURS, LONG).await, Ok(()));
    }

    #[tokio::test]
    async fn one_worker_that_hangs_is_a_server_that_hangs() {
        let why = asked(2, OURS, Duration::from_millis(300)).await.unwrap_err();
        assert_eq!(why, "no answer in time");
    }

    #[tokio::test]
    async fn whoever_has_taken_the_port_does_not_answer_for_it() {
        let stranger = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let why = asked(3, stranger, LONG).await.unwrap_err();
        assert!(why.contains("no Sidetone"), "{why}");
    }
}
