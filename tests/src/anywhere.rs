//! Roots with nothing in them but the static program, and an image's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tokio::process::Command;

use crate::installation::program;

/// Where the operator's folder is, seen by the program.
pub(crate) const VOLUME: &str = "/data";
/// Whom the image names.
const USER: u32 = 65532;
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/in_root.sh");
const ROOTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/rooted.sh");
const IMAGE_SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/image.sh");

/// A folder that has the static program and what every container runtime adds: /proc, and the name of this machine.
pub fn empty_root() -> Result<tempfile::TempDir> {
    let root = tempfile::tempdir()?;
    fs::copy(program()?, root.path().join("sidetone"))?;
    add_to(root.path())?;
    Ok(root)
}

fn add_to(root: &Path) -> Result<()> {
    for name in ["data", "proc", "etc"] {
        fs::create_dir_all(root.join(name))?;
    }
    Ok(fs::write(root.join("etc/hosts"), "127.0.0.1 localhost\n")?)
}

/// The program's folder is its user's, as far as this test may give it away: without being root, it is anyway.
pub(crate) fn give_to_user(folder: &Path) -> Result<()> {
    match std::os::unix::fs::chown(folder, Some(USER), Some(USER)) {
        Err(error) if error.kind() != std::io::ErrorKind::PermissionDenied => Err(error.into()),
        _ => Ok(()),
    }
}

/// `/sidetone` in this root. The caller says what of the environment it sees.
pub fn command(root: &Path, volume: Option<&Path>) -> Command {
    let mut command = Command::new(SCRIPT);
    command.arg(root).arg(volume.unwrap_or(Path::new("-"))).arg("/sidetone");
    command
}

/// The process in the root of one that [`command`] has made; outside of it, it has this number.
///
/// # Errors
/// There is none.
pub fn first_process(outer: u32) -> Result<u32> {
    let children = fs::read_to_string(format!("/proc/{outer}/task/{outer}/children"))?;
    children.trim().parse().with_context(|| format!("children of {outer}: {children:?}"))
}

/// An image that was built without a daemon, taken apart.
pub struct Image {
    folder: tempfile::TempDir,
    /// What is said of it: `User`, `Env`, `Entrypoint` and so on.
    pub config: Value,
}

impl Image {
    /// Built as `make image` does it.
    ///
    /// # Errors
    /// buildah cannot.
    pub async fn build() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        // A store of its own, which needs no overlay of the kernel's.
        let store = format!(
            "[storage]\ndriver = \"vfs\"\ngraphroot = \"{}\"\nrunroot = \"{}\"\n",
            at("store").display(),
            at("run").display()
        );
        fs::write(at("storage.conf"), store)?;
        let run = async |program: &str, arguments: &[&str]| -> Result<String> {
            let mut command = Command::new(program);
            command.args(arguments).env("BUILDER", "buildah").env("BUILDAH_ISOLATION", "chroot");
            let output = command.env("CONTAINERS_STORAGE_CONF", at("storage.conf")).output().await;
            let output = output.with_context(|| format!("{program} does not start"))?;
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            ensure!(output.status.success(), "{program} {arguments:?}: {said}");
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let program = program()?.display().to_string();
        run(ROOTED, &[IMAGE_SCRIPT, "sidetone-test", &program, "Containerfile"]).await?;
        let taken_apart = at("image");
        run("buildah", &["push", "--quiet", "sidetone-test", &format!("dir:{}", taken_apart.display())])
            .await?;
        let manifest: Value = serde_json::from_slice(&fs::read(taken_apart.join("manifest.json"))?)?;
        let blob = |about: &Value| {
            let digest = about["digest"].as_str().and_then(|digest| digest.split_once(':'));
            digest.map(|(_, digest)| taken_apart.join(digest)).context("no digest")
        };
        let config: Value = serde_json::from_slice(&fs::read(blob(&manifest["config"])?)?)?;
        let root = at("root");
        fs::create_dir(&root)?;
        let Some(layers) = manifest["layers"].as_array() else { bail!("no layers: {manifest}") };
        for layer in layers {
            let (layer, root) = (blob(layer)?.display().to_string(), root.display().to_string());
            run("tar", &["--extract", "--numeric-owner", "--file", &layer, "--directory", &root]).await?;
        }
        add_to(&root)?;
        Ok(Self { folder, config: config["config"].clone() })
    }

    /// Its files.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    /// Names and values that every program in it sees.
    pub fn environment(&self) -> Vec<(String, String)> {
        let all = self.config["Env"].as_array().into_iter().flatten().filter_map(Value::as_str);
        all.filter_map(|text| text.split_once('=')).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }
}
