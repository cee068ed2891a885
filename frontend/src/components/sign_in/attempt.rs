use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::Invitation;
use shared::api::{ErrorCode, SignIn};

use crate::browser::links;
use crate::state::Phone;
use crate::text;

/// Which field an error is about, for screen readers.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum About {
    Number,
    Passcode,
    Both,
    Neither,
}

/// What the forms of the page have in common.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) number: RwSignal<String>,
    /// The passcode, or the one-time code.
    pub(crate) passcode: RwSignal<String>,
    pub(crate) error: RwSignal<Option<String>>,
    pub(crate) number_wrong: RwSignal<bool>,
    pub(crate) passcode_wrong: RwSignal<bool>,
    pub(crate) busy: RwSignal<bool>,
    /// Number and code came with a link.
    pub(crate) invited: RwSignal<bool>,
    /// The one-time code was right: a passcode must be chosen.
    pub(super) choosing: RwSignal<bool>,
    pub(super) phone: Phone,
}

impl Attempt {
    pub(super) fn new(phone: Phone) -> Self {
        Self {
            number: RwSignal::new(String::new()),
            passcode: RwSignal::new(String::new()),
            error: RwSignal::new(None),
            number_wrong: RwSignal::new(false),
            passcode_wrong: RwSignal::new(false),
            busy: RwSignal::new(false),
            invited: RwSignal::new(false),
            choosing: RwSignal::new(false),
            phone,
        }
    }

    pub(crate) fn fail(self, words: impl Into<String>, about: About) {
        self.error.try_set(Some(words.into()));
        self.number_wrong.try_set(matches!(about, About::Number | About::Both));
        self.passcode_wrong.try_set(matches!(about, About::Passcode | About::Both));
    }

    fn clear(self) {
        self.error.set(None);
        self.number_wrong.set(false);
        self.passcode_wrong.set(false);
    }

    /// Fills in what an invitation brings, if there is one.
    pub(super) fn heed_invitation(self) {
        let Some(written) = links::take_invitation() else { return };
        self.clear();
        self.choosing.set(false);
        match Invitation::parse(&written) {
            Some(Invitation { number, code }) => {
                self.number.set(number.international());
                self.passcode.set(code);
                self.invited.set(true);
            }
            None => self.fail(text::sign_in::invitation_unreadable(), About::Neither),
        }
    }

    /// Back to number and passcode.
    pub(crate) fn start_again(self) {
        self.passcode.set(String::new());
        self.choosing.set(false);
    }

    pub(crate) fn sign_in(self, credentials: SignIn) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.clear();
        spawn_local(async move {
            // On success this page is gone, and its signals with it.
            let Err(why) = self.phone.sign_in(credentials).await else { return };
            self.busy.try_set(false);
            match why.code {
                Some(ErrorCode::NewPasscodeNeeded) => {
                    self.choosing.try_set(true);
                }
                Some(ErrorCode::SignInRefused) => {
                    // Where it was right a moment ago, the one-time code has been used or has run out.
                    if self.choosing.try_get_untracked() == Some(true) {
                        self.start_again();
                    }
                    let invited = self.invited.try_get_untracked() == Some(true);
                    let words = if invited { text::sign_in::invitation_over().to_owned() } else { why.words };
                    self.fail(words, About::Both);
                }
                _ => self.fail(why.words, About::Neither),
            }
        });
    }

    /// For `aria-invalid`.
    pub(crate) fn invalid(wrong: RwSignal<bool>) -> Option<&'static str> {
        wrong.get().then_some("true")
    }
}
