//! External phones ring, answer, call, and do what scripts tell them.

use super::effect::{Effect, MediaOp, Timer};
use super::input::PhoneCommand;
use super::state::{Exchange, NOT_ACTIVE};
use crate::core::account::{AccountStatus, is_e164};
use crate::core::call::{CallStatus, Direction, Leg, Party, PhoneParty};
use crate::core::media::Sound;
use crate::core::phones::{Attestation, Behaviour, CallError, PhoneCallStatus};
use crate::core::timeline::Event;

const GREETING: &str = "Welcome. Press any key, and I will repeat it.";

impl Exchange {
    pub(super) fn phone_command(&mut self, command: PhoneCommand) {
        match command {
            PhoneCommand::Create { number } => {
                self.phones.entry(number).or_insert(Behaviour::Manual);
            }
            PhoneCommand::Behave { number, behaviour } => {
                self.phones.insert(number, behaviour);
            }
            PhoneCommand::Attest { number, attestation } => {
                self.attestations.insert(number, attestation);
            }
            PhoneCommand::Dial { request, number, to } => {
                let result = self.phone_dials(&number, &to);
                self.effect(Effect::Dialled { request, result: result.clone() });
                if let Ok(sid) = result
                    && let Some(handling) = self.account.number_handling(&to)
                {
                    self.start_script(&sid, handling);
                }
            }
            PhoneCommand::Answer { sid } => self.phone_answers(&sid),
            PhoneCommand::Reject { sid } => {
                let rings = self
                    .legs
                    .get(&sid)
                    .filter(|leg| leg.phone().is_some())
                    .is_some_and(|leg| leg.direction == Direction::OutboundDial && !leg.is_answered());
                if rings {
                    self.phone_acts(&sid, "declines");
                    self.end_leg(&sid, CallStatus::Busy, None, true);
                }
            }
            PhoneCommand::HangUp { sid } => self.phone_hangs_up(&sid),
            PhoneCommand::Say { sid, sound } => self.phone_says(&sid, sound),
            PhoneCommand::Press { sid, keys } => self.phone_presses(&sid, &keys),
        }
    }

    fn phone_acts(&mut self, sid: &str, action: &str) {
        let Some(number) = self.legs.get(sid).and_then(|leg| leg.phone()).map(|phone| phone.number.clone())
        else {
            return;
        };
        self.note(Some(sid), Event::Phone { number, action: action.to_owned() });
    }

    fn phone_dials(&mut self, number: &str, to: &str) -> Result<String, CallError> {
        if !is_e164(number) {
            return Err(CallError::NotE164(number.to_owned()));
        }
        if !is_e164(to) {
            return Err(CallError::NotE164(to.to_owned()));
        }
        if self.account.number(to).is_none() {
            return Err(CallError::NotOurNumber(to.to_owned()));
        }
        if self.account.status != AccountStatus::Active {
            self.fault(None, NOT_ACTIVE, format!("{to} was called, but the account is not active"));
            return Err(CallError::AccountNotActive);
        }
        let behaviour = self.phones.entry(number.to_owned()).or_insert(Behaviour::Manual).clone();
        let attestation =
            self.attestations.get(number).copied().unwrap_or_else(|| Attestation::usual(number));
        let sid = self.ids.sid("CA");
        let key = self.new_media(&sid);
        self.connected.insert(key);
        let party = Party::Phone(PhoneParty {
            number: number.to_owned(),
            behaviour,
            attestation,
            mouth: Sound::Silence,
            pressing: false,
            keys: String::new(),
        });
        let leg = Leg::new(sid.clone(), Direction::Inbound, party, number.to_owned(), to.to_owned());
        self.add_leg(Leg { media: Some(key), ..leg });
        self.phone_acts(&sid, &format!("calls {to}"));
        self.media_op(key, MediaOp::CreatePhone);
        if let Some(leg) = self.legs.get(&sid) {
            let info = leg.info();
            self.effect(Effect::PhoneLeg { info, number: number.to_owned(), media: key, rings: false });
        }
        Ok(sid)
    }

