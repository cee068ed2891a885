//! Passcode checks off the workers, few at a time: each takes 19 MiB and a core for some 50 ms.

use std::sync::Arc;

use actix_web::web;
use secrecy::SecretString;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    domain::{
        one_time_code,
        passcode::{self, PasscodeError},
    },
    error::{ApiError, Cause},
};

/// Checks and makes hashes. Browsers that are known have a queue of their own, so that strangers cannot fill it.
pub(crate) struct Passcodes {
    strangers: Queue,
    known: Queue,
    /// Checked for numbers that no line has and lines without a passcode, so that they cost what a wrong passcode costs.
    nobodys: String,
}

struct Queue {
    places: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

/// A place in the queue; whoever has one is served.
pub(crate) struct Turn {
    _place: OwnedSemaphorePermit,
    running: Arc<Semaphore>,
}

impl Passcodes {
    /// More are turned away: they would wait for longer than a second or two.
    const PLACES: usize = 32;

    pub(crate) fn new() -> Result<Self, PasscodeError> {
        let nobodys = passcode::hash(&one_time_code::generate()?)?;
        Ok(Self { strangers: Queue::new(Self::PLACES), known: Queue::new(Self::PLACES), nobodys })
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
        Ok(Turn { _place: place, running: queue.running.clone() })
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
        let right = turn.run(move || passcode::verify(&secret, &hash)).await?;
        Ok(known && right)
    }

    /// A hash for the store.
    pub(crate) async fn hash(&self, turn: &Turn, secret: SecretString) -> Result<String, ApiError> {
        turn.run(move || passcode::hash(&secret)).await?.map_err(|error| ApiError::internal(&error))
    }
}

impl Queue {
    fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), running: Arc::new(Semaphore::new(1)) }
    }
}

impl Turn {
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let internal = |error: &dyn std::fmt::Display| ApiError::internal(error);
        let permit = self.running.clone().acquire_owned().await.map_err(|error| internal(&error))?;
        let work = move || {
            // Goes where the work goes: a client that hangs up does not make room for more work.
            let _permit = permit;
            work()
        };
        web::block(work).await.map_err(|error| internal(&error))
    }
}

#[cfg(test)]
mod tests {
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
}
