use anyhow::Result;
use e2e::softphone::Softphone;
use e2e::stack::{Stack, TOKYO};

use crate::camera::Camera;

pub(crate) async fn take(phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.sees("#sign-in").await?;
    camera.shoot(phone, "sign-in").await?;
    phone.tries_to_sign_in(TOKYO.number, "wrong").await?;
    phone.sees("#sign-in-error").await?;
    camera.shoot(phone, "sign-in-refused").await?;
    phone.signs_in(TOKYO.number, TOKYO.passcode).await
}

/// Ends signed out, in the middle of choosing a passcode.
pub(crate) async fn take_first_passcode(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.browser.click("#sign-out-button").await?;
    let code = stack.one_time_code(TOKYO.number).await?;
    phone.tries_to_sign_in(TOKYO.number, &code).await?;
    phone.chooses_passcode("12345678", "").await?;
    camera.shoot(phone, "sign-in-new-passcode").await
}
