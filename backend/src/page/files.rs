//! The folder that Trunk builds, as it is now: a new build shows at the next request.

use std::{
    fs,
    path::{Path, PathBuf},
};

use aws_lc_rs::digest;
use shared::api::paths;

use super::policy::{self, ContentSecurityPolicy};

/// A file to be served.
pub(crate) struct Asset {
    pub(crate) content: Vec<u8>,
    pub(crate) content_type: &'static str,
    /// `br` or `gzip`
    pub(crate) encoding: Option<&'static str>,
    pub(crate) etag: String,
    /// Its name has a hash of its content.
    pub(crate) immutable: bool,
    /// For pages and the service worker: what they may load and run.
    pub(crate) policy: Option<String>,
}

/// Pre-compressed siblings, the best first: extension, name in `Accept-Encoding`.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gz", "gzip")];

/// A file of the folder, or its compressed sibling when the browser takes it. `path` comes from the request.
pub(crate) fn asset(
    dir: &Path,
    path: &str,
    policy: &ContentSecurityPolicy,
    accept_encoding: &str,
) -> Option<Asset> {
    let file = inside(dir, path)?;
    let name = file.file_name()?.to_str()?.to_owned();
    let (content, encoding) = best(&file, accept_encoding)?;
    let policy = match name.as_str() {
        paths::SERVICE_WORKER => Some(policy::WORKER.to_owned()),
        _ if name.ends_with(".html") => Some(policy.of_page(&fs::read_to_string(&file).ok()?)),
        _ => None,
    };
    Some(Asset {
        etag: etag(&[&content, policy.as_deref().unwrap_or_default().as_bytes()]),
        content,
        content_type: content_type(&name),
        encoding,
        immutable: is_hashed(&name),
        policy,
    })
}

/// The page, with its base at the prefix and, where there is an emulator, the shim before the SDK. `None` when it is not
/// built.
pub(crate) fn index(
    dir: &Path,
    prefix: &str,
    with_shim: bool,
    policy: &ContentSecurityPolicy,
    accept_encoding: &str,
) -> Option<Asset> {
    let file = dir.join("index.html");
    let page = fs::read_to_string(&file).ok()?;
    let mut written = with_base(&page, prefix);
    if with_shim {
        let tag = |path| format!("<script defer src=\"{path}\">");
        let (shim, sdk) = (tag(paths::EMULATOR_SHIM), tag(paths::SDK));
        written = written.replacen(&sdk, &format!("{shim}</script>{sdk}"), 1);
    }
    let policy = policy.of_page(&written);
    // A compressed sibling is of use only when nothing had to be changed.
    let (content, encoding) =
        if written == page { best(&file, accept_encoding)? } else { (written.into_bytes(), None) };
    let content_type = "text/html; charset=utf-8";
    // A browser keeps the old policy when it is told that the page is as it was: another policy is another page.
    let etag = etag(&[&content, policy.as_bytes()]);
    Some(Asset { etag, content, content_type, encoding, immutable: false, policy: Some(policy) })
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

fn best(file: &Path, accept_encoding: &str) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (extension, encoding) in ENCODINGS {
        if accepts(accept_encoding, encoding) {
            let mut sibling = file.as_os_str().to_owned();
            sibling.push(".");
            sibling.push(extension);
            let sibling = PathBuf::from(sibling);
            // One left over from an older build must not win.
            if is_as_new(&sibling, file)
                && let Ok(content) = fs::read(&sibling)
            {
                return Some((content, Some(encoding)));
            }
        }
    }
    fs::read(file).ok().map(|content| (content, None))
}

fn is_as_new(sibling: &Path, file: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    match (changed(sibling), changed(file)) {
        (Some(sibling), Some(file)) => sibling >= file,
        _ => false,
    }
}

fn accepts(accept_encoding: &str, encoding: &str) -> bool {
    accept_encoding.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next() == Some(encoding) && !pieces.any(|piece| piece == "q=0" || piece == "q=0.0")
    })
}

/// The file below the folder; `None` for hidden ones and for every trick to leave the folder.
fn inside(dir: &Path, path: &str) -> Option<PathBuf> {
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let harmless = |segment: &str| {
        !segment.is_empty() && !segment.starts_with('.') && !segment.contains(['\\', ':', '\0'])
    };
    if !path.split('/').all(harmless) {
        return None;
    }
    let file = dir.join(path.as_ref());
    file.is_file().then_some(file)
}

fn etag(parts: &[&[u8]]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| context.update(part));
    let hash = context.finish();
    let hex: String = hash.as_ref().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// Trunk's names: `frontend-0123456789abcdef_bg.wasm`.
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
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let ui = dir.path().join("ui");
        fs::create_dir(&ui).unwrap();
        fs::write(dir.path().join("secret.txt"), "secret").unwrap();
        fs::write(ui.join(".hidden"), "hidden").unwrap();
        fs::write(ui.join("a.txt"), "a").unwrap();
        let policy = ContentSecurityPolicy::new(&[], None);
        assert!(asset(&ui, "a.txt", &policy, "").is_some());
        for path in [
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
        ] {
            assert!(asset(&ui, path, &policy, "").is_none(), "{path}");
        }
    }

    #[test]
    fn compressed_siblings_are_used_when_accepted_and_fresh() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("app-0123456789abcdef.js"), "plain").unwrap();
        fs::write(dir.path().join("app-0123456789abcdef.js.gz"), "zipped").unwrap();
        let policy = ContentSecurityPolicy::new(&[], None);
        let get = |accept: &str| asset(dir.path(), "app-0123456789abcdef.js", &policy, accept).unwrap();
        assert_eq!(get("gzip, br").encoding, Some("gzip"));
        assert_eq!(get("gzip;q=0").encoding, None);
        assert_eq!(get("identity").content, b"plain");
        assert!(get("").immutable);
        assert_ne!(get("gzip").etag, get("").etag);
        assert_eq!(get("").content_type, "text/javascript; charset=utf-8");
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
            let asset =
                index(Path::new(source), "", with_shim, &ContentSecurityPolicy::new(&[], None), "").unwrap();
            String::from_utf8(asset.content).unwrap()
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
