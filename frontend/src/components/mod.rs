//! What is seen, one component per file. They read signals and call verbs of the phone, and know nothing of JS.

mod admin;
mod backspace;
mod call;
mod companion;
mod contacts;
mod country_picker;
mod demo_phones;
mod dial_pad;
mod hold;
mod icon;
mod keyboard;
mod keypad;
mod language_choice;
mod lazy;
mod level;
mod line_bar;
mod logo;
mod missed_calls;
mod nav;
mod new_version;
mod notice_bar;
mod panel;
mod phone_page;
mod question;
mod same_type;
mod settings;
mod sign_in;
mod sound_strip;
mod splash;

pub(crate) use lazy::Lazy;
pub(crate) use notice_bar::NoticeBar;
pub(crate) use phone_page::PhonePage;
pub(crate) use same_type::live;
pub(crate) use sign_in::sign_in_page;
pub(crate) use splash::{Splash, splash};
