use leptos::prelude::*;
use shared::PhoneNumber;

use super::calls::Calls;
use super::connection::Connection;
use super::contents::Contents;
use super::devices::Devices;
use super::dialling::DiallingSection;
use super::install::InstallApp;
use super::language::LanguageSection;
use super::notify::Notifications;
use super::passcode_change::PasscodeChangeForm;
use super::sound::SoundSettings;
use crate::components::lazy::lazy_part;
use crate::state::{Phone, Settings};

lazy_part! {
    /// What is in the card, one section after the other.
    pub(crate) fn settings_body(phone: Phone, number: PhoneNumber) -> AnyView {
        let settings = Settings::new(phone);
        view! {
            <Contents />
            <Calls />
            <SoundSettings />
            <Notifications />
            <DiallingSection />
            <Devices settings />
            <PasscodeChangeForm settings number />
            <LanguageSection />
            <InstallApp />
            <Connection />
        }
        .into_any()
    }
}
