//! What is seen, one component per file. They read signals and call verbs of the phone, and know nothing of JS.

mod call_field;
mod call_panel;
mod choose_passcode;
mod credentials;
mod demo_lines;
mod demo_phones;
mod devices;
mod dial_pad;
mod ended;
mod icon;
mod in_call;
mod incoming;
mod keyboard;
mod keypad;
mod line_bar;
mod logo;
mod new_passcode;
mod notice_bar;
mod passcode_change;
mod phone_page;
mod settings;
mod sign_in;
mod splash;

pub(crate) use notice_bar::NoticeBar;
pub(crate) use phone_page::PhonePage;
pub(crate) use sign_in::SignInPage;
pub(crate) use splash::Splash;
