//! `sidetone connect`: asks, plans, shows, does.

mod account;
mod answers;
mod change;
mod numbers;
mod take_back;

use anyhow::Result;
use backend::{
    clock,
    connect::memory::{self, Memory},
};

use super::{args::ConnectArgs, image};
pub(super) use account::hosts;

/// Sets up the account, or takes it back.
pub(super) async fn connect(args: ConnectArgs) -> Result<()> {
    // No certificate can be judged by a clock that is far off.
    clock::check()?;
    image::check(&[args.config.as_path()])?;
    let path = memory::path_for(&args.config);
    let memory = Memory::load(&path)?;
    if args.undo {
        take_back::take_back(&args, &path, memory).await
    } else {
        change::change(&args, &path, memory).await
    }
}