    /// A dialled phone rings, is busy, or does not exist.
    pub(super) fn phone_reacts(&mut self, sid: &str) {
        let Some(leg) = self.legs.get(sid).filter(|leg| leg.status == CallStatus::Initiated) else { return };
        let (Some(phone), Some(media)) = (leg.phone(), leg.media) else { return };
        let behaviour = phone.behaviour.clone();
        let rings = matches!(behaviour, Behaviour::Manual);
        let (info, number) = (leg.info(), phone.number.clone());
        let answers_after = match behaviour {
            Behaviour::Busy => {
                self.phone_acts(sid, "is busy");
                return self.end_leg(sid, CallStatus::Busy, None, true);
            }
            Behaviour::NotInService => {
                self.phone_acts(sid, "is not in service");
                return self.end_leg(sid, CallStatus::Failed, None, true);
            }
            Behaviour::NoAnswer | Behaviour::Manual => None,
            Behaviour::Answer { after, .. } => Some(after),
            Behaviour::Echo | Behaviour::Tone { .. } | Behaviour::Menu => {
                Some(self.timing.robot_answers_after)
            }
        };
        match self.legs.get(sid).and_then(|leg| leg.reason.clone()) {
            Some(reason) => {
                self.phone_acts(sid, &format!("rings and shows the reason of the call: {reason}"))
            }
            None => self.phone_acts(sid, "rings"),
        }
        self.alerted(sid);
        self.effect(Effect::PhoneLeg { info, number, media, rings });
        if let Some(after) = answers_after {
            self.after(after, Timer::PhoneAnswers { sid: sid.to_owned() });
        }
    }

    pub(super) fn phone_answers(&mut self, sid: &str) {
        let rings =
            |leg: &&mut Leg| leg.direction == Direction::OutboundDial && leg.is_live() && !leg.is_answered();
        let Some(leg) = self.legs.get_mut(sid).filter(rings) else { return };
        let media = leg.media;
        let Some(phone) = leg.phone_mut() else { return };
        let mut hangs_up_after = None;
        match &phone.behaviour {
            Behaviour::Tone { hz } => phone.mouth = Sound::Tone { hz: *hz, amplitude: 0.5 },
            Behaviour::Menu => phone.mouth = Sound::Speech { text: GREETING.into() },
            Behaviour::Answer { say, hang_up_after, .. } => {
                hangs_up_after = *hang_up_after;
                phone.mouth = say.clone();
            }
            _ => {}
        }
        let mouth = phone.mouth.clone();
        self.phone_acts(sid, "answers");
        if let Some(key) = media {
            self.media_op(key, MediaOp::Say(mouth));
        }
        self.effect(Effect::PhoneStatus { sid: sid.to_owned(), status: PhoneCallStatus::InCall });
        self.child_answered(sid);
        if let Some(after) = hangs_up_after {
            self.after(after, Timer::PhoneHangsUp { sid: sid.to_owned() });
        }
    }

    /// A phone that rings declines by this, one that calls gives up.
    pub(super) fn phone_hangs_up(&mut self, sid: &str) {
        let Some(leg) = self.legs.get(sid).filter(|leg| leg.is_live() && leg.phone().is_some()) else {
            return;
        };
        let status = match (leg.is_answered(), leg.direction) {
            (true, _) => CallStatus::Completed,
            (false, Direction::Inbound) => CallStatus::Canceled,
            (false, Direction::OutboundDial) => CallStatus::Busy,
        };
        self.phone_acts(sid, "hangs up");
        self.end_leg(sid, status, None, true);
    }

    fn phone_says(&mut self, sid: &str, sound: Sound) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        let media = leg.media;
        let Some(phone) = leg.phone_mut() else { return };
        phone.mouth = sound.clone();
        phone.pressing = false;
        if let Some(key) = media {
            self.media_op(key, MediaOp::Say(sound));
        }
    }

    /// The other party hears the keys as tones.
    fn phone_presses(&mut self, sid: &str, keys: &str) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_answered()) else { return };
        let media = leg.media;
        let Some(phone) = leg.phone_mut() else { return };
        phone.pressing = true;
        if let Some(key) = media {
            self.media_op(key, MediaOp::Say(Sound::Dtmf(keys.to_owned())));
        }
        for key in keys.chars().filter(|key| matches!(key, '0'..='9' | '*' | '#')) {
            self.key_pressed(sid, key, "tones");
        }
    }
}
