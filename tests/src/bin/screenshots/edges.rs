use anyhow::Result;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, EXTERNAL, Stack, TOKYO};

use crate::camera::Camera;

/// The smallest phone, a page magnified four times, a phone held sideways.
const SIZES: [(&str, (u32, u32)); 3] = [("320", (320, 568)), ("zoom", (320, 256)), ("landscape", (740, 360))];

pub(crate) async fn take_sizes(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    shoot(phone, camera, "edge-ready").await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    shoot(phone, camera, "edge-settings").await?;
    phone.browser.click("#settings-close").await?;
    let call = stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
    phone.sees_call("incoming").await?;
    shoot(phone, camera, "edge-incoming").await?;
    phone.answers().await?;
    phone.sees_call("open").await?;
    shoot(phone, camera, "edge-open").await?;
    phone.opens_settings().await?;
    shoot(phone, camera, "edge-settings-open").await?;
    phone.browser.click("#settings-close").await?;
    phone.browser.run("document.documentElement.dir = 'rtl'").await?;
    camera.shoot(phone, "rtl-open").await?;
    phone.browser.run("document.documentElement.dir = 'ltr'").await?;
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    shoot(phone, camera, "edge-ended").await?;
    phone.is_done().await?;
    drop(call);
    phone.browser.run("document.documentElement.dir = 'rtl'").await?;
    phone.browser.see("#dial-input").await?.send_keys(EXTERNAL).await?;
    camera.shoot(phone, "rtl-dial").await?;
    phone.browser.see("#dial-input").await?.clear().await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    camera.shoot(phone, "rtl-settings").await?;
    phone.browser.click("#settings-close").await?;
    phone.browser.run("document.documentElement.dir = 'ltr'").await?;
    Ok(())
}

async fn shoot(phone: &Softphone, camera: &Camera, state: &str) -> Result<()> {
    for (size, box_) in SIZES {
        camera.shoot_at(phone, state, size, box_).await?;
    }
    phone.browser.look(420, 860, false).await
}

/// The phone network goes away in a call and before one.
pub(crate) async fn take_trouble(stack: &mut Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.dials(ECHO).await?;
    phone.sees_call("open").await?;
    stack.stop_emulator().await;
    phone.sees_call("reconnecting").await?;
    camera.shoot(phone, "trouble-reconnecting").await?;
    stack.start_emulator().await?;
    phone.sees_call("ended").await?;
    // The server is asked first.
    phone.sees("#end-reason[data-reason]").await?;
    camera.shoot(phone, "trouble-lost").await?;
    phone.is_done().await?;
    phone.sees_status("registered").await?;
    stack.stop_emulator().await;
    phone.sees("#line-status:not([data-state=registered])").await?;
    camera.shoot(phone, "trouble-offline").await?;
    stack.start_emulator().await?;
    phone.sees_status("registered").await
}
