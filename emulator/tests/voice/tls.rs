use std::net::SocketAddr;
use std::sync::Arc;

use emulator::{CallError, Event, Tls};
use reqwest::{Certificate, Client};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::application::Application;
use crate::certificates::Authority;
use crate::world::{LINE, OUTSIDE, PATIENCE, World};

async fn call(world: &World) -> Result<(), CallError> {
    world.emulator.phone(OUTSIDE).call(LINE).await.map(|_| ())
}

#[actix_web::test]
async fn an_application_with_a_good_certificate_is_asked() {
    let authority = Authority::new();
    let application = Application::serve(Some(authority.certificate("localhost").server()));
    application.twiml("/in", "<Reject/>");
    let url = application.url("/in");
    let root = authority.root_pem.clone();
    let world = World::with(|config| {
        config.trusted_roots_pem = vec![root];
        config.account.numbers[0].voice_url = Some(url.clone());
    })
    .await;
    call(&world).await.unwrap();
    world.happens(|entry| matches!(&entry.event, Event::WebhookReply { status: Some(200), .. })).await;
    assert_eq!(world.requests("/in").len(), 1);
}

#[actix_web::test]
async fn a_host_name_can_lead_to_this_machine() {
    let authority = Authority::new();
    let application = Application::serve(Some(authority.certificate("phone.example.com").server()));
    application.twiml("/in", "<Reject/>");
    let port: u16 = application.url("").rsplit(':').next().unwrap().parse().unwrap();
    let root = authority.root_pem.clone();
    let world = World::with(|config| {
        config.trusted_roots_pem = vec![root];
        config.hosts = vec![("phone.example.com".into(), SocketAddr::from(([127, 0, 0, 1], port)))];
        config.account.numbers[0].voice_url = Some("https://phone.example.com/in".into());
    })
    .await;
    call(&world).await.unwrap();
    world.happens(|entry| matches!(&entry.event, Event::WebhookReply { status: Some(200), .. })).await;
}

#[actix_web::test]
async fn every_bad_certificate_has_its_error() {
    let authority = Authority::new();
    let stranger = Authority::new();
    let cases = [
        (stranger.certificate("localhost"), 11237),
        (authority.certificate("phone.example.com"), 11235),
        (authority.expired("localhost"), 11236),
    ];
    for (identity, code) in cases {
        let application = Application::serve(Some(identity.server()));
        let (url, root) = (application.url("/in"), authority.root_pem.clone());
        let world = World::with(|config| {
            config.trusted_roots_pem = vec![root];
            config.account.numbers[0].voice_url = Some(url);
        })
        .await;
        call(&world).await.unwrap();
        world.fault(code).await;
    }
    // No TLS at the other end at all.
    let plain = Application::start();
    let url = plain.url("/in").replace("http://", "https://");
    let world = World::with(|config| config.account.numbers[0].voice_url = Some(url)).await;
    call(&world).await.unwrap();
    world.fault(11220).await;
}

#[actix_web::test]
async fn everything_is_served_with_tls_for_any_host() {
    let authority = Authority::new();
    let identity = authority.certificate("*.twilio.com");
    let world = World::with(|config| {
        config.tls = Some(Tls::new(identity.certificate_pem.clone(), identity.key_pem.clone()));
    })
    .await;
    let address = world.emulator.tls_address().unwrap();
    let root = Certificate::from_pem(authority.root_pem.as_bytes()).unwrap();
    let client = Client::builder()
        .tls_certs_only([root])
        .resolve("api.twilio.com", address)
        .resolve("sdk.twilio.com", address)
        .build()
        .unwrap();
    let account = &world.account;
    let url = format!("https://api.twilio.com:{}/2010-04-01/Accounts/{}.json", address.port(), account.sid);
    let answer = client.get(&url).basic_auth(&account.sid, Some(&account.auth_token)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let sound =
        format!("https://sdk.twilio.com:{}/js/client/sounds/releases/1.0.0/incoming.mp3", address.port());
    let answer = client.get(sound).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["access-control-allow-origin"]),
        (200, &"*".parse().unwrap())
    );
    assert!(reqwest::get(url).await.unwrap_err().is_connect(), "a stranger must not believe the certificate");
    let handshake = tokio::task::spawn_blocking(move || signaling(address, &authority.root_pem));
    assert!(handshake.await.unwrap().starts_with("HTTP/1.1 101"));
}

/// Asks for the signaling socket by TLS, as Chromium does; the first line of the answer.
fn signaling(address: SocketAddr, root_pem: &str) -> String {
    use std::io::{BufRead, BufReader, Write};
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root_pem.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("voice-js.twilio.com").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let socket = std::net::TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    let request = "GET /signal HTTP/1.1\r\nHost: voice-js.twilio.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                   Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line
}

#[actix_web::test]
async fn a_certificate_that_is_none_is_an_error_at_the_start() {
    let authority = Authority::new();
    let good = authority.certificate("localhost");
    let other = authority.certificate("localhost");
    for (certificate, key, what) in [
        ("rubbish", good.key_pem.as_str(), "certificate"),
        (good.certificate_pem.as_str(), "rubbish", "key is not PEM"),
        (good.certificate_pem.as_str(), other.key_pem.as_str(), "cannot be used"),
    ] {
        let config =
            emulator::Config { tls: Some(Tls::new(certificate, key)), ..emulator::Config::default() };
        let error = emulator::Emulator::start(config).await.unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    let root = emulator::Config { trusted_roots_pem: vec!["rubbish".into()], ..emulator::Config::default() };
    assert!(emulator::Emulator::start(root).await.is_err());
}
