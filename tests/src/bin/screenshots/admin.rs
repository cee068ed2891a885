use anyhow::Result;
use e2e::softphone::Softphone;
use e2e::stack::{Stack, TOKYO, WASHINGTON};

use crate::camera::Camera;

const OAKLAND: &str = "+15105550123";

pub(crate) async fn take(stack: &Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    stack.makes_admin(TOKYO.number).await?;
    stack.one_time_code(WASHINGTON.number).await?;
    phone.browser.reload().await?;
    phone.opens_admin().await?;
    camera.shoot(phone, "admin").await?;
    phone.toggles_line(WASHINGTON.number).await?;
    camera.shoot(phone, "admin-line").await?;
    phone.scrolls_and_clicks("#remove-12025550143").await?;
    phone.sees("#remove-12025550143-question-no").await?;
    camera.shoot(phone, "admin-remove").await?;
    phone.toggles_line(TOKYO.number).await?;
    phone.scrolls_and_clicks("#right-815031234567").await?;
    phone.scrolls_and_clicks("#save-815031234567").await?;
    phone.sees("#last-815031234567-no").await?;
    camera.shoot(phone, "admin-last").await?;
    phone.toggles_line(TOKYO.number).await?;
    phone.scrolls_and_clicks("#add-line").await?;
    phone.sees("#new-number").await?;
    phone.scrolls_and_clicks("#add-line-save").await?;
    phone.sees("#add-line-error").await?;
    camera.shoot(phone, "admin-add").await?;
    phone.scrolls_and_clicks("#add-line-form [type=button]").await?;
    let link = phone.invites(OAKLAND, "Front desk").await?;
    camera.shoot(phone, "admin-invitation").await?;
    phone.scrolls_and_clicks("#admin-audit").await?;
    phone.sees(".audit-entry").await?;
    camera.shoot(phone, "admin-audit").await?;
    phone.browser.click("#admin-close").await?;
    phone.browser.goto(&link).await?;
    phone.sees("#notice").await?;
    camera.shoot(phone, "invited-elsewhere").await?;
    phone.browser.click("#sign-out-button").await?;
    phone.sees("#invited").await?;
    camera.shoot(phone, "sign-in-invited").await?;
    phone.signs_in(TOKYO.number, TOKYO.passcode).await
}
