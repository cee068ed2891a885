use std::rc::Rc;

use leptos::task::spawn_local;
use shared::api::AccessToken;

use super::early::EarlyToken;
use crate::api;
use crate::model::{LineEffect, LineEvent, OfflineReason, TokenFailure};
use crate::sdk::{self, SdkDevice};
use crate::state::{Phone, SessionState};
use crate::text;

/// Twilio's error codes have five digits; those of a `DOMException` have two.
const FIRST_TWILIO_CODE: u32 = 10_000;

impl Phone {
    pub(in crate::state) fn run_line(self, effect: LineEffect) {
        match effect {
            LineEffect::FetchToken => self.fetch_token(),
            LineEffect::BuildDevice { first_edge } => self.build_device(first_edge),
            LineEffect::UpdateToken => {
                let (device, token) = self.with(|core| (core.line.device.clone(), core.line.token.take()));
                if let (Some(device), Some(token)) = (device, token)
                    && let Err(code) = device.update_token(&token.token)
                {
                    self.feed_line(LineEvent::DeviceError { code });
                }
            }
            LineEffect::Present(present) => {
                if let Some(device) = self.with(|core| core.line.device.clone()) {
                    if present { device.register() } else { device.unregister() }
                }
            }
            LineEffect::DropDevice => {
                let device = self.with(|core| {
                    core.line.device_generation += 1;
                    core.line.edge = None;
                    core.line.device.take()
                });
                // The SDK may be in the middle of reporting; it must not lose its Device under its feet.
                spawn_local(async move { drop(device) });
            }
            LineEffect::SignedOut => {
                self.leave(Some(text::sign_in::signed_out()));
                self.session_has_changed();
            }
            LineEffect::Replaced => self.leave(Some(text::sign_in::other_line())),
        }
    }

    fn fetch_token(self) {
        let (departures, early) = self.with(|core| (core.session.departures(), core.line.early.take()));
        spawn_local(async move {
            let answer = match early.and_then(EarlyToken::still_good) {
                Some(early) => early.await,
                None => api::access_token().await,
            };
            if self.with(|core| core.session.departures()) != departures {
                // Asked for a session that has been left meanwhile; the next one asks for itself.
                return;
            }
            let event = match answer {
                Ok(token) if !self.is_for_this_line(&token) => {
                    LineEvent::TokenFailed(TokenFailure::OtherLine)
                }
                Ok(token) => {
                    let lifetime_s = token.lifetime_s;
                    self.with(|core| core.line.token = Some(token));
                    LineEvent::Token { lifetime_s }
                }
                Err(failure) => LineEvent::TokenFailed(failure),
            };
            self.feed_line(event);
        });
    }

    fn is_for_this_line(self, token: &AccessToken) -> bool {
        self.session.state.with_untracked(|session| match session {
            SessionState::SignedIn(session) => session.phone_number == token.phone_number,
            SessionState::Loading | SessionState::Unknown(_) | SessionState::SignedOut => false,
        })
    }

    fn build_device(self, first_edge: usize) {
        let (token, generation) = self.with(|core| (core.line.token.take(), core.line.device_generation));
        let Some(token) = token else { return };
        spawn_local(async move {
            let built = self.load_and_build(&token, first_edge, generation).await;
            if self.with(|core| core.line.device_generation) != generation {
                return;
            }
            match built {
                Ok(device) => {
                    self.with(|core| core.line.device = Some(Rc::clone(&device)));
                    if let Some(audio) = device.audio() {
                        self.equip_device(&audio);
                    }
                    device.register();
                }
                Err(why) => self.feed_line(LineEvent::DeviceFailed(why)),
            }
        });
    }

    async fn load_and_build(
        self,
        token: &AccessToken,
        first_edge: usize,
        generation: u32,
    ) -> Result<Rc<SdkDevice>, OfflineReason> {
        sdk::load(&token.signaling).await?;
        if self.with(|core| core.line.device_generation) != generation {
            // Called off meanwhile; nobody looks at this.
            return Err(OfflineReason::SdkMissing);
        }
        let ring = self.ring_sound().unwrap_or("incoming");
        SdkDevice::new(
            token,
            first_edge,
            ring,
            move || self.microphone_for_call(),
            move |event| self.on_device(event),
        )
        .map(Rc::new)
        .map_err(|code| {
            // An error of the browser, which forbids something that the SDK cannot do without.
            if code < FIRST_TWILIO_CODE {
                OfflineReason::BrowserUnfit
            } else {
                OfflineReason::TokenRefused(code)
            }
        })
    }
}
