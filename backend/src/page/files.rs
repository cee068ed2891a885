//! The files that the build of the page has made, as they are answered with.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use actix_web::{http::header::HeaderValue, web::Bytes};
use aws_lc_rs::digest;
use shared::api::paths;

use super::policy::{self, ContentSecurityPolicy};
use crate::page_source::{ENCODINGS, PAGE, PageSource, Stamp};

/// A file to be served. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Asset {
    pub(crate) content: Bytes,
    pub(crate) content_type: &'static str,
    /// `br` or `gzip`
    pub(crate) encoding: Option<&'static str>,
    pub(crate) etag: HeaderValue,
    /// Its name has a hash of its content.
    pub(crate) immutable: bool,
    /// For pages and the service worker: what they may load and run.
    pub(crate) policy: Option<HeaderValue>,
}

/// Each file is read and hashed once, and again when it or a compressed sibling has changed.
pub(crate) struct Files {
    source: PageSource,
    prefix: String,
    with_shim: bool,
    policy: ContentSecurityPolicy,
    /// No more than there are files, in every encoding: what does not exist is not remembered.
    known: RwLock<HashMap<Wanted, (Stamp, Asset)>>,
}

/// What somebody asks for.
#[derive(Clone, Eq, Hash, PartialEq)]
struct Wanted {
    /// As the file is called, in however many ways it can be spelled in a request.
    name: String,
    /// Of [`ENCODINGS`], in that order, which the browser takes.
    accepts: [bool; 2],
}

impl Files {
    /// `prefix` is where the page is; `with_shim` says that an emulator takes Twilio's place.
    pub(crate) fn new(
        source: PageSource,
        prefix: String,
        with_shim: bool,
        policy: ContentSecurityPolicy,
    ) -> Self {
        Self { source, prefix, with_shim, policy, known: RwLock::default() }
    }

    /// A file, or its compressed sibling when the browser takes it. `path` comes from the request.
    pub(crate) fn file(&self, path: &str, accept_encoding: &str) -> Option<Asset> {
        let name = inside(path)?;
        if name == PAGE { self.page(accept_encoding) } else { self.get(&name, accept_encoding, Self::read) }
    }

    /// The page, with its base at the prefix and, where there is an emulator, the shim before the SDK. `None` when it is not
    /// built.
    pub(crate) fn page(&self, accept_encoding: &str) -> Option<Asset> {
        self.get(PAGE, accept_encoding, Self::read_page)
    }

    fn get(
        &self,
        name: &str,
        accept_encoding: &str,
        read: fn(&Self, &Wanted, &Stamp) -> Option<Asset>,
    ) -> Option<Asset> {
        // Before it is read: what is changed meanwhile is read again.
        let now = self.source.stamp(name)?;
        let wanted = Wanted::new(name, accept_encoding);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((stamp, asset)) = known.get(&wanted)
            && *stamp == now
        {
            return Some(asset.clone());
        }
        drop(known);
        let asset = read(self, &wanted, &now)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(wanted, (now, asset.clone()));
        Some(asset)
    }

    fn read(&self, wanted: &Wanted, now: &Stamp) -> Option<Asset> {
        let name = wanted.name.rsplit('/').next()?;
        let (content, encoding) = self.best(wanted, now)?;
        let policy = match name {
            paths::SERVICE_WORKER => Some(policy::WORKER.to_owned()),
            _ if name.ends_with(".html") => Some(self.policy.of_page(&self.source.read_text(&wanted.name)?)),
            _ => None,
        };
        Some(Asset {
            etag: etag(&[&content, policy.as_deref().unwrap_or_default().as_bytes()])?,
            content,
            content_type: content_type(name),
            encoding,
            immutable: is_hashed(name),
            policy: policy.map(HeaderValue::try_from).transpose().ok()?,
        })
    }

