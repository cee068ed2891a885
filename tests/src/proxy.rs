//! A real nginx in front of a server, with TLS and the path prefix `/prod`: the configuration of `docs/nginx.conf`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::PATIENCE;
use crate::authority::Authority;

/// What everything is under.
pub const PREFIX: &str = "/prod";

const SITE: &str = include_str!("../../docs/nginx.conf");

/// What it does with the path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Manners {
    /// As in the file.
    KeepsPrefix,
    /// As the file says how to.
    StripsPrefix,
    /// A mistake: it serves `/phone/`, and makes `/prod/` of it.
    RenamesPrefix,
    /// A mistake: what comes after `?` is lost.
    DropsQuery,
    /// Its server is away, or it lets nobody through: a page of its own, with this status, whatever is asked for.
    Answers(u16),
}

/// It ends when it is dropped.
pub struct Proxy {
    process: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Proxy {
    /// Listens on this port of the loopback interface, and leads everything below [`PREFIX`] to `upstream`.
    ///
    /// # Errors
    /// nginx is missing, or does not start, most likely because somebody has the port.
    pub async fn start(
        port: u16,
        upstream: SocketAddr,
        manners: Manners,
        authority: &Authority,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("certificate.pem"), authority.certificate_pem())?;
        std::fs::write(folder.path().join("key.pem"), authority.key_pem())?;
        std::fs::write(folder.path().join("nginx.conf"), configuration(port, upstream, manners)?)?;
        let log = std::fs::File::create(folder.path().join("errors.log"))?;
        let process = Command::new(program())
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "stderr"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .context("`nginx` did not start; on Debian it is in the package nginx-light")?;
        let mut proxy = Self { process, port, folder };
        let listens = async {
            while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
                if let Some(status) = proxy.process.try_wait()? {
                    bail!("nginx ended ({status}): {}", proxy.log());
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            // Somebody else's port answers as well.
            ensure!(proxy.process.try_wait()?.is_none(), "nginx ended: {}", proxy.log());
            Ok(())
        };
        tokio::time::timeout(PATIENCE, listens).await.context("nginx never listens")??;
        Ok(proxy)
    }

    /// For the setting `public_url`.
    pub fn public_url(port: u16) -> String {
        format!("https://localhost:{port}{PREFIX}")
    }

    /// Of the proxy itself, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it complained of.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("errors.log")).unwrap_or_default()
    }

    pub async fn stop(mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }
}

fn program() -> &'static str {
    // Debian has it where only root's PATH looks.
    if Path::new("/usr/sbin/nginx").is_file() { "/usr/sbin/nginx" } else { "nginx" }
}

/// The whole file: the site of the documentation with its addresses and names replaced, and what Debian has around it.
fn configuration(port: u16, upstream: SocketAddr, manners: Manners) -> Result<String> {
    let upstream = format!("http://{upstream}");
    let passed = match manners {
        Manners::KeepsPrefix => format!("proxy_pass {upstream};"),
        Manners::StripsPrefix => format!("proxy_pass {upstream}/;"),
        Manners::RenamesPrefix => format!("proxy_pass {upstream}{PREFIX}/;"),
        Manners::DropsQuery => format!("proxy_pass {upstream}$uri;"),
        Manners::Answers(status) => {
            format!("default_type text/html; return {status} '<title>Gateway</title><p>Not now';")
        }
    };
    let prefix = if manners == Manners::RenamesPrefix { "/phone" } else { PREFIX };
    let mut site = SITE.to_owned();
    for (there, here) in [
        ("listen 443 ssl http2;", format!("listen 127.0.0.1:{port} ssl http2;")),
        ("server_name phone.example.com;", "server_name localhost;".to_owned()),
        ("/etc/letsencrypt/live/phone.example.com/fullchain.pem", "certificate.pem".to_owned()),
        ("/etc/letsencrypt/live/phone.example.com/privkey.pem", "key.pem".to_owned()),
        ("proxy_pass http://127.0.0.1:8080;", passed),
        ("location /prod/ {", format!("location {prefix}/ {{")),
    ] {
        ensure!(site.matches(there).count() == 1, "docs/nginx.conf does not say {there:?} once");
        site = site.replace(there, &here);
    }
    // One process, so that ending it ends all of it.
    Ok(format!(
        "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr warn;\nevents {{}}\nhttp {{\n\
         access_log off;\nclient_body_temp_path body;\nproxy_temp_path proxy;\nfastcgi_temp_path fastcgi;\n\
         uwsgi_temp_path uwsgi;\nscgi_temp_path scgi;\n{site}}}\n"
    ))
}
