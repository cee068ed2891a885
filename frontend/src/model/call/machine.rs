use shared::api::{CallDirection, CallRating};

use super::keys::Keys;
use super::muted_voice::MutedVoice;
use super::{
    Call, CallEffect, CallEvent, CallQuestion, CallSource, EndReason, Keeping, Leg, LegEvent, Outgoing,
    Phase, Rating, Sequence, Wish,
};
use crate::model::audio::Trouble;
use crate::model::quality::{Meter, Quality};

/// After this long without any sign from the network, a dialled or answered call is given up.
pub(crate) const CONNECTING_LIMIT_MS: u64 = 45_000;
/// After this long, a lost connection is not waited for any more. The SDK itself never gives up signaling.
pub(crate) const RECONNECTING_LIMIT_MS: u64 = 30_000;
/// The SDK's code for a way of the sound that was lost, or never found (`MediaErrors.ConnectionError`).
const MEDIA_LOST: u32 = 53405;

/// At most one call: live, or ended and not yet dismissed.
#[derive(Clone, Debug, Default)]
pub struct CallMachine {
    call: Option<Call>,
    /// Of this call.
    meter: Meter,
    muted_voice: MutedVoice,
}

impl CallMachine {
    /// The call to show.
    pub fn call(&self) -> Option<&Call> {
        self.call.as_ref()
    }

    /// A call that has not ended.
    pub fn is_live(&self) -> bool {
        self.call.as_ref().is_some_and(Call::is_live)
    }

    /// Takes an event; returns what must be done, in order.
    pub fn on(&mut self, event: CallEvent, now_ms: u64) -> Vec<CallEffect> {
        let mut effects = Vec::new();
        match event {
            CallEvent::Dial { leg, call: Outgoing { to, attempt, then } } => {
                if !self.is_live() {
                    let peer = CallSource::Number(to.clone());
                    let call = Call::new(leg, CallDirection::Outgoing, peer, Phase::Connecting, now_ms);
                    self.meter = Meter::default();
                    let sequence = Sequence::new(then);
                    self.call = Some(Call { attempt: Some(attempt.clone()), sequence, ..call });
                    let number = to.clone();
                    effects.push(CallEffect::Connect { leg, to, attempt });
                    effects.push(CallEffect::Ask(CallQuestion::FarEnd { leg, number }));
                }
            }
            CallEvent::Incoming { leg, sid, from, attestation } => {
                if self.is_live() {
                    // Busy; the caller must not ring for ever.
                    effects.extend([CallEffect::Reject(leg), CallEffect::Release(leg)]);
                } else {
                    let call = Call::new(leg, CallDirection::Incoming, from, Phase::Incoming, now_ms);
                    self.meter = Meter::default();
                    if let Some(number) = call.peer.number().cloned() {
                        effects.push(CallEffect::Ask(CallQuestion::FarEnd { leg, number }));
                    }
                    self.call = Some(Call { sid: Some(sid), attestation, ..call });
                }
            }
            CallEvent::Inherit { leg, call } => {
                let call = self.call.insert(Call { leg, ..*call });
                if call.is_live() {
                    call.end(None, now_ms, &mut effects);
                } else if call.reason.is_none() {
                    // It ended while its tab went, which had no time to hear why.
                    call.asked = 0;
                    call.ask(&mut effects);
                }
            }
            CallEvent::Wish(Wish::Dismiss) => {
                if !self.is_live() {
                    self.call = None;
                }
            }
            CallEvent::Leg { leg, event } => match &mut self.call {
                Some(call) if call.leg == leg => {
                    self.meter.on_leg(&event, now_ms);
                    if let LegEvent::HeardWhileMuted(peak) = event {
                        self.muted_voice.hear(peak, now_ms);
                    }
                    call.on_leg(event, now_ms, &mut effects);
                }
                // Late, of a leg that was replaced.
                _ => {}
            },
            CallEvent::Outcome { leg, outcome } => {
                if let Some(call) = self.call.as_mut().filter(|call| call.leg == leg) {
                    call.on_outcome(outcome, &mut effects);
                }
            }
            CallEvent::FarEnd { leg, far_end } => {
                if let Some(call) = self.call.as_mut().filter(|call| call.leg == leg) {
                    call.far_end = Some(Box::new(far_end));
                }
            }
            CallEvent::Wish(Wish::Rate(rating)) => {
                if let Some(call) = self.call.as_mut().filter(|call| !call.is_live()) {
                    call.rate(rating, &mut effects);
                }
            }
            CallEvent::RatingKept { leg, kept } => {
                let rating =
                    self.call.as_mut().filter(|call| call.leg == leg).and_then(|call| call.rating.as_mut());
                if let Some(rating) = rating {
                    rating.keeping = if kept { Keeping::Kept } else { Keeping::Failed };
                }
            }
            CallEvent::Wish(wish) => {
                if let Some(call) = self.call.as_mut().filter(|call| call.is_live()) {
                    call.on_wish(wish, now_ms, &mut effects);
                }
            }
            CallEvent::Tick => {
                if let Some(call) = self.call.as_mut().filter(|call| call.is_live()) {
                    call.on_tick(now_ms, &mut effects);
                }
            }
        }
        // At the end it stays as it was.
        if let Some(call) = self.call.as_mut().filter(|call| call.is_live()) {
            call.quality = self.meter.quality(call.muted, now_ms);
            if !call.muted {
                self.muted_voice = MutedVoice::default();
            }
            call.speaks_muted = self.muted_voice.tells(now_ms);
        }
        effects
    }
}

