//! What requests become, in both formats.

use anyhow::{Result, ensure};
use e2e::lambda::event::{Asked, Format};
use e2e::lambda::site::{PUBLIC_URL, Site};
use http::Method;
use serde_json::Value;
use shared::api::paths;

const FORMATS: [Format; 2] = [Format::V1, Format::V2];

#[tokio::test]
async fn sign_in_token_and_both_twiml_addresses_answer_in_both_formats() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for (n, format) in FORMATS.into_iter().enumerate() {
        let cookies = site.signed_in(&instance, format).await?;
        ensure!(cookies.matches("sidetone_").count() == 2, "two cookies: {cookies}");
        let token = instance.ask(format, &Site::token(&cookies)).await?;
        ensure!(token.status == 200 && token.text().contains("\"token\":\"ey"), "{format:?}: {token:?}");
        ensure!(instance.ask(format, &Site::token("")).await?.status == 401, "{format:?}: without a session");

        let called = instance.ask(format, &site.call_incoming(&format!("CA{n:032}"))).await?;
        let client = site.client_name().await?;
        ensure!(called.text().contains(&format!(">{client}</Client>")), "{format:?}: {}", called.text());
        ensure!(called.header("content-type").starts_with("text/xml"), "{format:?}: {called:?}");
        // The line is free again.
        site.rows("DELETE FROM calls").await?;

        let from = format!("client:{client}");
        let call_sid = format!("CA1{n:031}");
        let form =
            [("CallSid", &*call_sid), ("From", &from), ("To", "+12125550110"), ("Direction", "inbound")];
        let dialled = instance.ask(format, &site.signed("/prod", paths::CALL_OUTGOING, &form)).await?;
        ensure!(dialled.text().contains(">+12125550110</Number>"), "{format:?}: {}", dialled.text());

        site.rows("DELETE FROM calls").await?;

        let mut forged = site.call_incoming("CA00000000000000000000000000000099");
        forged.headers.insert("x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse()?);
        ensure!(instance.ask(format, &forged).await?.status == 403, "{format:?}: forged");
    }
    Ok(())
}

#[tokio::test]
async fn a_signature_over_a_query_is_good_in_both_formats() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    let path = format!("{}?a=1&b=%2Fc+d&c=", paths::CALL_INCOMING);
    for format in FORMATS {
        let asked = site.signed("/prod", &path, &[("To", "+12025550199")]);
        let answered = instance.ask(format, &asked).await?;
        ensure!(answered.status == 200, "{format:?}: {}\n{}", answered.text(), instance.log());
    }
    Ok(())
}

/// Files are no text: they come in base64, and as they were.
#[tokio::test]
async fn the_page_and_its_files_come_whole() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for format in FORMATS {
        let page = Asked::new(Method::GET, "/prod/").with("accept", "text/html");
        let page = instance.ask(format, &page).await?;
        ensure!(page.text().contains("<base href=\"/prod/\""), "{format:?}: {}", page.text());
        ensure!(page.header("content-security-policy").contains("script-src"), "{format:?}: {page:?}");
        for (name, encoding) in [("icon-192.png", ""), ("twilio.min.js", "br"), ("twilio.min.js", "")] {
            let asked = Asked::new(Method::GET, &format!("/prod/{name}")).with("accept-encoding", encoding);
            let file = instance.ask(format, &asked).await?;
            let end = if encoding.is_empty() { "" } else { ".br" };
            let built = std::fs::read(e2e::stack::ui_folder().join(format!("{name}{end}")))?;
            ensure!(
                file.body == built && file.header("content-encoding") == encoding,
                "{format:?}: {name} {encoding}"
            );
        }
        let head = instance.ask(format, &Asked::new(Method::HEAD, "/prod/healthz")).await?;
        ensure!(head.status == 200, "{format:?}: {head:?}");
        let nothing = instance.ask(format, &Asked::new(Method::GET, "/prod/api/nothing")).await?;
        ensure!(nothing.status == 404 && nothing.header(paths::OWN_HEADER) == "1", "{format:?}: {nothing:?}");
    }
    Ok(())
}

/// API Gateway wants a whole answer: browsers are told to listen no more.
#[tokio::test]
async fn events_that_would_come_for_ever_are_not_waited_for() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for format in FORMATS {
        let cookies = site.signed_in(&instance, format).await?;
        let asked = Asked::new(Method::GET, &format!("/prod/{}", paths::EVENTS));
        let asked = asked.with("accept", "text/event-stream").with("cookie", &cookies);
        let answered = instance.ask(format, &asked).await?;
        ensure!(answered.status == 204 && answered.body.is_empty(), "{format:?}: {answered:?}");
        ensure!(answered.header(paths::OWN_HEADER) == "1", "{format:?}: {answered:?}");
    }
    Ok(())
}

/// The stage is the path, or there is none; a mapping of a custom domain is the path, or stripped.
#[tokio::test]
async fn the_same_address_is_meant_however_the_stage_is_told() -> Result<()> {
    for (public_url, stage, begins) in [
        (PUBLIC_URL, "prod", "/prod"),
        (PUBLIC_URL, "live", ""),
        (PUBLIC_URL, "v7", "/v7/prod"),
        ("https://phone.example.com", "$default", ""),
        ("https://phone.example.com", "prod", "/prod"),
        ("https://phone.example.com/phone", "live", "/phone"),
    ] {
        let site = Site::new(public_url).await?;
        let instance = site.instance("")?;
        for format in FORMATS {
            let mut asked = site.signed(begins, paths::CALL_INCOMING, &[("To", "+12025550199")]);
            asked.stage = stage.to_owned();
            let answered = instance.ask(format, &asked).await?;
            ensure!(
                answered.status == 200 && answered.text().contains("not in service"),
                "{public_url} {stage} {begins} {format:?}: {}\n{}",
                answered.text(),
                instance.log()
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_stage_that_the_settings_know_nothing_of_is_named() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for format in FORMATS {
        let mut asked = Asked::new(Method::GET, "/dev/api/session");
        asked.stage = "dev".to_owned();
        let answered = instance.ask(format, &asked).await?;
        let error: Value = serde_json::from_slice(&answered.body)?;
        let words = error["message"].as_str().unwrap_or_default();
        ensure!(
            answered.status == 404 && words.contains("stage dev") && words.contains("/prod"),
            "{answered:?}"
        );
        ensure!(answered.header(paths::OWN_HEADER) == "1", "{answered:?}");
    }
    Ok(())
}
