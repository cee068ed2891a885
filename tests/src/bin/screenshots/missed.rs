use anyhow::Result;
use e2e::PATIENCE;
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Stack, TOKYO};

use crate::camera::Camera;

const CALLERS: [&str; 3] = ["+442079460958", "+12125550199", "+4930123456"];

/// Three callers find the line busy.
pub(crate) async fn take(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.dials(ECHO).await?;
    phone.sees_call("open").await?;
    for caller in CALLERS {
        stack.emulator().phone(caller).call(TOKYO.number).await?.wait_ended(PATIENCE).await?;
    }
    phone.hangs_up().await?;
    phone.sees_end("completed").await?;
    phone.sees("#missed-calls").await?;
    camera.shoot(phone, "missed-ended").await?;
    camera.shoot_at(phone, "missed-ended", "landscape", (740, 360)).await?;
    phone.is_done().await?;
    phone.sees("#missed-calls").await?;
    camera.shoot(phone, "missed-ready").await?;
    camera.shoot_at(phone, "missed-ready", "landscape", (740, 360)).await?;
    phone.browser.click("#missed-seen").await?;
    phone.browser.see_no("#missed-calls").await
}
