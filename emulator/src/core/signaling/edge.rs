//! Which edge a browser means by the host that it talks to.

/// The edge that the emulator is, for whoever names none.
pub(super) const HERE: &str = "ashburn";
/// `lib/twilio/regions.ts` of the Voice SDK 2.18. `roaming` is the nearest one. The server has read them there for itself.
const EDGES: &str = "roaming ashburn dublin frankfurt sao-paulo singapore sydney tokyo umatilla \
    ashburn-ix frankfurt-ix london-ix san-jose-ix singapore-ix sydney-ix tokyo-ix";

/// The edge of `voice-js.<edge>.twilio.com`, of whatever port; any host outside of `twilio.com` is the emulator's own.
///
/// # Errors
/// Why a host of Twilio's is none: for a browser its name would not be found.
pub(crate) fn edge(host: Option<&str>) -> Result<&'static str, String> {
    let host = host.unwrap_or_default().to_ascii_lowercase();
    let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name).trim_end_matches('.');
    let Some(name) = name.strip_suffix(".twilio.com") else { return Ok(HERE) };
    if name == "voice-js" {
        return Ok(HERE);
    }
    let known = name.strip_prefix("voice-js.").and_then(|edge| EDGES.split(' ').find(|known| *known == edge));
    match known {
        Some("roaming") => Ok(HERE),
        Some(edge) => Ok(edge),
        None => Err(format!(
            "{name}.twilio.com is no signaling of Twilio's; it is voice-js.EDGE.twilio.com with one of the edges {}",
            EDGES.replace(' ', ", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_is_one_that_twilio_has() {
        let right = [
            (None, HERE),
            (Some("127.0.0.1:8081"), HERE),
            (Some("localhost"), HERE),
            (Some("[::1]:8081"), HERE),
            (Some("voice-js.roaming.twilio.com"), HERE),
            (Some("voice-js.twilio.com"), HERE),
            (Some("voice-js.dublin.twilio.com"), "dublin"),
            (Some("Voice-JS.Dublin.twilio.com:443"), "dublin"),
            (Some("voice-js.sydney-ix.twilio.com."), "sydney-ix"),
        ];
        for (host, expected) in right {
            assert_eq!(edge(host), Ok(expected), "{host:?}");
        }
        for host in
            ["voice-js.dubln", "voice-js.ie1", "voice-js.", "chunderw-vpc-gll", "api", "a.voice-js.dublin"]
        {
            let said = edge(Some(&format!("{host}.twilio.com"))).unwrap_err();
            assert!(said.contains(host) && said.contains("dublin"), "{said}");
        }
    }
}
