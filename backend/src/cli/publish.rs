use std::{
    io::{self, Write},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use backend::{
    config,
    page::published::{Object, published},
};

use super::{args::PublishArgs, terminal::print};

/// Puts the page into a bucket, with AWS's own command line.
#[expect(clippy::unused_async, reason = "called as the other commands are")]
pub(super) async fn publish(args: PublishArgs) -> Result<()> {
    let settings = config::load(args.config.file())?;
    let objects = published(&settings)?;
    for object in &objects {
        let words = words(&args.bucket, object);
        if args.dry_run {
            print(&shown(&words));
        } else {
            put(&words, object)?;
        }
    }
    if !args.dry_run {
        print(&format!(
            "{} files are in s3://{}; the page is at {}/",
            objects.len(),
            args.bucket,
            settings.public_url
        ));
    }
    Ok(())
}

/// `aws s3 cp` and what it is to say of the file.
fn words(bucket: &str, object: &Object) -> Vec<String> {
    let mut words: Vec<String> = ["s3", "cp", "-"].map(str::to_owned).into();
    words.push(format!("s3://{bucket}/{}", object.key));
    let mut option = |name: &str, value: String| words.extend([name.to_owned(), value]);
    option("--content-type", object.content_type.to_owned());
    option("--cache-control", object.cache_control.to_owned());
    if let Some(encoding) = object.content_encoding {
        option("--content-encoding", encoding.to_owned());
    }
    if !object.metadata.is_empty() {
        let metadata = object.metadata.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into()));
        option("--metadata", serde_json::Value::Object(metadata.collect()).to_string());
    }
    words.push("--only-show-errors".to_owned());
    words
}

fn put(words: &[String], object: &Object) -> Result<()> {
    let mut command = Command::new("aws");
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut aws = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!(
            "there is no `aws` on PATH: install AWS's command line, and sign in with it (`aws configure`)"
        ),
        _ => anyhow::Error::new(error).context("`aws` does not start"),
    })?;
    // Who does not listen says why.
    let written = aws.stdin.take().map(|mut stdin| stdin.write_all(&object.content));
    let ended = aws.wait_with_output().context("`aws` does not end")?;
    if !ended.status.success() {
        bail!(
            "`aws` could not put {}: {}\nWhat was put before stays, and the page is as it was; once that is mended, run this again",
            object.key,
            String::from_utf8_lossy(&ended.stderr).trim()
        );
    }
    written.transpose().with_context(|| format!("`aws` did not take all of {}", object.key)).map(drop)
}

/// As a shell takes it.
fn shown(words: &[String]) -> String {
    let is_plain = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:".contains(&b));
    let quoted = words
        .iter()
        .map(|word| if is_plain(word) { word.clone() } else { format!("'{}'", word.replace('\'', r"'\''")) });
    format!("aws {}", quoted.collect::<Vec<_>>().join(" "))
}
