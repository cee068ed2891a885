//! The program as Lambda runs it: `bootstrap` without arguments, and frozen while it waits for an event.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::process::{Child, Command};

use super::event::{Answered, Asked, Format};
use super::runtime_api::{Outcome, RuntimeApi};
use crate::PATIENCE;
use crate::installation::built;

/// The program, and how it is built.
pub const PROGRAM: &str = "lambda/bootstrap";
pub const BUILD: &str = "make lambda-for-tests (`make e2e` does it), or `make lambda` for a release build";
/// As the template has it.
pub const TIME_LIMIT: Duration = Duration::from_secs(14);

/// An instance of the function. It ends when it is dropped.
pub struct Instance {
    process: Child,
    api: RuntimeApi,
    log: PathBuf,
}

impl Instance {
    /// Starts it in this folder. `environment` is all that it sees of the outside, but for what Lambda tells.
    pub fn start(folder: &Path, environment: &[(String, String)]) -> Result<Self> {
        let api = RuntimeApi::start()?;
        // One for each.
        let log = folder.join(format!("{}.log", api.address().replace(':', "_")));
        let file = std::fs::File::create(&log)?;
        let process = Command::new(built(PROGRAM, BUILD)?)
            .current_dir(folder)
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("AWS_LAMBDA_RUNTIME_API", api.address())
            .env("AWS_LAMBDA_FUNCTION_NAME", "sidetone")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self { process, api, log })
    }

    /// Whatever it is, as it stands.
    pub async fn invoke(&self, event: impl Into<actix_web::web::Bytes>, limit: Duration) -> Result<Outcome> {
        self.signal("CONT").await?;
        let outcome = self.api.invoke(event, limit).await.with_context(|| self.log())?;
        // Lambda stops the process where it asks for the next event; nothing goes on.
        self.api.idle().await.with_context(|| self.log())?;
        self.signal("STOP").await?;
        Ok(outcome)
    }

    /// The same without freezing it, for who measures.
    pub async fn invoke_running(&self, event: String) -> Result<Outcome> {
        self.api.invoke(event, TIME_LIMIT).await.with_context(|| self.log())
    }

    pub async fn ask(&self, format: Format, asked: &Asked) -> Result<Answered> {
        match self.invoke(asked.event(format)?.to_string(), TIME_LIMIT).await? {
            Outcome::Answer(answer) => Answered::read(format, &answer),
            Outcome::Error(error) => bail!("{format:?} {asked:?}: {error}\n{}", self.log()),
        }
    }

    /// Why it has not started, when it has ended for that.
    pub async fn init_error(&mut self) -> Result<(String, ExitStatus)> {
        let error = self.api.init_error().await.with_context(|| self.log())?;
        let ended =
            tokio::time::timeout(PATIENCE, self.process.wait()).await.context("it does not end")??;
        Ok((error["errorMessage"].as_str().context("no words")?.to_owned(), ended))
    }

    /// What it has logged until now.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    async fn signal(&self, name: &str) -> Result<()> {
        let id = self.process.id().with_context(|| format!("the function has ended: {}", self.log()))?;
        let status = Command::new("kill").arg(format!("-{name}")).arg(id.to_string()).status().await?;
        ensure!(status.success(), "the function has ended: {}", self.log());
        Ok(())
    }
}
