//! One call of an external phone.

use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::wait_error::PhoneWaitError;
use crate::core::exchange::{Input, PhoneCommand};
use crate::core::media::{Heard, Sound};
use crate::core::phones::{EndReason, PhoneCallStatus};
use crate::rim::link::{Command, Link, PhoneLeg, PhoneState};

/// How often audio is measured while something is waited for.
const MEASURE_EVERY: Duration = Duration::from_millis(20);
/// A tone counts as heard within this distance, hertz.
const TONE_TOLERANCE: f32 = 15.0;
/// Below this nothing is heard: about −46 dBFS.
const SILENCE: f32 = 0.005;
/// Loudness of the tones that phones play.
const AMPLITUDE: f32 = 0.5;

/// A call of an external phone, made or received. Clones are the same call.
#[derive(Debug, Clone)]
pub struct PhoneCall {
    leg: PhoneLeg,
    state: watch::Receiver<PhoneState>,
    link: Link,
}

impl PhoneCall {
    pub(crate) fn new(leg: PhoneLeg, link: Link) -> Self {
        let state = leg.state.subscribe();
        Self { leg, state, link }
    }

    /// The CallSid of the phone's leg.
    #[must_use]
    pub fn sid(&self) -> &str {
        &self.leg.info.sid
    }

    /// The caller, as the phone sees it.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.leg.info.from
    }

    /// The number that was called.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.leg.info.to
    }

    /// Where the call stands.
    #[must_use]
    pub fn status(&self) -> PhoneCallStatus {
        self.state.borrow().status
    }

    /// The keys that were pressed at the other end, in order.
    #[must_use]
    pub fn keys_heard(&self) -> String {
        self.state.borrow().keys.clone()
    }

    /// Takes the ringing call, and waits until the exchange knows.
    pub async fn answer(&self) {
        self.act(|sid| PhoneCommand::Answer { sid }, |status| status != PhoneCallStatus::Ringing).await;
    }

    /// Declines the ringing call, and waits until the exchange knows.
    pub async fn reject_busy(&self) {
        self.act(|sid| PhoneCommand::Reject { sid }, is_over).await;
    }

    /// Ends the call, and waits until the exchange knows.
    pub async fn hang_up(&self) {
        self.act(|sid| PhoneCommand::HangUp { sid }, is_over).await;
    }

    /// Plays a tone until something else is to be said.
    pub async fn plays_tone(&self, hz: f32) {
        self.say(Sound::Tone { hz, amplitude: AMPLITUDE }).await;
    }

    /// Says nothing from now on.
    pub async fn silence(&self) {
        self.say(Sound::Silence).await;
    }

    /// Says something from now on; before the answer it is kept for then.
    pub async fn say(&self, sound: Sound) {
        self.command(PhoneCommand::Say { sid: self.sid().to_owned(), sound });
        self.link.settle().await;
    }

    /// Presses keys (`0-9 * #`, `w` waits half a second): the other end hears their tones.
    pub async fn press(&self, keys: &str) {
        self.command(PhoneCommand::Press { sid: self.sid().to_owned(), keys: keys.to_owned() });
        self.link.settle().await;
    }

    /// What the phone heard in the last fifth of a second.
    pub async fn hears(&self) -> Heard {
        let (reply, answer) = oneshot::channel();
        self.link.send(Command::Measure { media: self.leg.media, reply });
        answer.await.ok().flatten().map_or(Heard { rms: 0.0, peak_hz: None }, |measured| measured.heard)
    }

    /// Waits until the phone hears a tone within 15 Hz of `hz`.
    ///
    /// # Errors
    /// What it heard last, when the time is over.
    pub async fn wait_hears_tone(&self, hz: f32, timeout: Duration) -> Result<(), Heard> {
        let fits = |heard: &Heard| {
            heard.rms > SILENCE && heard.peak_hz.is_some_and(|peak| (peak - hz).abs() <= TONE_TOLERANCE)
        };
        self.wait_hears(fits, timeout).await
    }

    /// Waits until the phone hears nothing.
    ///
    /// # Errors
    /// What it heard last, when the time is over.
    pub async fn wait_hears_silence(&self, timeout: Duration) -> Result<(), Heard> {
        self.wait_hears(|heard| heard.rms < SILENCE, timeout).await
    }

    async fn wait_hears(&self, fits: impl Fn(&Heard) -> bool, timeout: Duration) -> Result<(), Heard> {
        let deadline = tokio::time::Instant::now() + timeout;
        loop {
            let heard = self.hears().await;
            if fits(&heard) {
                return Ok(());
            }
            if tokio::time::Instant::now() >= deadline {
                return Err(heard);
            }
            tokio::time::sleep(MEASURE_EVERY).await;
        }
    }

    /// Waits until the call is answered.
    ///
    /// # Errors
    /// When it ended instead, or nothing happened in time.
    pub async fn wait_answered(&self, timeout: Duration) -> Result<(), PhoneWaitError> {
        match self.wait(timeout, |state| state.status != PhoneCallStatus::Ringing).await? {
            PhoneCallStatus::Ended(reason) => Err(PhoneWaitError::Ended(reason)),
            PhoneCallStatus::Ringing | PhoneCallStatus::InCall => Ok(()),
        }
    }

    /// Waits until the call is over.
    ///
    /// # Errors
    /// When it goes on after `timeout`.
    pub async fn wait_ended(&self, timeout: Duration) -> Result<EndReason, PhoneWaitError> {
        match self.wait(timeout, |state| is_over(state.status)).await? {
            PhoneCallStatus::Ended(reason) => Ok(reason),
            status => Err(PhoneWaitError::Timeout(Some(status))),
        }
    }

    /// Waits until the other end has pressed at least these many keys, and returns all of them.
    ///
    /// # Errors
    /// When there were fewer in time.
    pub async fn wait_keys(&self, count: usize, timeout: Duration) -> Result<String, PhoneWaitError> {
        self.wait(timeout, |state| state.keys.chars().count() >= count).await?;
        Ok(self.keys_heard())
    }

    async fn wait(
        &self,
        timeout: Duration,
        fits: impl Fn(&PhoneState) -> bool,
    ) -> Result<PhoneCallStatus, PhoneWaitError> {
        let mut state = self.state.clone();
        match tokio::time::timeout(timeout, state.wait_for(|state| fits(state))).await {
            Ok(Ok(state)) => Ok(state.status),
            Ok(Err(_)) => Err(PhoneWaitError::Stopped),
            Err(_) => Err(PhoneWaitError::Timeout(Some(self.status()))),
        }
    }

    fn command(&self, command: PhoneCommand) {
        self.link.input(Input::Phone(command));
    }

    async fn act(
        &self,
        command: impl FnOnce(String) -> PhoneCommand,
        done: impl Fn(PhoneCallStatus) -> bool,
    ) {
        if is_over(self.status()) {
            return;
        }
        self.command(command(self.sid().to_owned()));
        let mut state = self.state.clone();
        // Without an emulator there is nothing to wait for.
        let _ = state.wait_for(|state| done(state.status)).await;
    }
}

fn is_over(status: PhoneCallStatus) -> bool {
    matches!(status, PhoneCallStatus::Ended(_))
}
