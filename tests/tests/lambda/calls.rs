//! From an empty account to calls each way, by way of the template: as docs/aws.md says.

use anyhow::{Context, Result, ensure};
use e2e::authority::Authority;
use e2e::first_calls::{self, Numbers};
use e2e::installation::{Installation, built};
use e2e::lambda::cloud::{Cloud, ORIGIN_VERIFY};
use e2e::lambda::database;
use e2e::lambda::event::Format;
use e2e::lambda::instance::{BUILD, Instance, PROGRAM};
use e2e::softphone::Softphone;
use e2e::surroundings::Surroundings;
use emulator::{Account, Behaviour, Config, Emulator, Number, PhoneSeed, Tls};

use crate::publish::fake_aws;

const LINE: &str = "+12025550143";
const ECHO: &str = "+12125550110";
const CALLER: &str = "+12125550166";

async fn calls_each_way(format: Format) -> Result<()> {
    let authority = Authority::new()?;
    let phone = |number: &str, behaviour| PhoneSeed {
        phone_number: number.to_owned(),
        label: String::new(),
        behaviour,
    };
    let account = Account {
        numbers: vec![Number { phone_number: LINE.to_owned(), voice_url: None, ..Number::default() }],
        ..Account::default()
    };
    let emulator = Emulator::start(Config {
        account: account.clone(),
        phones: vec![phone(ECHO, Behaviour::Echo), phone(CALLER, Behaviour::Manual)],
        tls: Some(Tls::new(authority.certificate_pem(), authority.key_pem())),
        ..Config::default()
    })
    .await?;
    let twilio = emulator.tls_address().context("the emulator speaks no TLS")?;

    // On the operator's machine: connect, publish.
    let port = Installation::free_port()?;
    let public_url = format!("http://localhost:{port}/prod");
    let mut installation = Installation::new(&public_url, &[])?;
    installation.has_program(built(PROGRAM, BUILD)?);
    installation.knows("SIDETONE_TWILIO_API", emulator.url());
    let secrets = [
        ("SIDETONE_TWILIO__ACCOUNT_SID", &account.sid),
        ("SIDETONE_TWILIO__AUTH_TOKEN", &account.auth_token),
    ];
    for (name, value) in secrets {
        installation.knows(name, value);
    }
    let database = database::empty().await?;
    let configuration = installation.path("sidetone.toml");
    std::fs::write(&configuration, format!("database = \"{database}\"\n"))?;
    let connect = ["connect", "--public-url", &public_url, "--number", LINE, "--yes"];
    let connected = installation.sidetone(&connect).await?.ok()?.all();
    let code = connected.lines().find_map(|line| line.strip_prefix("One-time code: "));
    let code = code.context("no one-time code")?.to_owned();
    let bucket = fake_aws(&mut installation)?;
    installation.sidetone(&["publish", "--bucket", "phone"]).await?.ok()?;

    // On AWS: two instances, for a page asks several things at once.
    let mut environment: Vec<_> = secrets.map(|(name, value)| (name.to_owned(), value.clone())).into();
    environment.push(("SIDETONE_CONFIG_TEXT".to_owned(), std::fs::read_to_string(&configuration)?));
    environment.push(("SIDETONE_ORIGIN_VERIFY".to_owned(), ORIGIN_VERIFY.to_owned()));
    let folder = installation.path("");
    let instances = vec![Instance::start(&folder, &environment)?, Instance::start(&folder, &environment)?];
    let cloud = Cloud::start(port, &bucket, format, instances)?;

    let surroundings = Surroundings::with_twilio_at(twilio, &authority);
    let phone = Softphone::open_among(&surroundings, &format!("{public_url}/"), 440).await?;
    let numbers = Numbers { line: LINE, echo: ECHO, caller: CALLER };
    let outcome = async {
        first_calls::calls_each_way(&phone, &emulator, &numbers, &code).await?;
        let asked = phone.browser.requests().await?;
        let token = "/prod/twilio/retrieve_capability_token";
        ensure!(asked.iter().any(|url| url.ends_with(token)), "{token} is not among {asked:#?}");
        let urls: Vec<_> =
            emulator.timeline().entries().iter().map(|entry| format!("{:?}", entry.event)).collect();
        for path in ["call_incoming", "call_outgoing"] {
            let address = format!("/prod/twilio/retrieve_twiml/{path}");
            ensure!(urls.iter().any(|url| url.contains(&address)), "{address} was not asked");
        }
        let outcomes =
            database::ask(&database, "SELECT direction, outcome FROM calls ORDER BY direction").await?;
        ensure!(outcomes == "incoming|completed\noutgoing|completed", "{outcomes}");
        anyhow::Ok(())
    };
    let outcome = outcome.await;
    let console = phone.browser.console().await.unwrap_or_default();
    phone.browser.close().await?;
    let log = cloud.log().await;
    emulator.stop().await;
    outcome.with_context(|| format!("the page's console: {console:#?}\nthe function's log: {log}"))?;
    ensure!(!log.contains("panicked") && !log.contains(&account.auth_token), "{log}");
    Ok(())
}

#[tokio::test]
async fn calls_each_way_through_an_http_api() -> Result<()> {
    calls_each_way(Format::V2).await
}

#[tokio::test]
async fn calls_each_way_through_a_rest_api() -> Result<()> {
    calls_each_way(Format::V1).await
}
