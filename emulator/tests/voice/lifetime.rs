use std::net::TcpListener;

use emulator::{Config, Emulator};

use crate::world::World;

#[actix_web::test]
async fn the_port_is_free_when_the_handle_is_gone() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    let address = world.emulator.address();
    drop(world.emulator);
    assert!(TcpListener::bind(address).is_ok());
    browser.expect_closed().await;
    let again = Emulator::start(Config { bind: address, ..Config::default() }).await.unwrap();
    assert_eq!(again.address(), address);
    again.stop().await;
    assert!(TcpListener::bind(address).is_ok());
}

#[actix_web::test]
async fn only_loopback_is_served() {
    let config = Config { bind: "0.0.0.0:0".parse().unwrap(), ..Config::default() };
    assert!(Emulator::start(config).await.unwrap_err().to_string().contains("loopback"));
}

#[actix_web::test]
async fn a_taken_address_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = Config { bind: taken.local_addr().unwrap(), ..Config::default() };
    assert!(Emulator::start(config).await.unwrap_err().to_string().contains("cannot listen"));
}
