//! Proxies that leave requests alone, and proxies that do not.

use crate::{
    proxy::{Proxy, Spoil},
    world::{World, free_port},
};

async fn behind(spoil: Spoil) -> (World, Proxy) {
    let port = free_port();
    let proxy = Proxy::start(spoil, port);
    let mut world = World::at(&format!("http://localhost:{}/prod", proxy.port), port).await;
    world.serve(&[]).await;
    (world, proxy)
}

#[actix_web::test]
async fn one_that_passes_everything_is_fine_with_and_without_the_prefix() {
    for spoil in [Spoil::Nothing, Spoil::StripPrefix] {
        let (world, _proxy) = behind(spoil).await;
        let report = world.doctor();
        report.wrong(&[]);
        report.fine(&["public_url", "signature", "sdk"]);
    }
}

#[actix_web::test]
async fn each_way_to_spoil_requests_is_named() {
    for (spoil, check, words) in [
        (Spoil::DropQuery, "signature", "drops or changes the query"),
        (Spoil::DropEmpty, "signature", "changes forms"),
        (Spoil::Trim, "signature", "changes forms"),
        (Spoil::DropSignature, "signature", "does not believe"),
        (Spoil::RewritePath, "public_url", "something else"),
        (Spoil::Redirect, "public_url", "https://www.example.com/prod/healthz"),
        (Spoil::BadGateway, "public_url", "does not reach the server"),
    ] {
        let (world, _proxy) = behind(spoil).await;
        let said = world.doctor().wrong(&[check]);
        assert!(said.contains(words), "{spoil:?}: {said}");
    }
}
