//! One external phone.

use std::time::Duration;

use tokio::sync::oneshot;

use super::call::PhoneCall;
use super::wait_error::PhoneWaitError;
use crate::core::exchange::{Input, PhoneCommand};
use crate::core::phones::{Attestation, Behaviour, CallError};
use crate::rim::link::{Command, Link};

/// An external phone. Clones are the same phone.
#[derive(Debug, Clone)]
pub struct Phone {
    number: String,
    link: Link,
}

impl Phone {
    pub(crate) fn new(number: &str, link: Link) -> Self {
        link.input(Input::Phone(PhoneCommand::Create { number: number.to_owned() }));
        Self { number: number.to_owned(), link }
    }

    /// E.164.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// What the phone does when it is called from now on.
    pub fn behave(&self, behaviour: Behaviour) {
        let number = self.number.clone();
        self.link.input(Input::Phone(PhoneCommand::Behave { number, behaviour }));
    }

    /// What its network says of its number when it calls from now on.
    pub fn attest(&self, attestation: Attestation) {
        let number = self.number.clone();
        self.link.input(Input::Phone(PhoneCommand::Attest { number, attestation }));
    }

    /// Calls a number of the account. Returns at once: the call rings.
    ///
    /// # Errors
    /// When `to` is not E.164 or not a number of the account.
    pub async fn call(&self, to: &str) -> Result<PhoneCall, CallError> {
        let (reply, answer) = oneshot::channel();
        self.link.send(Command::Dial { number: self.number.clone(), to: to.to_owned(), reply });
        let sid = answer.await.map_err(|_| CallError::Stopped)??;
        let leg = self.link.board.phone_leg(&sid).ok_or(CallError::Stopped)?;
        Ok(PhoneCall::new(leg, self.link.clone()))
    }

    /// The next call that rings at this phone, if its behaviour is `Manual`; each call is handed out once.
    ///
    /// # Errors
    /// When none came within `timeout`.
    pub async fn next_call(&self, timeout: Duration) -> Result<PhoneCall, PhoneWaitError> {
        let take = || self.link.board.take_ringing(&self.number);
        match self.link.board.wait(timeout, take).await {
            Some(leg) => Ok(PhoneCall::new(leg, self.link.clone())),
            None => Err(PhoneWaitError::Timeout(None)),
        }
    }
}
