//! What the container image (deploy/Containerfile) asks of whoever starts it.

use std::{env, fs, path::Path};

use anyhow::{Result, bail};

/// The image says by it which folder must be a volume. Nobody else sets it.
const VOLUME: &str = "SIDETONE_VOLUME";

/// Whether what these files keep outlives the container. Outside of the image there is nothing to be asked.
///
/// # Errors
/// There is no volume, it cannot be written, or this is root.
pub(super) fn check(kept: &[&Path]) -> Result<()> {
    let Some(volume) = env::var_os(VOLUME).filter(|volume| !volume.is_empty()) else { return Ok(()) };
    let volume = Path::new(&volume);
    refuse_root(volume)?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    for file in kept {
        let file = std::path::absolute(file)?;
        match mounted(&mounts, &file) {
            Some(mount) if mount.kind == "tmpfs" => tracing::warn!(
                "{} is kept in memory ({} is a tmpfs): it is lost when the container ends",
                file.display(),
                mount.place
            ),
            Some(_) => {}
            None if mounts.is_empty() => {}
            None => bail!(
                "{} is on no volume: lines, sessions and the call log would be lost with the container. Start it with one, such as \
                 `docker run --volume sidetone:{} …`, or name a PostgreSQL in SIDETONE_DATABASE",
                file.display(),
                volume.display()
            ),
        }
    }
    if kept.iter().any(|file| std::path::absolute(file).is_ok_and(|file| file.starts_with(volume))) {
        refuse_foreign(volume)?;
    }
    Ok(())
}

#[cfg(unix)]
fn refuse_root(volume: &Path) -> Result<()> {
    if rustix::process::geteuid().is_root() {
        bail!(
            "this container runs as root, and nothing in it needs to: leave out `--user`, and the image's own user (65532) runs it. \
             What root writes into {} that user could not write again",
            volume.display()
        );
    }
    Ok(())
}

#[cfg(unix)]
fn refuse_foreign(volume: &Path) -> Result<()> {
    use rustix::{fs, process};
    if fs::access(volume, fs::Access::WRITE_OK).is_err() {
        let (user, group) = (process::geteuid().as_raw(), process::getegid().as_raw());
        bail!(
            "the volume at {} cannot be written by this container's user, {user}: on the host, `chown {user}:{group}` its folder; and \
             mount it without `:ro`",
            volume.display()
        );
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_root(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn refuse_foreign(_: &Path) -> Result<()> {
    Ok(())
}

#[derive(Debug, PartialEq)]
struct Mount {
    place: String,
    kind: String,
}

/// What a file is on, in the words of proc_pid_mountinfo(5); `None` for what is on the root, which ends with the container.
fn mounted(mounts: &str, file: &Path) -> Option<Mount> {
    let all = mounts.lines().filter_map(|line| {
        let place = unescaped(line.split(' ').nth(4)?);
        let kind = line.split_once(" - ")?.1.split(' ').next()?.to_owned();
        Some(Mount { place, kind })
    });
    // Of several on one place, the last one is seen.
    let holding = all.filter(|mount| file.starts_with(&mount.place));
    holding.max_by_key(|mount| mount.place.len()).filter(|mount| mount.place != "/")
}

/// Blanks stand there as `\040`.
fn unescaped(place: &str) -> String {
    let codes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    codes.iter().fold(place.to_owned(), |place, (code, letter)| place.replace(code, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
1 0 0:48 / / ro,relatime master:1 - overlay overlay rw,lowerdir=/l,upperdir=/u
2 1 0:50 / /proc rw,nosuid - proc proc rw
3 1 254:1 /var/lib/docker/volumes/sidetone/_data /data rw,relatime - ext4 /dev/vda1 rw
4 1 0:55 / /data/in\\040memory rw - tmpfs tmpfs rw
";

    #[test]
    fn a_file_is_on_the_innermost_mount() {
        let on = |file: &str| mounted(MOUNTS, Path::new(file)).map(|mount| (mount.place, mount.kind));
        let mount = |place: &str, kind: &str| Some((place.to_owned(), kind.to_owned()));
        assert_eq!(on("/data/sidetone.db"), mount("/data", "ext4"));
        assert_eq!(on("/data/in memory/sidetone.db"), mount("/data/in memory", "tmpfs"));
        for on_the_root in ["/database/sidetone.db", "/sidetone.db", "/etc/sidetone/sidetone.toml"] {
            assert_eq!(on(on_the_root), None, "{on_the_root}");
        }
        assert_eq!(mounted("", Path::new("/data/sidetone.db")), None);
    }
}
