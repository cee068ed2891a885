//! Whose request it is.

use std::net::{IpAddr, Ipv4Addr};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use secrecy::{ExposeSecret, SecretString};

use super::event::Event;

/// The header with the secret that only our CloudFront distribution writes.
pub(super) const ORIGIN_VERIFY: &str = "x-origin-verify";
/// The header into which a function of the distribution writes the client's address.
pub(super) const TRUE_CLIENT_IP: &str = "true-client-ip";

/// The client's address: who is connected to API Gateway, or whom the distribution says is connected to it. Anybody can reach
/// API Gateway's own address, and write what they like into headers; the secret tells the distribution from them.
pub(super) fn address(event: &Event<'_>, secret: Option<&SecretString>) -> IpAddr {
    let header = |name: &str| {
        let mut values = event.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        values.next().is_none().then_some(*value)
    };
    let told = header(ORIGIN_VERIFY).zip(secret).filter(|(told, secret)| {
        verify_slices_are_equal(told.as_bytes(), secret.expose_secret().as_bytes()).is_ok()
    });
    let viewer = told.and_then(|_| header(TRUE_CLIENT_IP)?.trim().parse::<IpAddr>().ok());
    let source = event.source_ip.parse().ok();
    viewer.or(source).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical()
}