    fn read_page(&self, wanted: &Wanted, now: &Stamp) -> Option<Asset> {
        let page = self.source.read_text(&wanted.name)?;
        let mut written = with_base(&page, &self.prefix);
        if self.with_shim {
            let tag = |path| format!("<script defer src=\"{path}\">");
            let (shim, sdk) = (tag(paths::EMULATOR_SHIM), tag(paths::SDK));
            written = written.replacen(&sdk, &format!("{shim}</script>{sdk}"), 1);
        }
        let policy = self.policy.of_page(&written);
        // A compressed sibling is of use only when nothing had to be changed.
        let (content, encoding) =
            if written == page { self.best(wanted, now)? } else { (Bytes::from(written), None) };
        Some(Asset {
            // A browser keeps the old policy when it is told that the page is as it was: another policy is another page.
            etag: etag(&[&content, policy.as_bytes()])?,
            content,
            content_type: "text/html; charset=utf-8",
            encoding,
            immutable: false,
            policy: Some(HeaderValue::try_from(policy).ok()?),
        })
    }

    fn best(&self, wanted: &Wanted, now: &Stamp) -> Option<(Bytes, Option<&'static str>)> {
        let [changed, siblings @ ..] = now.map(|about| about.map(|(changed, _)| changed));
        for (((end, encoding), accepted), sibling_changed) in
            ENCODINGS.into_iter().zip(wanted.accepts).zip(siblings)
        {
            // One left over from an older build must not win.
            if accepted
                && sibling_changed >= changed
                && let Some(content) = self.source.read(&format!("{}{end}", wanted.name))
            {
                return Some((content, Some(encoding)));
            }
        }
        self.source.read(&wanted.name).map(|content| (content, None))
    }
}

impl Wanted {
    fn new(name: &str, accept_encoding: &str) -> Self {
        let accepts = ENCODINGS.map(|(_, encoding)| accepts(accept_encoding, encoding));
        Self { name: name.to_owned(), accepts }
    }
}

/// Puts the prefix where the page names its base, for `<base href="/">` written in any of the usual ways.
fn with_base(page: &str, prefix: &str) -> String {
    let base = format!("<base href=\"{prefix}/\"");
    let Some(start) = page.find("<base") else {
        return page.replacen("<head>", &format!("<head>{base}>"), 1);
    };
    let Some(length) = page[start..].find('>') else { return page.to_owned() };
    let tag = &page[start..start + length];
    if tag == base || tag.trim_end_matches('/').trim_end() == base {
        return page.to_owned();
    }
    format!("{}{base}{}", &page[..start], &page[start + length..])
}

fn accepts(accept_encoding: &str, encoding: &str) -> bool {
    accept_encoding.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some(encoding) && !pieces.any(|piece| piece == "q=0" || piece == "q=0.0")
    })
}

/// The name of a file; `None` for hidden ones and for every trick to leave the folder.
fn inside(path: &str) -> Option<Cow<'_, str>> {
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let harmless = |segment: &str| {
        !segment.is_empty() && !segment.starts_with('.') && !segment.contains(['\\', ':', '\0'])
    };
    path.split('/').all(harmless).then_some(path)
}

fn etag(parts: &[&[u8]]) -> Option<HeaderValue> {
    let mut context = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| context.update(part));
    let hash = context.finish();
    let hex: String = hash.as_ref().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{hex}\"")).ok()
}

