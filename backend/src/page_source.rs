//! Where the page's files are: in a folder, or inside this program.

use std::{fmt, fs, io::Read, path::PathBuf, time::SystemTime};

use actix_web::web::Bytes;
use flate2::read::GzDecoder;

/// Files that are part of a program: names, as they are asked for, with contents; in the order of the names. What is there
/// compressed by gzip (`.gz`) needs not be there as it is.
pub type FilesInside = &'static [(&'static str, &'static [u8])];

/// What the build has put into this program (`backend/build.rs`): nothing in a debug build.
static BUILT_IN: FilesInside = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// The file that is the page.
pub(crate) const PAGE: &str = "index.html";

/// Pre-compressed siblings of a file, the best first: end of the name, name in `Accept-Encoding`.
pub(crate) const ENCODINGS: [(&str, &str); 2] = [(".br", "br"), (".gz", "gzip")];

/// When a file and its siblings were changed last, and how long they are.
pub(crate) type Stamp = [Option<(SystemTime, u64)>; 3];

/// Where the page's files are.
#[derive(Clone)]
pub enum PageSource {
    /// A folder as it is now: a new build shows at the next request.
    Folder(PathBuf),
    /// The program, as it was built.
    Inside(FilesInside),
}

impl Default for PageSource {
    /// The page inside. A program without one looks into the folder `dist`, where `make ui` puts it.
    fn default() -> Self {
        if BUILT_IN.is_empty() { Self::Folder("dist".into()) } else { Self::Inside(BUILT_IN) }
    }
}

impl PageSource {
    /// This folder if there is one.
    pub fn of(folder: Option<PathBuf>) -> Self {
        folder.map(Self::Folder).unwrap_or_default()
    }

    /// Whether the page is there.
    pub fn has_page(&self) -> bool {
        self.stamp(PAGE).is_some()
    }

    /// Names of all files but hidden ones and compressed siblings.
    #[cfg(feature = "lambda")]
    pub(crate) fn names(&self) -> std::io::Result<Vec<String>> {
        let mut names = match self {
            Self::Folder(folder) => below(folder, "")?,
            Self::Inside(files) => files.iter().map(|(name, _)| (*name).to_owned()).collect(),
        };
        for name in &mut names {
            // Some are there in their compressed forms alone.
            let plain = ENCODINGS.iter().find_map(|(end, _)| name.strip_suffix(end).map(str::to_owned));
            *name = plain.unwrap_or_else(|| std::mem::take(name));
        }
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// `None` when there is no such file.
    pub(crate) fn stamp(&self, name: &str) -> Option<Stamp> {
        let of = |name: &str| match self {
            Self::Folder(folder) => {
                let about = fs::metadata(folder.join(name)).ok().filter(fs::Metadata::is_file)?;
                Some((about.modified().ok()?, about.len()))
            }
            Self::Inside(files) => Some((SystemTime::UNIX_EPOCH, find(files, name)?.len() as u64)),
        };
        let [br, gz] = ENCODINGS.map(|(end, _)| of(&format!("{name}{end}")));
        let itself = of(name).or(if matches!(self, Self::Inside(_)) { gz } else { None });
        Some([Some(itself?), br, gz])
    }

    /// The content of a file.
    pub(crate) fn read(&self, name: &str) -> Option<Bytes> {
        match self {
            Self::Folder(folder) => fs::read(folder.join(name)).ok().map(Bytes::from),
            Self::Inside(files) => find(files, name)
                .map(Bytes::from_static)
                .or_else(|| unpacked(find(files, &format!("{name}.gz"))?)),
        }
    }

    /// The content of a text file.
    pub(crate) fn read_text(&self, name: &str) -> Option<String> {
        String::from_utf8(self.read(name)?.into()).ok()
    }
}

#[cfg(feature = "lambda")]
fn below(folder: &std::path::Path, above: &str) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(|name| format!("{above}{name}")) else { continue };
        if name[above.len()..].starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            names.extend(below(&entry.path(), &format!("{name}/"))?);
        } else {
            names.push(name);
        }
    }
    Ok(names)
}

fn find(files: FilesInside, name: &str) -> Option<&'static [u8]> {
    let at = files.binary_search_by_key(&name, |(name, _)| name).ok()?;
    files.get(at).map(|(_, content)| *content)
}

/// For the few who take nothing compressed, and for what is read here.
fn unpacked(gzip: &[u8]) -> Option<Bytes> {
    let mut content = Vec::new();
    GzDecoder::new(gzip).read_to_end(&mut content).ok()?;
    Some(content.into())
}

/// As in "there is no page in …".
impl fmt::Display for PageSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "the folder {}", folder.display()),
            Self::Inside(_) => f.write_str("this program"),
        }
    }
}

/// Not what is in the files.
impl fmt::Debug for PageSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Both kinds, with the files of a folder, none of them below another folder.
#[cfg(test)]
pub(crate) fn both(folder: &std::path::Path) -> [PageSource; 2] {
    let named = |entry: std::io::Result<fs::DirEntry>| -> (&'static str, &'static [u8]) {
        let entry = entry.unwrap();
        (entry.file_name().into_string().unwrap().leak(), fs::read(entry.path()).unwrap().leak())
    };
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(named).collect();
    files.sort_unstable();
    [PageSource::Folder(folder.to_owned()), PageSource::Inside(files.leak())]
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_inside_in_its_compressed_form_alone_is_there_all_the_same() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"<html>").unwrap();
        let packed: &[u8] = packed.finish().unwrap().leak();
        let page = PageSource::Inside(vec![("index.html.gz", packed), ("spoiled.js.gz", b"?")].leak());
        assert!(page.has_page());
        assert_eq!(page.read_text("index.html").unwrap(), "<html>");
        assert_eq!(page.read("index.html.gz").unwrap(), packed);
        assert_eq!(page.read("spoiled.js"), None);
        assert!(page.stamp("missing.js").is_none() && page.read("missing.js").is_none());
    }
}
