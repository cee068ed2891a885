//! Whose request it is: what limits and the audit log go by.

use anyhow::{Result, ensure};
use e2e::lambda::event::Format;
use e2e::lambda::site::{PUBLIC_URL, Site};

const SECRET: &str = "what only the distribution knows";

#[tokio::test]
async fn the_event_says_who_asks_and_cloudfront_for_whom() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance(SECRET)?;
    let last = "SELECT address FROM audit ORDER BY id DESC LIMIT 1";
    for format in [Format::V1, Format::V2] {
        for (verify, viewer, expected) in [
            (None, None, "203.0.113.9"),
            (Some(SECRET), Some("198.51.100.7"), "198.51.100.7"),
            (Some(SECRET), Some("2001:db8::1"), "2001:db8::1"),
            // Whoever comes past CloudFront may write what they like.
            (Some("a guess"), Some("198.51.100.8"), "203.0.113.9"),
            (None, Some("198.51.100.8"), "203.0.113.9"),
            (Some(SECRET), Some("nobody"), "203.0.113.9"),
            (Some(SECRET), None, "203.0.113.9"),
        ] {
            let mut asked = Site::sign_in("a wrong passcode")
                .with("x-forwarded-for", "192.0.2.1")
                .with("forwarded", "for=192.0.2.2");
            for (name, value) in [("x-origin-verify", verify), ("true-client-ip", viewer)] {
                if let Some(value) = value {
                    asked = asked.with(name, value);
                }
            }
            site.rows("DELETE FROM failures").await?;
            let answered = instance.ask(format, &asked).await?;
            ensure!(answered.status == 401, "{}", answered.text());
            ensure!(
                site.rows(last).await? == expected,
                "{format:?} {verify:?} {viewer:?}: {}",
                site.rows(last).await?
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn limits_count_for_the_client_and_not_for_cloudfront() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance(SECRET)?;
    let from = |viewer: &str| {
        let mut asked =
            Site::sign_in("a wrong passcode").with("x-origin-verify", SECRET).with("true-client-ip", viewer);
        // A number that no line has, each time another one, so that only the address counts.
        asked.body = String::from_utf8_lossy(&asked.body)
            .replace("0143", viewer.rsplit('.').next().unwrap_or_default())
            .into();
        asked
    };
    let mut refused = 0;
    for n in 0..31 {
        let mut asked = from("198.51.100.7");
        asked.body =
            String::from_utf8_lossy(&asked.body).replace("+12025557", &format!("+120255501{n:02}")).into();
        let answered = instance.ask(Format::V2, &asked).await?;
        refused += u32::from(answered.status == 429);
    }
    ensure!(refused == 1, "{refused} of 31 were refused");
    let other = instance.ask(Format::V2, &from("198.51.100.8")).await?;
    ensure!(other.status == 401, "somebody else: {} {}", other.status, other.text());
    Ok(())
}
