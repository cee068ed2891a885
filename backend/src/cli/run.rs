use std::{ffi::OsString, process::ExitCode};

use actix_web::rt::System;
use backend::error_chain::with_causes;
use clap::Parser;

use super::{
    args::{Cli, Command},
    audit, backup, check, connect, demo, doctor, health, line, serve, store,
    terminal::complain,
};

/// Parses the arguments and does what they say; faults go to standard error.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse_from(arguments());
    let filter = cli.log.unwrap_or_else(|| default_filter(&cli.command).to_owned());
    backend::telemetry::init(&filter);
    let outcome = System::new().block_on(async {
        match cli.command {
            Command::Doctor(args) => return doctor::doctor(args).await,
            Command::Serve(args) => serve::serve(args).await,
            Command::Check(args) => return check::check(args).await,
            Command::Backup { config, copy } => backup::backup(config, &copy).await,
            Command::Store { config, command } => store::store(config, command).await,
            Command::Health(args) => health::health(args).await,
            #[cfg(feature = "lambda")]
            Command::Lambda(args) => super::lambda::lambda(args).await,
            #[cfg(feature = "lambda")]
            Command::Publish(args) => super::publish::publish(args).await,
            Command::Connect(args) => connect::connect(args).await,
            Command::Line { config, command } => line::line(config, command).await,
            Command::Audit { config, audit } => audit::audit(config, audit).await,
            Command::Demo(args) => demo::demo(args).await,
        }
        .map(|()| ExitCode::SUCCESS)
    });
    match outcome {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("sidetone: {}", with_causes(error.as_ref())));
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Vec<OsString> {
    std::env::args_os().chain(as_lambda_starts_it()).collect()
}

/// Lambda starts a program without arguments, and means this one.
#[cfg(feature = "lambda")]
fn as_lambda_starts_it() -> Option<OsString> {
    let is_there = std::env::args_os().len() == 1 && std::env::var_os(backend::lambda::RUNTIME_API).is_some();
    is_there.then(|| "lambda".into())
}

#[cfg(not(feature = "lambda"))]
fn as_lambda_starts_it() -> Option<OsString> {
    None
}

fn default_filter(command: &Command) -> &'static str {
    match command {
        Command::Serve(_) => "info,actix_server=warn",
        #[cfg(feature = "lambda")]
        Command::Lambda(_) => "info",
        // The demo has a banner to be read.
        _ => "warn",
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let io = || io::Error::other("the disk is gone");
        let repeated = anyhow::Error::new(io()).context(format!("cannot open the file: {}", io()));
        assert_eq!(with_causes(repeated.as_ref()), "cannot open the file: the disk is gone");
        let added = anyhow::Error::new(io()).context("cannot open the file").context("cannot start");
        assert_eq!(with_causes(added.as_ref()), "cannot start: cannot open the file: the disk is gone");
    }
}
