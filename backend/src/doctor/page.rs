use reqwest::Client;
use shared::api::paths;

use super::finding::Finding;
use crate::{config::PublicUrl, page_source::PageSource};

/// Older ones lose the line after a laptop's sleep.
const OLDEST_SDK: Version = (2, 18, 5);

type Version = (u32, u32, u32);

/// The page is built, and has a good version of Twilio's SDK. `server`: where it is served, if it can be reached.
pub(super) async fn check(source: &PageSource, server: Option<(&Client, &PublicUrl)>) -> Vec<Finding> {
    let page = if source.has_page() {
        Finding::fine("page", format!("the page is in {source}"))
    } else {
        let says = format!("there is no page in {source}");
        let cure = "Build it (make ui), or name its folder with ui_dir; a path is seen from the folder in which the \
                    command runs.";
        Finding::wrong("page", says, cure)
    };
    let script = match server {
        Some((client, public_url)) => served(client, &public_url.join(paths::SDK)).await,
        None => source.read_text(paths::SDK),
    };
    vec![page, sdk(script.as_deref())]
}

async fn served(client: &Client, url: &str) -> Option<String> {
    client.get(url).send().await.ok()?.error_for_status().ok()?.text().await.ok()
}

fn sdk(script: Option<&str>) -> Finding {
    let cure = "Build the page again (make ui); browsers may have to forget the old one.";
    let Some(script) = script else {
        let says = format!("{} is not served: the phone cannot start", paths::SDK);
        return Finding::wrong("sdk", says, cure);
    };
    let (major, minor, patch) = OLDEST_SDK;
    match version(script) {
        None => Finding::warning("sdk", format!("{} does not tell its version", paths::SDK), cure),
        Some((text, version)) if version >= OLDEST_SDK => {
            Finding::fine("sdk", format!("Twilio's SDK {text} is served"))
        }
        Some((text, _)) => Finding::wrong(
            "sdk",
            format!("Twilio's SDK {text} is served; it must be {major}.{minor}.{patch} or later"),
            cure,
        ),
    }
}

fn version(script: &str) -> Option<(&str, Version)> {
    const NAME: &str = "RELEASE_VERSION";
    // The name comes more than once; the version stands behind it where it is set.
    let mut places = script.match_indices(NAME).filter_map(|(at, _)| script.get(at + NAME.len()..));
    let text = places.find_map(|rest| rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"'))?;
    let (text, _) = text.split_once('"')?;
    let mut parts = text.split(['.', '-']).map(|part| part.parse().ok());
    Some((text, (parts.next()??, parts.next()??, parts.next()??)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn the_sdk_tells_its_version() {
        let script = |version: &str| {
            format!(
                "exports.v=a.RELEASE_VERSION;var PACKAGE_NAME=\"@twilio/voice-sdk\";var RELEASE_VERSION=\"{version}\";var SOUNDS_BASE_URL=1"
            )
        };
        for (version, verdict) in [
            ("2.18.5", Verdict::Fine),
            ("2.19.0-rc1", Verdict::Fine),
            ("3.0.0", Verdict::Fine),
            ("2.18.4", Verdict::Wrong),
            ("2.9.10", Verdict::Wrong),
            ("?", Verdict::Warning),
        ] {
            assert_eq!(sdk(Some(&script(version))).verdict, verdict, "{version}");
        }
        assert_eq!(sdk(Some("<html>")).verdict, Verdict::Warning);
        assert_eq!(sdk(None).verdict, Verdict::Wrong);
    }
}