impl Meter {
    fn on_leg(&mut self, event: &LegEvent, now_ms: u64) {
        match event {
            LegEvent::Accepted { .. } => self.opened(now_ms),
            LegEvent::Measured(sample) => self.sample(*sample, now_ms),
            LegEvent::Warned { warning, raised } => self.warn(*warning, *raised),
            LegEvent::Reconnecting | LegEvent::Reconnected => self.lost(),
            LegEvent::Ringing { .. }
            | LegEvent::Canceled
            | LegEvent::Disconnected
            | LegEvent::Error { .. }
            | LegEvent::TransportClosed { .. }
            | LegEvent::Muted(_)
            | LegEvent::HeardWhileMuted(_)
            | LegEvent::Microphone(_) => {}
        }
    }
}

impl Call {
    fn new(leg: Leg, direction: CallDirection, peer: CallSource, phase: Phase, now_ms: u64) -> Self {
        Self {
            leg,
            sid: None,
            attempt: None,
            direction,
            peer,
            far_end: None,
            attestation: None,
            phase,
            answered: false,
            muted: false,
            speaks_muted: false,
            quality: Quality::default(),
            microphone: None,
            rating: None,
            keys_sent: String::new(),
            sequence: Sequence::default(),
            keys: Keys::default(),
            opened_at_ms: None,
            ended_at_ms: None,
            reason: None,
            phase_since_ms: now_ms,
            error: None,
            asked: 0,
        }
    }

    fn on_wish(&mut self, wish: Wish, now_ms: u64, effects: &mut Vec<CallEffect>) {
        let leg = self.leg;
        match wish {
            Wish::Answer if self.phase == Phase::Incoming => {
                self.answered = true;
                self.enter(Phase::Connecting, now_ms);
                effects.push(CallEffect::Accept(leg));
            }
            Wish::Decline if self.phase == Phase::Incoming => {
                effects.push(CallEffect::Decline(leg));
                self.end(Some(EndReason::Declined), now_ms, effects);
            }
            Wish::HangUp => {
                let (effect, reason) = match self.phase {
                    Phase::Incoming => (CallEffect::Decline(leg), EndReason::Declined),
                    // Who has answered ends a call; it was not missed.
                    _ if self.opened_at_ms.is_none() && !self.answered => {
                        (CallEffect::Disconnect(leg), EndReason::Canceled)
                    }
                    Phase::Connecting | Phase::Ringing | Phase::Open | Phase::Reconnecting | Phase::Ended => {
                        (CallEffect::Disconnect(leg), EndReason::Completed)
                    }
                };
                effects.push(effect);
                self.end(Some(reason), now_ms, effects);
            }
            Wish::ToggleMute if self.phase != Phase::Incoming => {
                self.muted = !self.muted;
                effects.push(CallEffect::Mute { leg, on: self.muted });
            }
            Wish::Press(key) if self.phase == Phase::Open => {
                self.keys_sent.push(key.to_char());
                self.keys.press(key);
                self.send_keys(now_ms, effects);
            }
            Wish::SkipPause if self.phase == Phase::Open => {
                self.sequence.skip();
                self.go_on_dialling(now_ms, effects);
            }
            Wish::StopSequence => self.sequence.stop(),
            Wish::Answer
            | Wish::Decline
            | Wish::ToggleMute
            | Wish::Press(_)
            | Wish::SkipPause
            | Wish::Rate(_)
            | Wish::Dismiss => {}
        }
    }

    fn on_tick(&mut self, now_ms: u64, effects: &mut Vec<CallEffect>) {
        // Nobody is late whom this browser has not let begin.
        if self.phase == Phase::Connecting && self.microphone.is_some_and(Trouble::is_wait) {
            self.phase_since_ms = now_ms;
        }
        let waited = now_ms.saturating_sub(self.phase_since_ms);
        let given_up = match self.phase {
            Phase::Connecting => waited >= CONNECTING_LIMIT_MS,
            Phase::Reconnecting => waited >= RECONNECTING_LIMIT_MS,
            Phase::Incoming | Phase::Ringing | Phase::Open | Phase::Ended => false,
        };
        if given_up {
            effects.push(CallEffect::Disconnect(self.leg));
            self.end(Some(EndReason::ConnectionLost), now_ms, effects);
        } else if self.phase == Phase::Open {
            self.go_on_dialling(now_ms, effects);
        }
    }

