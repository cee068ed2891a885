use anyhow::Result;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, EXTERNAL, Stack, TOKYO};

use crate::camera::Camera;

pub(crate) async fn take(phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    camera.shoot(phone, "settings").await?;
    phone.browser.click("#sign-out-everywhere").await?;
    camera.shoot(phone, "settings-everywhere").await?;
    phone.browser.click("#sign-out-everywhere-no").await?;
    phone.browser.click("#passcode-button").await?;
    phone.browser.see("#present-passcode").await?.send_keys("wrong").await?;
    phone.chooses_passcode("horse of another colour", "horse of another colour").await?;
    phone.browser.click("#passcode-save").await?;
    phone.sees("#passcode-error").await?;
    camera.shoot(phone, "settings-passcode-refused").await?;
    phone.browser.click("#settings-close").await
}

/// A call stays in sight and in reach while the settings are open.
pub(crate) async fn take_in_call(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.opens_settings().await?;
    let call = stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
    phone.sees_call("incoming").await?;
    camera.shoot(phone, "settings-call-incoming").await?;
    call.hang_up().await;
    phone.sees_end("canceled").await?;
    camera.shoot(phone, "settings-call-missed").await?;
    phone.is_done().await?;
    phone.browser.click("#settings-close").await?;
    phone.dials(ECHO).await?;
    phone.sees_call("open").await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    camera.shoot(phone, "settings-call-open").await?;
    phone.browser.click("#settings-close").await?;
    phone.hangs_up().await?;
    phone.is_done().await
}
