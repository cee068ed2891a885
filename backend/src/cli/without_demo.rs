//! What a program without the demo says of it: people know `sidetone demo` from elsewhere.

use anyhow::{Result, bail};

use super::args::DemoArgs;

#[expect(clippy::unused_async, reason = "called as the demo is")]
pub(super) async fn demo(_: DemoArgs) -> Result<()> {
    bail!(
        "this program serves lines with a Twilio account, and has no demo inside. In a copy of the source, `make run` starts \
         the demo; `cargo build --package backend --features demo` builds a program that has it"
    )
}
