use std::path::Path;

/// Whether the owner of one file may read another, as far as their rights tell.
#[cfg(unix)]
pub(super) fn by_owner_of(file: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(owner) = file.metadata() else { return true };
    if owner.uid() == 0 {
        return true;
    }
    let may = |path: &Path, right: u32| {
        let Ok(it) = path.metadata() else { return false };
        let shift = match (it.uid() == owner.uid(), it.gid() == owner.gid()) {
            (true, _) => 6,
            (false, true) => 3,
            (false, false) => 0,
        };
        it.mode() >> shift & right != 0
    };
    may(other, 4) && other.ancestors().skip(1).all(|folder| folder.as_os_str().is_empty() || may(folder, 1))
}

#[cfg(not(unix))]
pub(super) fn by_owner_of(_: &Path, _: &Path) -> bool {
    true
}
