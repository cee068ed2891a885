//! The emulator as a program.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Parser;
use emulator::{Config, Emulator, rim};
use tracing_subscriber::EnvFilter;

/// Twilio Voice on one machine.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Configuration file (JSON). Without it the emulator has its well-known credentials and no numbers.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Address to listen on; overrides the file.
    #[arg(long)]
    bind: Option<std::net::SocketAddr>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let mut config = match &arguments.config {
        Some(path) => rim::read_file(path)?,
        None => Config::default(),
    };
    if let Some(bind) = arguments.bind {
        config.bind = bind;
    }
    let emulator = Emulator::start(config).await?;
    writeln!(std::io::stdout(), "The emulator is at {}", emulator.url())?;
    tokio::signal::ctrl_c().await?;
    emulator.stop().await;
    Ok(())
}
