//! The first calls of a new installation.

use anyhow::Result;
use emulator::Emulator;

use crate::PATIENCE;
use crate::hearing::hears_tone;
use crate::softphone::Softphone;

/// What the user of a new line chooses.
pub const PASSCODE: &str = "correct horse battery";

pub struct Numbers<'n> {
    pub line: &'n str,
    /// Answers, and sends back what it hears.
    pub echo: &'n str,
    /// Does what it is told.
    pub caller: &'n str,
}

/// Somebody signs in for the first time, calls, and is called.
///
/// # Errors
/// Anything of that does not come about.
pub async fn calls_each_way(
    phone: &Softphone,
    emulator: &Emulator,
    numbers: &Numbers<'_>,
    code: &str,
) -> Result<()> {
    phone.tries_to_sign_in(numbers.line, code).await?;
    phone.chooses_passcode(PASSCODE, PASSCODE).await?;
    phone.browser.click("#choose-button").await?;
    phone.sees_status("registered").await?;
    phone.dials(numbers.echo).await?;
    phone.sees_call("open").await?;
    phone.hears_tone(440.0).await?;
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    phone.is_done().await?;

    let call = emulator.phone(numbers.caller).call(numbers.line).await?;
    phone.answers().await?;
    call.wait_answered(PATIENCE).await?;
    call.plays_tone(660.0).await;
    hears_tone(&call, 440.0).await?;
    phone.hears_tone(660.0).await?;
    call.hang_up().await;
    phone.sees_end("completed").await.map(|_| ())
}
