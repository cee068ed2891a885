//! A sound card that plays to nobody. Firefox gives a page no audio context without one, and a person's real one must not
//! sound with the tests. Chromium has its own for want of one.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::process::{Child, Command};

use crate::PATIENCE;

/// A PulseAudio with its files in a folder of its own.
pub(super) struct SoundCard {
    server: Child,
    socket: PathBuf,
}

impl SoundCard {
    /// # Errors
    /// PulseAudio is missing or does not start.
    pub(super) async fn start(folder: &Path) -> Result<Self> {
        let socket = folder.join("sound.socket");
        let server = Command::new("pulseaudio")
            // no configuration: that of this machine has the real sound card
            .args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm"])
            .arg("--load=module-null-sink")
            .arg(format!("--load=module-native-protocol-unix auth-anonymous=1 socket={}", socket.display()))
            .env("HOME", folder)
            .env("PULSE_RUNTIME_PATH", folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("`pulseaudio` did not start; on Debian it is in the package pulseaudio")?;
        let mut card = Self { server, socket };
        card.is_plugged_in().await?;
        Ok(card)
    }

    /// For the environment of those who shall play to it.
    pub(super) fn variable(&self) -> (&'static str, String) {
        ("PULSE_SERVER", format!("unix:{}", self.socket.display()))
    }

    async fn is_plugged_in(&mut self) -> Result<()> {
        let waiting = async {
            while !self.socket.exists() {
                if let Some(status) = self.server.try_wait()? {
                    bail!("PulseAudio ended: {status}");
                }
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting).await.context("PulseAudio made no socket")?
    }
}