/// The names that the page's build gives: `frontend-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_']).any(|part| part.len() >= 12 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wav" => "audio/wav",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::page_source::both;

    fn files(source: PageSource) -> Files {
        Files::new(source, String::new(), false, ContentSecurityPolicy::new(&[], None))
    }

    fn in_folder(dir: &Path) -> Files {
        files(PageSource::Folder(dir.to_owned()))
    }

    #[test]
    fn a_file_that_has_changed_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let files = in_folder(dir.path());
        let get = |accept: &str| files.file("a.txt", accept).map(|asset| asset.content);
        assert_eq!(get(""), None);
        fs::write(dir.path().join("a.txt"), "first").unwrap();
        assert_eq!(get("br").unwrap(), "first");
        fs::write(dir.path().join("a.txt.br"), "brotli").unwrap();
        assert_eq!((get("br").unwrap(), get("").unwrap()), ("brotli".into(), "first".into()));
        fs::write(dir.path().join("a.txt"), "the second").unwrap();
        assert_eq!(get("").unwrap(), "the second");
        fs::remove_file(dir.path().join("a.txt")).unwrap();
        assert_eq!((get("br"), get("")), (None, None));
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let ui = dir.path().join("ui");
        fs::create_dir(&ui).unwrap();
        fs::write(dir.path().join("secret.txt"), "secret").unwrap();
        fs::write(ui.join(".hidden"), "hidden").unwrap();
        fs::write(ui.join("a.txt"), "a").unwrap();
        let paths = [
            "../secret.txt",
            "%2e%2e/secret.txt",
            "..%2fsecret.txt",
            "a/../../secret.txt",
            ".hidden",
            "",
            "/",
            "a.txt/",
            "%00",
            "%ff",
        ];
        for files in both(&ui).map(files) {
            assert!(files.file("a.txt", "").is_some());
            assert_eq!(paths.map(|path| files.file(path, "").is_some()), [false; 10]);
        }
    }

    /// Each has a copy of the file, and there is no end of spellings.
    #[test]
    fn a_file_is_kept_once_however_it_is_spelled() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "a").unwrap();
        fs::write(dir.path().join("index.html"), "<head></head>").unwrap();
        for files in both(dir.path()).map(files) {
            for path in ["a.txt", "%61.txt", "a%2Etxt", "a%2etxt", "%61%2e%74%78%74"] {
                assert_eq!(files.file(path, "").unwrap().content, "a", "{path}");
            }
            assert_eq!(files.known.read().unwrap().len(), 1);
            let page = files.page("").unwrap();
            for path in ["index.html", "%69ndex.html"] {
                assert_eq!(
                    files.file(path, "").unwrap().content,
                    page.content,
                    "the page has its base: {path}"
                );
            }
        }
    }

    #[test]
    fn compressed_siblings_are_used_when_accepted_and_fresh() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("app-0123456789abcdef.js"), "plain").unwrap();
        fs::write(dir.path().join("app-0123456789abcdef.js.gz"), "zipped").unwrap();
        for files in both(dir.path()).map(files) {
            let get = |accept: &str| files.file("app-0123456789abcdef.js", accept).unwrap();
            assert_eq!(get("gzip, br").encoding, Some("gzip"));
            assert_eq!(get("gzip").content, "zipped");
            assert_eq!(get("gzip;q=0").encoding, None);
            assert_eq!(get("identity").content, "plain");
            assert!(get("").immutable);
            assert_ne!(get("gzip").etag, get("").etag);
            assert_eq!(get("").content_type, "text/javascript; charset=utf-8");
        }
    }

    #[test]
    fn the_base_is_the_prefix() {
        let page = "<head><base href=\"/\" /><title>x</title></head>";
        assert_eq!(with_base(page, ""), page);
        assert_eq!(with_base(page, "/prod"), "<head><base href=\"/prod/\"><title>x</title></head>");
        assert_eq!(with_base("<head></head>", "/prod"), "<head><base href=\"/prod/\"></head>");
        assert_eq!(
            with_base("<head><base data-trunk-public-url></head>", ""),
            "<head><base href=\"/\"></head>"
        );
    }

    #[test]
    fn the_shim_comes_right_before_the_sdk_and_only_for_an_emulator() {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../frontend");
        let page = |with_shim| {
            let policy = ContentSecurityPolicy::new(&[], None);
            let files = Files::new(PageSource::Folder(source.into()), String::new(), with_shim, policy);
            String::from_utf8(files.page("").unwrap().content.to_vec()).unwrap()
        };
        let tags = "<script defer src=\"emulator-shim.js\"></script><script defer src=\"twilio.min.js\">";
        assert!(page(true).contains(tags));
        assert!(!page(false).contains("emulator-shim.js"));
    }

    #[test]
    fn hashed_names() {
        assert!(is_hashed("frontend-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("frontend-0123456789abcde.js"));
        assert!(!is_hashed("twilio.min.js"));
        assert!(!is_hashed("accessibility.css"));
    }
}