    /// Takes what is due of the sequence.
    fn go_on_dialling(&mut self, now_ms: u64, effects: &mut Vec<CallEffect>) {
        if let Some(key) = self.sequence.next(now_ms) {
            self.keys.press(key);
        }
        self.send_keys(now_ms, effects);
    }

    fn send_keys(&mut self, now_ms: u64, effects: &mut Vec<CallEffect>) {
        if let Some(digits) = self.keys.take(now_ms) {
            effects.push(CallEffect::SendDigits { leg: self.leg, digits });
        }
    }

    fn on_leg(&mut self, event: LegEvent, now_ms: u64, effects: &mut Vec<CallEffect>) {
        if !self.is_live() {
            // The SDK reports a refused microphone after the end of the call, and the reason of an end at any time.
            if let LegEvent::Error { code, .. } = event
                && self.reason != Some(EndReason::Declined)
                && EndReason::from_code(code).is_local()
            {
                self.reason = Some(EndReason::from_code(code));
            } else if matches!(event, LegEvent::Error { code: MEDIA_LOST, .. }) && self.reason.is_none() {
                // In other browsers than Chromium the SDK ends the call before it says why.
                self.reason = Some(EndReason::ConnectionLost);
            }
            return;
        }
        match event {
            LegEvent::Ringing { sid } => {
                self.learn_sid(sid);
                if self.phase == Phase::Connecting && self.direction == CallDirection::Outgoing {
                    self.enter(Phase::Ringing, now_ms);
                }
            }
            LegEvent::Accepted { sid } => {
                self.learn_sid(sid);
                self.opened_at_ms.get_or_insert(now_ms);
                self.enter(Phase::Open, now_ms);
            }
            LegEvent::Canceled => {
                // Before the answer reached the network, if there was one.
                self.answered = false;
                self.end(None, now_ms, effects);
            }
            LegEvent::Disconnected => {
                let reason = self.error.map(EndReason::from_code).filter(EndReason::is_local);
                self.end(reason, now_ms, effects);
            }
            LegEvent::Error { code, closed } => {
                self.error = Some(code);
                if closed {
                    self.end(Some(EndReason::from_code(code)).filter(EndReason::is_local), now_ms, effects);
                }
            }
            LegEvent::TransportClosed { closed } => {
                // An unanswered incoming call cannot be answered any more: the SDK drops it from its list.
                if closed || self.phase == Phase::Incoming {
                    self.error = Some(53001);
                    self.end(Some(EndReason::ConnectionLost), now_ms, effects);
                }
            }
            LegEvent::Reconnecting => {
                if matches!(self.phase, Phase::Ringing | Phase::Open) {
                    self.enter(Phase::Reconnecting, now_ms);
                }
            }
            LegEvent::Reconnected => {
                if self.phase == Phase::Reconnecting {
                    let back = if self.opened_at_ms.is_some() { Phase::Open } else { Phase::Ringing };
                    self.enter(back, now_ms);
                }
            }
            LegEvent::Muted(on) => self.muted = on,
            LegEvent::Microphone(trouble) => self.microphone = trouble,
            // For the meter and the ear.
            LegEvent::HeardWhileMuted(_) | LegEvent::Measured(_) | LegEvent::Warned { .. } => {}
        }
    }

    /// Only a conversation has a sound to speak of.
    fn rate(&mut self, rating: CallRating, effects: &mut Vec<CallEffect>) {
        let Some(call) = self.sid.clone().or_else(|| self.attempt.clone()) else { return };
        if self.was_conversation() {
            self.rating = Some(Rating::new(rating));
            effects.push(CallEffect::SendFeedback { leg: self.leg, rating });
            effects.push(CallEffect::Ask(CallQuestion::Rate { leg: self.leg, call, rating }));
        }
    }

    pub(super) fn enter(&mut self, phase: Phase, now_ms: u64) {
        if self.phase != phase {
            self.phase = phase;
            self.phase_since_ms = now_ms;
        }
    }

    fn learn_sid(&mut self, sid: Option<String>) {
        // `TJ…` is the SDK's own stand-in until the network has given the CallSid.
        if let Some(sid) = sid.filter(|sid| !sid.is_empty() && !sid.starts_with("TJ")) {
            self.sid = Some(sid);
        }
    }
}
