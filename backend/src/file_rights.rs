//! What the rights of files allow: this process to write, and others to read.

use std::{
    io,
    path::{Path, PathBuf},
};

/// What SQLite puts beside a database.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Whether this process may write a database: the file, those beside it, and their folder, in which they come and go.
/// Changes nothing.
///
/// # Errors
/// What may not be written, and why.
pub(crate) fn check_writable(database: &Path) -> io::Result<()> {
    may_write(database, "the file")?;
    for path in BESIDE.map(|end| with_end(database, end)) {
        may_write(&path, &path.display().to_string())?;
    }
    let folder = folder_of(database);
    may_write(&folder, &format!("its folder {}", folder.display()))
}

/// A link is followed: the files beside it are beside what it leads to.
fn folder_of(file: &Path) -> PathBuf {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// What is not there can be made.
#[cfg(unix)]
fn may_write(path: &Path, what: &str) -> io::Result<()> {
    use rustix::fs::{Access, access};
    match access(path, Access::WRITE_OK).map_err(io::Error::from) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(io::Error::new(error.kind(), format!("{what}: {error}")))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn may_write(path: &Path, what: &str) -> io::Result<()> {
    match path.metadata() {
        Ok(file) if file.is_file() && file.permissions().readonly() => {
            Err(io::Error::other(format!("{what} is read-only")))
        }
        _ => Ok(()),
    }
}

/// Bytes that are left on the disk for this process; `None` where that cannot be told.
#[cfg(unix)]
pub(crate) fn room(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(not(unix))]
pub(crate) fn room(_: &Path) -> Option<u64> {
    None
}

/// A file with secrets that everybody on this machine may read or write, or a folder in which everybody may put another one
/// in its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Exposed {
    pub path: PathBuf,
    /// What `chmod` takes, without its first digits.
    pub mode: u32,
    /// It is a folder.
    pub folder: bool,
}

impl Exposed {
    /// A sentence without its full stop.
    #[must_use]
    pub fn says(&self) -> String {
        let Self { path, mode, folder } = self;
        if *folder {
            let path = path.display();
            return format!(
                "everybody on this machine may put other files in the place of those with secrets in {path} (mode {mode:04o})"
            );
        }
        let may = match mode & 0o006 {
            0o002 => "write",
            0o006 => "read and write",
            _ => "read",
        };
        format!(
            "everybody on this machine may {may} {} (mode {mode:04o}), which holds secrets",
            path.display()
        )
    }

    #[must_use]
    pub fn cure(&self) -> String {
        format!("chmod {} {}", if self.folder { "o-w" } else { "o-rwx" }, self.path.display())
    }
}

/// Which of the configuration, the database, the files beside it and their folders are open to everybody. A group that may read is the
/// operator's choice.
#[must_use]
pub fn exposed(config: Option<&Path>, database: Option<&Path>) -> Vec<Exposed> {
    let beside = database.into_iter().flat_map(|path| BESIDE.map(|end| with_end(path, end)));
    let files = config.into_iter().chain(database).map(Path::to_owned).chain(beside);
    let files = files.filter_map(|path| {
        let mode = mode(&path)?;
        (mode & 0o006 != 0).then_some(Exposed { path, mode: mode & 0o777, folder: false })
    });
    let mut folders: Vec<_> = config.into_iter().chain(database).map(folder_of).collect();
    folders.dedup();
    // Where the sticky bit is set, as on /tmp, a file is its owner's alone to replace.
    let folders = folders.into_iter().filter_map(|path| {
        let mode = mode(&path)?;
        (mode & 0o1002 == 0o002).then_some(Exposed { path, mode: mode & 0o777, folder: true })
    });
    files.chain(folders).collect()
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(path.metadata().ok()?.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn everybody_is_told_from_a_group() {
        let dir = tempfile::tempdir().unwrap();
        let (config, database) = (dir.path().join("sidetone.toml"), dir.path().join("sidetone.db"));
        let log = with_end(&database, "-wal");
        for (path, mode) in [(&config, 0o640), (&database, 0o600), (&log, 0o600)] {
            fs::write(path, "").unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
        assert_eq!(exposed(Some(&config), Some(&database)), []);
        for (path, mode, may) in [
            (&config, 0o644, "may read "),
            (&database, 0o602, "may write "),
            (&log, 0o666, "may read and write "),
        ] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            let exposed = exposed(Some(&config), Some(&database));
            let found = exposed.iter().find(|exposed| exposed.path == *path).unwrap();
            assert_eq!(found.mode, mode);
            assert!(found.says().contains(may), "{}", found.says());
            assert_eq!(found.cure(), format!("chmod o-rwx {}", path.display()));
        }
        assert_eq!(exposed(None, None), []);
    }

    #[test]
    fn a_folder_in_which_everybody_may_replace_a_file_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().canonicalize().unwrap().join("data");
        fs::create_dir(&data).unwrap();
        let database = data.join("sidetone.db");
        fs::write(&database, "").unwrap();
        fs::set_permissions(&database, fs::Permissions::from_mode(0o600)).unwrap();
        for (mode, told) in [(0o700, false), (0o755, false), (0o775, false), (0o1777, false), (0o777, true)] {
            fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
            let exposed = exposed(None, Some(&database));
            assert_eq!(exposed.len(), usize::from(told), "{mode:o}: {exposed:?}");
            for exposed in exposed {
                assert!(exposed.says().contains("put other files in the place"), "{}", exposed.says());
                assert_eq!(exposed.cure(), format!("chmod o-w {}", data.display()));
            }
        }
    }
}
