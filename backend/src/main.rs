//! `sidetone`: a browser phone for a Twilio number.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
