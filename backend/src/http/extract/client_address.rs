use std::net::{IpAddr, Ipv4Addr};

use actix_web::{HttpRequest, web};

use crate::{
    config::ClientAddressHeader,
    http::{
        forwarded::{client_address as resolve, forwarded_for},
        state::AppState,
    },
};

/// Who asks: the peer, or what trusted proxies say about it. `0.0.0.0` where there is no peer (never on a TCP socket).
pub(crate) fn client_address(request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let Some(state) = request.app_data::<web::Data<AppState>>() else { return peer };
    let network = &state.settings.network;
    let elements = |name| {
        let values = request.headers().get_all(name).map(|value| value.to_str().unwrap_or_default());
        values.flat_map(|value| value.split(',')).collect::<Vec<_>>()
    };
    match network.client_address_header {
        ClientAddressHeader::XForwardedFor => {
            resolve(peer, elements("x-forwarded-for").into_iter(), &network.trusted_proxies)
        }
        ClientAddressHeader::Forwarded => {
            resolve(peer, elements("forwarded").into_iter().map(forwarded_for), &network.trusted_proxies)
        }
    }
}
