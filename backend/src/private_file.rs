//! Files that only their owner may read.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Writes a file of mode 0600 in one step: whoever reads it sees the old text or the new one, also after a crash.
///
/// # Errors
/// The folder does not exist or cannot be written.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link is followed, or it would be replaced by a file.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (draft, mut file) = draft(&path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    drop(file);
    let outcome = written.and_then(|()| fs::rename(&draft, &path));
    if outcome.is_err() {
        drop(fs::remove_file(&draft));
    }
    outcome
}

/// Whether [`write()`] could do it, without doing it.
///
/// # Errors
/// See [`write()`].
pub(crate) fn check(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (draft, file) = draft(&path)?;
    drop(file);
    fs::remove_file(draft)
}

/// A new file beside it.
fn draft(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let draft = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(&draft)?;
    Ok((draft, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn is_the_owners_alone_even_when_it_was_not() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let link = dir.path().join("link");
        symlink(&path, &link).unwrap();
        check(&link).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        write(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "no draft stays behind");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        assert!(check(Path::new("/no/such/folder/file")).is_err());
        assert!(write(Path::new("/no/such/folder/file"), "x").is_err());
    }
}
