//! Passcode checks off the workers, few at a time: each takes 19 MiB and a core for some 50 ms.

use std::sync::Arc;

use actix_web::web;
use secrecy::SecretString;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tracing::Span;

use super::passcode::{self, Memory, PasscodeError};
use crate::http::error::{ApiError, Cause};

/// Checks and makes hashes. Browsers that are known have a queue of their own, so that strangers cannot fill it.
pub(crate) struct Passcodes {
    strangers: Queue,
    known: Queue,
    /// Checked for numbers that no line has and lines without a passcode, so that they cost what a wrong passcode costs.
    nobodys: String,
}

#[derive(Clone)]
struct Queue {
    places: Arc<Semaphore>,
    /// Whoever has it runs. One for each queue, so a flood costs no more than a single sign-in; and none while nobody is in
    /// the queue.
    memory: Arc<Mutex<Memory>>,
}

/// A place in the queue; whoever has one is served.
pub(crate) struct Turn {
    /// Always there but while it is dropped.
    place: Option<OwnedSemaphorePermit>,
    queue: Queue,
}

impl Passcodes {
    /// More are turned away: they would wait for longer than a second or two.
    const PLACES: usize = 32;

    pub(crate) fn new() -> Result<Self, PasscodeError> {
        let nobodys = passcode::hash_of_nothing()?;
        Ok(Self { strangers: Queue::new(), known: Queue::new(), nobodys })
    }

    /// A place in the queue, or 503 when it is full.
    pub(crate) fn turn(&self, known: bool) -> Result<Turn, ApiError> {
        let queue = if known { &self.known } else { &self.strangers };
        let place = queue.places.clone().try_acquire_owned().map_err(|_| {
            ApiError::new(
                Cause::Crowded,
                "Too many people are signing in at this moment. Try again in a few seconds.",
            )
        })?;
        Ok(Turn { place: Some(place), queue: queue.clone() })
    }

    /// Whether the secret is the hashed one; without a hash it never is.
    pub(crate) async fn verify(
        &self,
        turn: &Turn,
        secret: SecretString,
        hash: Option<String>,
    ) -> Result<bool, ApiError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobodys.clone());
        let right = turn.run(move |memory| passcode::verify_in(memory, &secret, &hash)).await?;
        Ok(known && right)
    }

    /// A hash for the store.
    pub(crate) async fn hash(&self, turn: &Turn, secret: SecretString) -> Result<String, ApiError> {
        let hashed = turn.run(move |memory| passcode::hash_in(memory, &secret)).await?;
        hashed.map_err(|error| ApiError::internal(&error))
    }
}

impl Queue {
    fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(Passcodes::PLACES)), memory: Arc::default() }
    }

    fn is_empty(&self) -> bool {
        self.places.available_permits() == Passcodes::PLACES
    }
}

impl Turn {
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        // Goes where the work goes: a client that hangs up does not make room for more work.
        let mut memory = self.queue.memory.clone().lock_owned().await;
        let (queue, span) = (self.queue.clone(), Span::current());
        let working = web::block(move || {
            let done = span.in_scope(|| work(&mut memory));
            // It has hung up.
            if queue.is_empty() {
                memory.give_back();
            }
            done
        });
        working.await.map_err(|error| ApiError::internal(&error))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        drop(self.place.take());
        // The last one; but for work that goes on, which does the same at its end.
        if self.queue.is_empty()
            && let Ok(mut memory) = self.queue.memory.try_lock()
        {
            memory.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, task::Poll};

    use futures_util::future::join_all;

    use super::*;

    /// Version, memory, passes and lanes of a PHC string: what a verification costs.
    fn cost(hash: &str) -> String {
        hash.split('$').take(4).collect::<Vec<_>>().join("$")
    }

    /// So an unknown number takes as long as a wrong passcode, and nobody needs a clock to be sure.
    #[actix_web::test]
    async fn an_unknown_number_costs_what_a_wrong_passcode_costs() {
        let passcodes = Passcodes::new().unwrap();
        let turn = passcodes.turn(false).unwrap();
        let lines = passcodes.hash(&turn, SecretString::from("a line's passcode")).await.unwrap();
        assert!(cost(&lines).starts_with("$argon2id$v=19$m="), "{lines}");
        assert_eq!(cost(&passcodes.nobodys), cost(&lines));
        assert!(!passcodes.verify(&turn, SecretString::from("anything"), None).await.unwrap());
    }

    #[actix_web::test]
    async fn strangers_who_queue_are_turned_away_and_do_not_keep_out_who_is_known() {
        let passcodes = Passcodes::new().unwrap();
        let mut turns: Vec<_> = (0..Passcodes::PLACES).map(|_| passcodes.turn(false).ok().unwrap()).collect();
        assert!(passcodes.turn(false).is_err());
        assert!(passcodes.turn(true).is_ok());
        turns.pop();
        assert!(passcodes.turn(false).is_ok());
    }

    /// Half a gigabyte stayed with the threads that had checked a passcode once; later, 19 MiB with each queue.
    #[actix_web::test]
    async fn a_flood_of_checks_takes_memory_once_for_each_queue_and_gives_it_back() {
        let passcodes = Passcodes::new().unwrap();
        for known in [false, true] {
            let turns: Vec<_> = (0..Passcodes::PLACES).map(|_| passcodes.turn(known).ok().unwrap()).collect();
            let check = |turn| passcodes.verify(turn, SecretString::from("wrong"), None);
            let answers = join_all(turns.iter().map(check)).await;
            assert!(answers.into_iter().all(|right| right.is_ok_and(|right| !right)));
        }
        for queue in [&passcodes.strangers, &passcodes.known] {
            let memory = queue.memory.lock().await;
            assert_eq!(memory.grown, 1);
            assert!(memory.is_given_back());
        }
    }

    #[actix_web::test]
    async fn who_hangs_up_leaves_no_memory_behind() {
        let passcodes = Passcodes::new().unwrap();
        let turn = passcodes.turn(false).unwrap();
        let mut check = Box::pin(passcodes.verify(&turn, SecretString::from("wrong"), None));
        // The work has begun.
        let begins = poll_fn(|context| Poll::Ready(check.as_mut().poll(context).is_pending()));
        assert!(begins.await);
        drop(check);
        drop(turn);
        let memory = passcodes.strangers.memory.lock().await;
        assert!(memory.grown == 1 && memory.is_given_back());
    }
}
