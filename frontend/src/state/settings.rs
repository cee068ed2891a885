use leptos::prelude::*;
use shared::api::{ErrorCode, PasscodeChange, SignedInDevice};

use super::Phone;
use crate::api;
use crate::text;

/// What the settings show of the server's answers, and what they ask of it. Errors are in words; where the session turns out
/// to be over, the sign-in page is shown instead.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    phone: Phone,
    /// `None` until the server has answered.
    pub(crate) devices: ReadSignal<Option<Result<Vec<SignedInDevice>, String>>>,
    answered: RwSignal<Option<Result<Vec<SignedInDevice>, String>>>,
}

impl Settings {
    pub(crate) fn new(phone: Phone) -> Self {
        let answered = RwSignal::new(None);
        Self { phone, devices: answered.read_only(), answered }
    }

    pub(crate) async fn load_devices(self) {
        let answer = self.heed(api::devices().await);
        self.answered.try_set(Some(answer));
    }

    pub(crate) async fn sign_out(self, id: &str) -> Result<(), String> {
        let result = self.heed(api::sign_out_device(id).await);
        self.load_devices().await;
        result
    }

    pub(crate) async fn sign_out_everywhere(self) -> Result<(), String> {
        self.heed(api::sign_out_everywhere().await)?;
        self.phone.end_session(Some(text::sign_in::signed_out_everywhere()));
        self.phone.session_has_changed();
        Ok(())
    }

    pub(crate) async fn change_passcode(self, change: &PasscodeChange) -> Result<(), String> {
        let answer = api::change_passcode(change).await;
        if answer.as_ref().is_err_and(|error| error.is(ErrorCode::SignInRefused)) {
            return Err(text::passcode::present_wrong().to_owned());
        }
        self.heed(answer)?;
        self.load_devices().await;
        Ok(())
    }

    fn heed<T>(self, answer: Result<T, api::ApiError>) -> Result<T, String> {
        answer.map_err(|error| {
            self.phone.is_signed_out(&error);
            error.to_string()
        })
    }
}
