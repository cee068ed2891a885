//! A public URL whose certificate nobody believes.

use emulator::{Config, Emulator, Tls};

use crate::world::{World, account, free_port};

/// A server at `https://localhost` with this certificate; the emulator plays it, for nobody gets past the certificate.
async fn with_certificate(from: (i32, u8, u8), until: (i32, u8, u8)) -> World {
    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
    params.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
    let key = rcgen::KeyPair::generate().unwrap();
    let tls = Tls {
        bind: "127.0.0.1:0".parse().unwrap(),
        certificate_pem: params.self_signed(&key).unwrap().pem(),
        key_pem: key.serialize_pem(),
    };
    let config = Config { account: account(), tls: Some(tls), ..Config::default() };
    let emulator = Emulator::start(config).await.unwrap();
    let port = emulator.tls_address().unwrap().port();
    World::with(emulator, &format!("https://localhost:{port}"), free_port())
}

#[actix_web::test]
async fn one_that_has_ended_is_told_from_one_that_nobody_signed() {
    let said =
        with_certificate((2020, 1, 1), (2021, 1, 1)).await.doctor().wrong(&["public_url", "certificate"]);
    assert!(said.contains("does not answer"), "{said}");
    let ended = with_certificate((2020, 1, 1), (2021, 1, 1)).await.doctor();
    assert!(ended.json.to_string().contains("days ago"), "{:#}", ended.json);
    let unsigned = with_certificate((2020, 1, 1), (2120, 1, 1)).await.doctor();
    unsigned.wrong(&["public_url", "certificate"]);
    assert!(unsigned.json.to_string().contains("nobody known has signed it"), "{:#}", unsigned.json);
}
