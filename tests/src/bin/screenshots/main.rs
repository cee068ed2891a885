//! `make screenshots`: every state of the phone at three widths, light and dark, into `artifacts/screenshots`, and the
//! picture of the README. Words behind it name the pictures that are wanted: `make screenshots PICTURES='call phone dark'`.
//! In another language than English: `make screenshots PICTURES_IN=ja`, into a folder of that name.

mod admin;
mod calls;
mod camera;
mod contacts;
mod edges;
mod missed;
mod settings;
mod sign_in;

use anyhow::Result;
use camera::Camera;
use e2e::softphone::Softphone;
use e2e::stack::{Options, Stack};

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1).peekable();
    let language = words.next_if_eq("--language").and_then(|_| words.next());
    let camera = Camera::new(language.as_deref(), words.collect())?;
    let mut stack = Stack::start(Options::default()).await?;
    let phone = Softphone::open(&stack.url(), 440).await?;
    if let Some(language) = language {
        let choose = format!("localStorage.setItem('sidetone.language', {language:?})");
        phone.browser.run(&choose).await?;
        phone.browser.reload().await?;
    }
    let taken = take_all(&mut stack, &phone, &camera).await;
    phone.browser.close().await?;
    stack.stop().await;
    taken
}

/// One theme after the other; each begins and ends with the dial pad, but the first and the last.
async fn take_all(stack: &mut Stack, phone: &Softphone, camera: &Camera) -> Result<()> {
    sign_in::take(phone, camera).await?;
    calls::take_dialling(phone, camera).await?;
    calls::take_outgoing(stack, phone, camera).await?;
    calls::take_incoming(stack, phone, camera).await?;
    missed::take(stack, phone, camera).await?;
    settings::take(phone, camera).await?;
    settings::take_in_call(stack, phone, camera).await?;
    contacts::take(phone, camera).await?;
    admin::take(stack, phone, camera).await?;
    edges::take_sizes(stack, phone, camera).await?;
    edges::take_trouble(stack, phone, camera).await?;
    sign_in::take_first_passcode(stack, phone, camera).await
}
