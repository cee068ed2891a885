use std::{fs, path::Path};

/// The file of a database and its write-ahead log, as they were when the connections were opened. A file that is deleted
/// or replaced leaves the old one to those that have it open: SQLite goes on writing into what nobody will ever read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Files {
    database: Option<FileId>,
    log: Option<FileId>,
}

/// How the files are now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Now {
    Same,
    /// There is no database at its place.
    Gone,
    /// There is another one, or its write-ahead log was taken away.
    Replaced,
}

impl Files {
    pub(super) fn of(database: &Path) -> Self {
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        Self { database: id(database), log: id(Path::new(&log)) }
    }

    pub(super) fn now(self, database: &Path) -> Now {
        let now = Self::of(database);
        match now.database {
            _ if now == self => Now::Same,
            None => Now::Gone,
            Some(_) => Now::Replaced,
        }
    }
}

/// Device and inode.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(unix)]
fn id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// Where files have no number, only their absence is seen; open files can mostly not be deleted there.
#[cfg(not(unix))]
type FileId = ();

#[cfg(not(unix))]
fn id(path: &Path) -> Option<FileId> {
    fs::metadata(path).ok().map(drop)
}
