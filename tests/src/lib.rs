//! The end-to-end harness: a whole Sidetone on free ports, and people who use it.
//!
//! - [`scenario`]: one test, its clean-up, and the evidence that a failure leaves behind
//! - [`stack`]: emulator, server and store of one test
//! - [`browser`]: a Chromium, or a Firefox, of its own for each person
//! - [`softphone`]: what a person does with the dial pad and sees on it
//! - [`accessibility`]: whether everybody can use what is on the page
//! - [`admin`]: what an admin does in the page
//! - [`app`]: the page as an installed app
//! - [`quality`]: the same of a call's quality
//! - [`hand`]: hands that are quick, and that try again
//! - [`lambda`]: AWS, as a function behind API Gateway sees it
//! - [`light_touch`]: clicks that leave nothing behind
//! - [`proxy`], [`authority`]: a real nginx with TLS in front of the server
//! - [`surroundings`]: what a browser finds in place of the Internet
//! - [`footprint`]: what a page holds on to
//! - [`hearing`]: what a page hears, by frequency
//! - [`sound`]: microphones and speakers that can be unplugged
//! - [`installation`]: the real program in an operator's folder; [`anywhere`]: the static one and the image, each in a root of its own
//! - [`operator`]: who puts it on a host
//! - [`missed`]: missed calls, as the page lists them
//! - [`modules`]: the modules of a crate, and what each of them names
//! - [`readme`]: figures for the README
//! - [`replicas`]: several servers on one PostgreSQL, behind HAProxy
//! - [`sources`]: the project's own files
//! - [`still`]: whether what comes by itself moves anything
//! - [`tabs`]: several tabs of one browser

#![expect(clippy::expect_used, reason = "in a test harness a panic is a report")]

pub mod accessibility;
pub mod admin;
pub mod anywhere;
pub mod app;
pub mod authority;
pub mod browser;
pub mod contacts;
pub mod first_calls;
pub mod footprint;
pub mod hand;
pub mod hearing;
pub mod installation;
pub mod lambda;
pub mod light_touch;
pub mod missed;
pub mod modules;
pub mod noise;
pub mod operator;
pub mod proxy;
pub mod quality;
pub mod readme;
pub mod replicas;
pub mod scenario;
pub mod softphone;
pub mod sound;
pub mod sources;
pub mod stack;
pub mod still;
pub mod surroundings;
pub mod tabs;

use std::time::Duration;

/// How long a fact may take to come true before the test says that it did not. Generous: a busy machine is slow,
/// and a test that passes never waits for it.
pub const PATIENCE: Duration = Duration::from_secs(20);
