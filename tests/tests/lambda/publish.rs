//! The page in a bucket, behind CloudFront: the same as from the server.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use e2e::installation::Installation;
use e2e::lambda::cloud::{Cloud, ORIGIN_VERIFY};
use e2e::lambda::event::Format;
use e2e::lambda::site::Site;
use reqwest::{Client, Response, redirect::Policy};

/// An `aws` that puts files into a folder, as the first one on PATH; gives the folder.
pub(crate) fn fake_aws(installation: &mut Installation) -> Result<PathBuf> {
    let (bin, bucket) = (installation.path("bin"), installation.path("bucket"));
    std::fs::create_dir(&bin)?;
    std::fs::create_dir(&bucket)?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/aws.py");
    std::os::unix::fs::symlink(script, bin.join("aws"))?;
    let path = std::env::var("PATH")?;
    installation.knows("PATH", format!("{}:{path}", bin.display()));
    installation.knows("FAKE_S3", bucket.display().to_string());
    Ok(bucket)
}

/// What an answer says of a file, but for what is each one's own.
fn said(answer: &Response) -> BTreeMap<String, String> {
    const OWN: [&str; 7] =
        ["date", "etag", "vary", "content-length", "transfer-encoding", "x-request-id", "content-encoding"];
    let headers = answer.headers().iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

#[tokio::test]
async fn every_file_is_answered_with_as_by_the_server() -> Result<()> {
    let (port, own) = (Installation::free_port()?, Installation::free_port()?);
    // With TLS in front there is one header more.
    let mut site = Site::new(&format!("https://localhost:{port}/prod")).await?;
    let bucket = fake_aws(&mut site.installation)?;
    let published = site.installation.sidetone(&["publish", "--bucket", "phone"]).await?.ok()?;
    ensure!(published.stdout.contains("s3://phone"), "{}", published.stdout);
    let serving = site.installation.serve(own).await?;
    let cloud = Cloud::start(port, &bucket, Format::V2, vec![site.instance(ORIGIN_VERIFY)?])?;
    let client = Client::builder().redirect(Policy::none()).build()?;

    let order = std::fs::read_to_string(bucket.join("order"))?;
    let keys: Vec<_> = order.lines().collect();
    ensure!(keys.len() > 30, "{} files", keys.len());
    ensure!(keys.last() == Some(&"prod/index.html"), "the page comes last: {keys:?}");
    let first_plain = keys.iter().position(|key| *key == "prod/manifest.webmanifest");
    let last_hashed = keys.iter().rposition(|key| key.contains("frontend-"));
    ensure!(last_hashed < first_plain, "what a page needs is there before it: {keys:?}");
    for key in &keys {
        let ask = async |port: u16| client.get(format!("http://localhost:{port}/{key}")).send().await;
        let (theirs, ours) = (ask(port).await?, ask(own).await?);
        ensure!(
            theirs.status() == 200 && ours.status() == 200,
            "{key}: {} {}",
            theirs.status(),
            ours.status()
        );
        ensure!(
            said(&theirs) == said(&ours),
            "{key}:\n{:#?}\nbut the server:\n{:#?}",
            said(&theirs),
            said(&ours)
        );
        let encoding = theirs.headers().get("content-encoding").map(|value| value.as_bytes().to_vec());
        let (theirs, ours) = (theirs.bytes().await?, ours.bytes().await?);
        match encoding {
            Some(encoding) => {
                ensure!(encoding == b"br", "{key}");
                let name = key.trim_start_matches("prod/");
                ensure!(
                    theirs == std::fs::read(e2e::stack::ui_folder().join(format!("{name}.br")))?,
                    "{key}"
                );
            }
            // A page has a mark at its end.
            None if key.ends_with(".html") => ensure!(theirs.starts_with(&ours), "{key}"),
            None => ensure!(theirs == ours, "{key}"),
        }
    }

    let get = async |path: &str| client.get(format!("http://localhost:{port}{path}")).send().await;
    for path in ["/prod/", "/prod/+12125550110"] {
        let page = get(path).await?;
        ensure!(page.status() == 200 && page.text().await?.contains("<base href=\"/prod/\""), "{path}");
    }
    for path in ["/", "/prod"] {
        let elsewhere = get(path).await?;
        ensure!(elsewhere.headers().get("location").context("no redirect")? == "/prod/", "{path}");
    }
    ensure!(get("/prod/nothing.js").await?.status() == 404, "what is not there");
    let health = get("/prod/healthz").await?;
    ensure!(health.status() == 200, "{} {}", health.text().await?, cloud.log().await);
    serving.stop().await
}

#[tokio::test]
async fn what_keeps_the_page_out_of_the_bucket_is_said() -> Result<()> {
    let mut site = Site::new("https://phone.example.com/prod").await?;
    let publish = ["publish", "--bucket", "phone"];
    site.installation.knows("PATH", "/nowhere");
    let said = site.installation.sidetone(&publish).await?;
    ensure!(!said.status.success() && said.stderr.contains("no `aws` on PATH"), "{}", said.all());

    let bucket = fake_aws(&mut site.installation)?;
    let dry = site.installation.sidetone(&[&publish[..], &["--dry-run"]].concat()).await?.ok()?;
    ensure!(
        dry.stdout.lines().all(|line| line.starts_with("aws s3 cp - s3://phone/prod/")),
        "{}",
        dry.stdout
    );
    ensure!(std::fs::read_dir(&bucket)?.next().is_none(), "a dry run does nothing");

    site.installation.knows("FAKE_S3_REFUSES", "prod/sw.js");
    let said = site.installation.sidetone(&publish).await?;
    ensure!(!said.status.success() && said.stderr.contains("prod/sw.js"), "{}", said.all());
    ensure!(
        said.stderr.contains("Access Denied") && said.stderr.contains("run this again"),
        "{}",
        said.all()
    );
    ensure!(!bucket.join("prod/index.html").exists(), "the page comes after what it needs");
    Ok(())
}
