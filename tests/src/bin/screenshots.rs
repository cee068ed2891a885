//! `make screenshots`: every state of the phone at three widths, light and dark, into `artifacts/screenshots`, and the
//! picture of the README.

use std::path::{Path, PathBuf};

use anyhow::Result;
use e2e::PATIENCE;
use e2e::softphone::Softphone;
use e2e::stack::{BUSY, ECHO, EXTERNAL, Options, Stack, TOKYO};

const SIZES: [(&str, u32, u32); 3] = [("phone", 360, 740), ("tablet", 820, 1180), ("desktop", 1440, 900)];

const README_SIZE: (u32, u32) = (860, 800);
const README_IMAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/phone.png");

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/screenshots"));
    std::fs::create_dir_all(&folder)?;
    let mut stack = Stack::start(Options::default()).await?;
    let phone = Softphone::open(&stack.url(), 440).await?;
    let taken = take_all(&mut stack, &phone, &folder).await;
    phone.browser.close().await?;
    stack.stop().await;
    taken
}

async fn take_all(stack: &mut Stack, phone: &Softphone, folder: &Path) -> Result<()> {
    let external = stack.emulator().phone(EXTERNAL);
    phone.sees("#sign-in").await?;
    shoot(phone, folder, "1-sign-in").await?;
    phone.tries_to_sign_in(TOKYO.number, "wrong").await?;
    phone.sees("#sign-in-error").await?;
    shoot(phone, folder, "2-sign-in-refused").await?;
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    shoot(phone, folder, "3-ready").await?;
    phone.browser.see("#dial-input").await?.send_keys("0905987").await?;
    shoot(phone, folder, "4-dialling").await?;
    phone.browser.click("#call-button").await?;
    phone.sees("#dial-error").await?;
    shoot(phone, folder, "5-not-a-number").await?;

    phone.dials(EXTERNAL).await?;
    phone.sees_call("ringing").await?;
    shoot(phone, folder, "6-ringing").await?;
    external.next_call(PATIENCE).await?.answer().await;
    phone.sees_call("open").await?;
    phone.sees_timer_reach(3).await?;
    shoot(phone, folder, "7-in-call").await?;
    phone.browser.look(README_SIZE.0, README_SIZE.1, false).await?;
    std::fs::write(README_IMAGE, phone.browser.screenshot().await?)?;
    phone.toggles_mute(true).await?;
    shoot(phone, folder, "8-muted").await?;
    phone.browser.click("#keypad-button").await?;
    phone.presses("12#").await?;
    shoot(phone, folder, "9-keypad").await?;
    phone.hangs_up().await?;
    phone.sees_call("ended").await?;
    shoot(phone, folder, "10-ended").await?;
    phone.is_done().await?;

    phone.dials(BUSY).await?;
    phone.sees_end("busy").await?;
    shoot(phone, folder, "11-busy").await?;
    phone.is_done().await?;

    let call = external.call(TOKYO.number).await?;
    phone.sees_call("incoming").await?;
    shoot(phone, folder, "12-incoming").await?;
    call.hang_up().await;
    phone.sees_end("canceled").await?;
    phone.is_done().await?;

    phone.dials(ECHO).await?;
    phone.sees_call("open").await?;
    stack.stop_emulator().await;
    phone.sees_call("reconnecting").await?;
    shoot(phone, folder, "13-reconnecting").await?;
    stack.start_emulator().await?;
    phone.sees_call("ended").await?;
    phone.is_done().await?;
    phone.sees_status("registered").await?;
    take_settings(stack, phone, folder).await
}

async fn take_settings(stack: &Stack, phone: &Softphone, folder: &Path) -> Result<()> {
    phone.browser.see("#dial-input").await?.send_keys(TOKYO.number).await?;
    phone.browser.until("the own number refused", "document.querySelector('#dial-hint').innerText").await?;
    shoot(phone, folder, "14-refused-before").await?;
    phone.opens_settings().await?;
    phone.sees(".device").await?;
    shoot(phone, folder, "15-settings").await?;
    phone.browser.click("#sign-out-everywhere").await?;
    shoot(phone, folder, "16-everywhere").await?;
    phone.browser.click("#sign-out-everywhere-no").await?;
    phone.browser.click("#passcode-button").await?;
    phone.browser.see("#present-passcode").await?.send_keys("wrong").await?;
    phone.chooses_passcode("horse of another colour", "horse of another colour").await?;
    phone.browser.click("#passcode-save").await?;
    phone.sees("#passcode-error").await?;
    shoot(phone, folder, "17-passcode-refused").await?;
    phone.browser.click("#settings-close").await?;

    phone.browser.click("#sign-out-button").await?;
    let code = stack.one_time_code(TOKYO.number).await?;
    phone.tries_to_sign_in(TOKYO.number, &code).await?;
    phone.chooses_passcode("12345678", "").await?;
    shoot(phone, folder, "18-new-passcode").await
}

async fn shoot(phone: &Softphone, folder: &Path, name: &str) -> Result<()> {
    for (size, width, height) in SIZES {
        for (scheme, dark) in [("light", false), ("dark", true)] {
            phone.browser.look(width, height, dark).await?;
            let image = phone.browser.screenshot().await?;
            std::fs::write(folder.join(format!("{name}-{size}-{scheme}.png")), image)?;
        }
    }
    Ok(())
}
