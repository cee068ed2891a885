use std::time::Duration;

use anyhow::{Context, Result, bail};
use backend::{config, error_chain::with_causes, service_manager::door};

use super::{args::ConfigArgs, terminal::print};

/// Less than whoever asks usually waits.
const TIMEOUT: Duration = Duration::from_secs(4);

/// Asks the server of this configuration, on this machine, whether it and its database answer: for containers, which have no
/// other program to ask with.
pub(super) async fn health(args: ConfigArgs) -> Result<()> {
    let settings = config::load(args.file())?;
    let address = door::within_reach(settings.bind);
    let answer = match door::client(TIMEOUT)?.get(door::health(settings.bind)).send().await {
        Ok(answer) => answer,
        Err(error) if error.is_timeout() => {
            bail!("the server at {address} does not answer within {TIMEOUT:?}")
        }
        Err(error) => bail!("no server answers at {address}: {}", with_causes(&error.without_url())),
    };
    let status = answer.status();
    let words = answer.text().await.context("the answer cannot be read")?;
    if !status.is_success() {
        bail!("the server at {address} says: {} ({status})", words.trim());
    }
    print(words.trim());
    Ok(())
}
