use anyhow::Result;
use e2e::PATIENCE;
use e2e::softphone::Softphone;
use e2e::stack::{BUSY, EXTERNAL, Stack, TOKYO};

use crate::camera::Camera;

pub(crate) async fn take_dialling(phone: &Softphone, camera: &Camera) -> Result<()> {
    camera.shoot(phone, "dial-ready").await?;
    phone.browser.see("#dial-input").await?.send_keys("0905987").await?;
    camera.shoot(phone, "dial-typing").await?;
    phone.browser.click("#call-button").await?;
    phone.sees("#dial-error").await?;
    camera.shoot(phone, "dial-not-a-number").await?;
    let field = phone.browser.see("#dial-input").await?;
    field.clear().await?;
    field.send_keys(TOKYO.number).await?;
    phone.browser.until("the own number refused", "document.querySelector('#dial-hint').innerText").await?;
    camera.shoot(phone, "dial-refused").await?;
    Ok(phone.browser.see("#dial-input").await?.clear().await?)
}

pub(crate) async fn take_outgoing(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.dials(EXTERNAL).await?;
    phone.sees_call("ringing").await?;
    camera.shoot(phone, "call-ringing").await?;
    let call = stack.emulator().phone(EXTERNAL).next_call(PATIENCE).await?;
    call.answer().await;
    phone.sees_call("open").await?;
    phone.sees_timer_reach(3).await?;
    camera.shoot(phone, "call-open").await?;
    camera.shoot_for_readme(phone).await?;
    phone.toggles_mute(true).await?;
    camera.shoot(phone, "call-muted").await?;
    phone.browser.click("#keypad-button").await?;
    phone.presses("12#").await?;
    camera.shoot(phone, "call-keypad").await?;
    phone.browser.click("#popout-button").await?;
    phone.sees("#popped-out").await?;
    camera.shoot(phone, "call-popped-out").await?;
    phone.browser.click("#popped-out button").await?;
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    camera.shoot(phone, "call-ended").await?;
    phone.is_done().await?;

    phone.dials(BUSY).await?;
    phone.sees_end("busy").await?;
    camera.shoot(phone, "call-busy").await?;
    phone.is_done().await
}

pub(crate) async fn take_incoming(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    let call = stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
    phone.sees_call("incoming").await?;
    camera.shoot(phone, "call-incoming").await?;
    call.hang_up().await;
    phone.sees_end("canceled").await?;
    camera.shoot(phone, "call-missed").await?;
    phone.is_done().await
}
