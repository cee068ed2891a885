use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::PATIENCE;
use crate::authority::Authority;

const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/haproxy.cfg");

/// A real HAProxy. It ends when it is dropped.
pub struct Balancer {
    process: Child,
    folder: tempfile::TempDir,
}

impl Balancer {
    /// On this port of the loopback interface; `servers` are ports: where each serves, and where it says how it is.
    ///
    /// # Errors
    /// HAProxy is missing, or does not start.
    pub async fn start(port: u16, servers: &[(u16, u16); 3], authority: &Authority) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let pem = folder.path().join("phone.pem");
        std::fs::write(&pem, format!("{}{}", authority.certificate_pem(), authority.key_pem()))?;
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, configuration(port, servers, &pem)?)?;
        let log = std::fs::File::create(folder.path().join("log"))?;
        let process = Command::new(program())
            .args(["-db", "-f"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("`haproxy` did not start; on Debian it is in the package haproxy")?;
        let mut balancer = Self { process, folder };
        let listens = async {
            while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
                if let Some(status) = balancer.process.try_wait()? {
                    bail!("haproxy ended ({status}): {}", balancer.log());
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, listens).await.context("haproxy never listens")??;
        Ok(balancer)
    }

    /// What it has said: whom it gave up, and requests that went wrong.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

fn program() -> &'static str {
    // Debian has it where only root's PATH looks.
    if Path::new("/usr/sbin/haproxy").is_file() { "/usr/sbin/haproxy" } else { "haproxy" }
}

/// The file as it is, with other addresses.
fn configuration(port: u16, servers: &[(u16, u16); 3], pem: &Path) -> Result<String> {
    let mut text = std::fs::read_to_string(CONFIGURATION)?;
    let mut put = |there: &str, here: &str, times: usize| {
        ensure!(
            text.matches(there).count() == times,
            "deploy/haproxy.cfg does not say {there:?} {times} times"
        );
        text = text.replace(there, here);
        Ok(())
    };
    put("    bind :80\n", "", 1)?;
    put("bind :443 ssl", &format!("bind 127.0.0.1:{port} ssl"), 1)?;
    put("/etc/haproxy/phone.example.com.pem", &pem.display().to_string(), 1)?;
    for (i, (serves, tells)) in servers.iter().enumerate() {
        let there = format!("10.0.0.{}:8080 check port 9090", i + 1);
        put(&there, &format!("127.0.0.1:{serves} check port {tells}"), 2)?;
    }
    Ok(text)
}
