//! The page as a bucket has it, which answers with what it was given: each file in one encoding, with the headers that the server
//! itself would answer with.

use std::io;

use actix_web::web::Bytes;
use shared::api::paths::{self, MUSIC_NAMES, SOUND_NAMES};
use thiserror::Error;

use super::{Sounds, files::Asset, headers};
use crate::{
    config::Settings,
    http::{middleware::NOTHING, state::page_of},
    page_source::PAGE,
};

/// A file, and what it is answered with.
pub struct Object {
    /// Its path, without a slash at the beginning.
    pub key: String,
    pub content: Bytes,
    pub content_type: &'static str,
    pub cache_control: &'static str,
    /// Every browser that can run the page takes it.
    pub content_encoding: Option<&'static str>,
    /// Headers that a bucket does not know: it keeps them for whoever answers in its name.
    pub metadata: Vec<(&'static str, String)>,
}

/// Why there is nothing to be published.
#[derive(Debug, Error)]
pub enum PublishError {
    #[error("there is no page in {0}: build it with `make ui`, or name its folder with ui_dir")]
    NoPage(String),
    #[error("the page's folder cannot be read: {0}")]
    Folder(#[from] io::Error),
    #[error("the page's file {0} cannot be read")]
    File(String),
    #[error(
        "the headers of {key} have {length} bytes, and S3 keeps no more than {MOST_METADATA}: name fewer edges"
    )]
    TooLong { key: String, length: usize },
}

const POLICY: &str = "content-security-policy";
/// Bytes of names and values: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>.
const MOST_METADATA: usize = 2048;

/// All files of the page, in an order in which whoever loads it meanwhile finds everything: the page comes last.
///
/// # Errors
/// There is no page, or it cannot be read.
pub fn published(settings: &Settings) -> Result<Vec<Object>, PublishError> {
    if !settings.page.has_page() {
        return Err(PublishError::NoPage(settings.page.to_string()));
    }
    let below = settings.public_url.prefix().trim_start_matches('/');
    let key = |name: &str| if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
    let files = page_of(settings, &settings.public_url);
    let mut objects = Vec::new();
    for name in settings.page.names()? {
        // Whoever answers compresses pages, which are not as they were built.
        let encodings = if name.ends_with(".html") { "" } else { "br" };
        let asset = files.file(&name, encodings).ok_or_else(|| PublishError::File(name.clone()))?;
        let link = (name == PAGE).then(|| ("link", headers::preloads(settings.public_url.prefix())));
        objects.push(object(key(&name), asset, link)?);
    }
    let sounds = Sounds::synthesise();
    for name in SOUND_NAMES.into_iter().chain(MUSIC_NAMES) {
        let name = format!("{}/{name}.wav", paths::SOUNDS);
        let sound = name.trim_start_matches(paths::SOUNDS).trim_matches('/').trim_end_matches(".wav");
        let content = sounds.get(sound).ok_or_else(|| PublishError::File(name.clone()))?;
        objects.push(Object {
            key: key(&name),
            content: Bytes::copy_from_slice(content),
            content_type: "audio/wav",
            cache_control: headers::SOUNDS,
            content_encoding: None,
            metadata: vec![(POLICY, NOTHING.to_owned())],
        });
    }
    let (page, worker) = (key(PAGE), key(paths::SERVICE_WORKER));
    objects.sort_by_key(|object| {
        let hashed = object.cache_control.contains("immutable");
        (object.key == page, object.key == worker, !hashed, object.key.clone())
    });
    Ok(objects)
}

fn object(key: String, asset: Asset, link: Option<(&'static str, String)>) -> Result<Object, PublishError> {
    let cache_control = headers::cache_control(&asset);
    let policy = asset.policy.as_ref().and_then(|policy| policy.to_str().ok());
    let policy = (POLICY, policy.unwrap_or(NOTHING).to_owned());
    let mut content = asset.content;
    if key.ends_with(".html") {
        // A bucket tells browsers that a page is as it was when its content is, and they keep its old policy then.
        let etag = asset.etag.to_str().unwrap_or_default().trim_matches('"').to_owned();
        content = [&content[..], format!("<!-- {etag} -->\n").as_bytes()].concat().into();
    }
    let metadata: Vec<_> = [policy].into_iter().chain(link).collect();
    let length = metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    if length > MOST_METADATA {
        return Err(PublishError::TooLong { key, length });
    }
    let Asset { content_type, encoding: content_encoding, .. } = asset;
    Ok(Object { key, content, content_type, cache_control, content_encoding, metadata })
}
