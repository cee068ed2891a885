//! An operator's folder: the real `sidetone` program, its configuration file and its database.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};
use tokio::fs::File;
use tokio::process::{Child, Command};

use crate::{PATIENCE, anywhere};

const BUILD: &str = "`make program` builds it, as `make e2e` does; a release build, `make build`";

/// Where the program runs.
pub enum Ground {
    /// On this machine, as it is.
    Here,
    /// The static program, as a container runtime would run it: its root is this folder, which has the program and nothing else,
    /// and cannot be written; the operator's folder is its volume.
    Root(PathBuf),
}

/// What somebody types who sets Sidetone up, and the folder they do it in.
pub struct Installation {
    ground: Ground,
    folder: tempfile::TempDir,
    public_url: String,
    environment: Vec<(String, String)>,
    /// That of the usual build, where it is `None`.
    program: Option<PathBuf>,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    /// # Errors
    /// The command failed; its words are in the error.
    pub fn ok(self) -> Result<Self> {
        ensure!(self.status.success(), "it failed ({}):\n{}{}", self.status, self.stdout, self.stderr);
        Ok(self)
    }

    /// Everything that was printed.
    pub fn all(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// A `sidetone serve` that runs; it is ended when it is dropped.
pub struct Serving {
    process: Child,
    log: PathBuf,
    in_root: bool,
}

impl Installation {
    /// `environment` is all that the program sees of the outside, but for PATH.
    pub fn new(public_url: &str, environment: &[(&str, &str)]) -> Result<Self> {
        Self::on(Ground::Here, public_url, environment)
    }

    /// The same somewhere else.
    pub fn on(ground: Ground, public_url: &str, environment: &[(&str, &str)]) -> Result<Self> {
        let environment = environment.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let folder = tempfile::tempdir()?;
        if matches!(ground, Ground::Root(_)) {
            anywhere::give_to_user(folder.path())?;
        }
        Ok(Self { ground, folder, public_url: public_url.into(), environment, program: None })
    }

    /// One more variable of the environment.
    pub fn knows(&mut self, name: &str, value: impl Into<String>) {
        self.environment.push((name.into(), value.into()));
    }

    /// Another build of the program.
    pub fn has_program(&mut self, program: PathBuf) {
        self.program = Some(program);
    }

    /// A port that nobody uses at the moment.
    pub fn free_port() -> Result<u16> {
        Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same file, as the program sees it.
    pub fn seen(&self, name: &str) -> PathBuf {
        match self.ground {
            Ground::Here => self.path(name),
            Ground::Root(_) => Path::new(anywhere::VOLUME).join(name),
        }
    }

    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Runs `sidetone` in the folder, with nobody at the keyboard.
    pub async fn sidetone(&self, arguments: &[&str]) -> Result<Said> {
        self.sidetone_among(&[], arguments).await
    }

    /// The same with more in the environment, such as `SIDETONE_BIND=127.0.0.1:80`.
    pub async fn sidetone_among(&self, environment: &[&str], arguments: &[&str]) -> Result<Said> {
        let mut command = self.command(arguments)?;
        command.envs(environment.iter().filter_map(|text| text.split_once('=')));
        let output = command.stdin(Stdio::null()).output();
        let output = tokio::time::timeout(PATIENCE * 3, output).await;
        let output = output.with_context(|| format!("sidetone {arguments:?} does not come to an end"))??;
        Ok(Said {
            status: output.status,
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Starts `sidetone serve` on this port and waits until it answers there.
    pub async fn serve(&self, port: u16) -> Result<Serving> {
        let log = self.path("serve.log");
        let file = File::create(&log).await?.into_std().await;
        let mut command = self.command(&["serve"])?;
        command
            .env("SIDETONE_BIND", format!("127.0.0.1:{port}"))
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .kill_on_drop(true);
        let in_root = matches!(self.ground, Ground::Root(_));
        let mut serving = Serving { process: command.spawn()?, log, in_root };
        let health = format!("http://127.0.0.1:{port}/healthz");
        let answers = async {
            loop {
                if reqwest::get(&health).await.is_ok_and(|answer| answer.status().is_success()) {
                    return Ok(());
                }
                if let Some(status) = serving.process.try_wait()? {
                    bail!("`sidetone serve` ended ({status})");
                }
                tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            }
        };
        let answered =
            tokio::time::timeout(PATIENCE, answers).await.context("`sidetone serve` never answers");
        answered.and_then(|answered| answered).with_context(|| serving.log())?;
        let page = reqwest::get(format!("http://127.0.0.1:{port}/")).await?;
        ensure!(page.status().is_success(), "the program has no page inside: {BUILD}");
        Ok(serving)
    }

    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = match &self.ground {
            Ground::Here => Command::new(self.program.clone().map_or_else(program, Ok)?),
            Ground::Root(root) => anywhere::command(root, Some(self.folder.path())),
        };
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SIDETONE_CONFIG", self.seen("sidetone.toml"))
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }
}

impl Serving {
    /// What it has logged until now.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Of its process.
    pub fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// Waits until it ends by itself.
    pub async fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.process.wait().await?)
    }

    pub async fn stop(mut self) -> Result<()> {
        self.end_in_root();
        Ok(self.process.kill().await?)
    }

    /// Whoever became another user does not end with who started it.
    fn end_in_root(&self) {
        let outer = self.process.id().filter(|_| self.in_root);
        if let Some(inner) = outer.and_then(|outer| anywhere::first_process(outer).ok()) {
            let _ = std::process::Command::new("kill").args(["-KILL", &inner.to_string()]).status();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.end_in_root();
    }
}

/// The program of the same build as this test. That of a debug build is static: it runs here, and in a root of its own.
///
/// # Errors
/// It is not built.
pub fn program() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    let target =
        test.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file()).context("no target")?;
    let program = if cfg!(debug_assertions) {
        target.join(format!("{}-unknown-linux-musl/debug/sidetone", std::env::consts::ARCH))
    } else {
        target.join("release/sidetone")
    };
    ensure!(program.is_file(), "there is no {}: {BUILD}", program.display());
    Ok(program)
}

/// Another program beside this test, or this program.
///
/// # Errors
/// It is not built; `how` says how it is.
pub fn built(name: &str, how: &str) -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    let mut built = test.ancestors().skip(1).take(2).map(|folder| folder.join(name));
    match built.find(|program| program.is_file()) {
        Some(program) => Ok(program),
        None => bail!("the program is not built: {how}"),
    }
}
