//! A browser calls.

use percent_encoding::percent_decode_str;

use super::state::{Exchange, NOT_ACTIVE};
use crate::core::account::{AccountStatus, Handling, present};
use crate::core::call::{ClientParty, Direction, Leg, Party, Script, WebRtc};
use crate::core::media::{check_offer, prefers_opus};
use crate::core::signaling::{ServerMessage, SocketId};
use crate::core::timeline::Event;

impl Exchange {
    pub(super) fn invite(&mut self, socket: SocketId, temporary_id: String, sdp: String, params: &str) {
        if self.sid_of(socket, &temporary_id).is_some() {
            let message = "This invite was sent before; it is ignored";
            self.fault(None, 31400, message);
            return self.send(socket, ServerMessage::error(31400, message, Some(&temporary_id)));
        }
        if let Err(error) = check_offer(&sdp) {
            return self.refuse_invite(
                socket,
                &temporary_id,
                31400,
                &format!("The SDP cannot be used: {error}"),
            );
        }
        let Some(session) = self.sockets.get(&socket) else { return };
        let Some(grant) = session.grant().cloned() else { return };
        if let Some((code, message)) = session.refused() {
            return self.refuse_invite(socket, &temporary_id, code, &message);
        }
        if grant.expires <= self.now.as_second() {
            let message = "Access Token expired or expiration date invalid";
            return self.refuse_invite(socket, &temporary_id, 31205, message);
        }
        if self.account.status != AccountStatus::Active {
            self.fault(None, NOT_ACTIVE, "a browser called, but the account is not active");
            return self.refuse_invite(socket, &temporary_id, 31002, "The account is not active");
        }
        let application = grant.application_sid.as_deref().and_then(|sid| self.account.application(sid));
        let Some(application) = application.map(|application| application.sid.clone()) else {
            let message = "The access token names no TwiML App of this account in grants.voice.outgoing";
            return self.refuse_invite(socket, &temporary_id, 31001, message);
        };
        let mut custom = decode(params);
        let caller = format!("client:{}", grant.caller());
        for (name, value) in grant.params {
            custom.retain(|(other, _)| *other != name);
            custom.push((name, value));
        }
        let to = custom.iter().find(|(name, _)| name == "To").map(|(_, to)| to.clone()).unwrap_or_default();
        let opus = prefers_opus(&sdp);
        let client = ClientParty {
            identity: grant.identity,
            temporary_id: Some(temporary_id),
            socket: Some(socket),
            web_rtc: WebRtc::Offered(sdp),
            grace: self.grace(socket),
            ..ClientParty::default()
        };
        let sid = self.ids.sid("CA");
        let leg = Leg::new(sid.clone(), Direction::Inbound, Party::Client(client), caller, to);
        let application_sid = grant.application_sid;
        self.add_leg(Leg { called: String::new(), application_sid, custom, ..leg });
        if opus {
            self.lacking(Some(&sid), "the browser prefers Opus, which is not emulated; the audio is PCMU");
        }
        let handling = self.account.application_handling(&application);
        self.start_script(&sid, handling);
    }

    /// Takes a new leg into the books.
    pub(super) fn add_leg(&mut self, leg: Leg) {
        let leg = Leg { created_at: self.now, ..leg };
        let sid = leg.sid.clone();
        let event = Event::CallCreated {
            from: leg.from.clone(),
            to: leg.to.clone(),
            direction: leg.direction.as_str().into(),
        };
        let status = Event::CallStatus { status: leg.status.as_str().into() };
        self.legs.insert(sid.clone(), leg);
        self.note(Some(&sid), event);
        self.note(Some(&sid), status);
        self.publish(&sid);
    }

    /// Starts the first document of an inbound leg.
    pub(super) fn start_script(&mut self, sid: &str, handling: Handling) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        leg.application_sid = handling.application_sid;
        let voice = handling.voice;
        let mut script = Script::new("");
        script.fallback = present(voice.voice_fallback_url.as_ref())
            .map(|url| (url.to_owned(), voice.voice_fallback_method));
        leg.script = Some(script);
        match present(voice.voice_url.as_ref()) {
            Some(url) => self.fetch(sid, url, voice.voice_method, Vec::new()),
            None => {
                self.fault(
                    Some(sid),
                    11200,
                    "there is no Voice URL; configure one for the number or TwiML App",
                );
                self.apologise(sid);
            }
        }
    }

    fn refuse_invite(&mut self, socket: SocketId, callsid: &str, code: u32, message: &str) {
        self.fault(None, code, message);
        self.send(socket, ServerMessage::error(code, message, Some(callsid)));
        // The SDK's call would wait for ever.
        self.send(socket, ServerMessage::hangup(callsid, Some((code, message))));
    }
}

/// Connect parameters: `encodeURIComponent` names and values. A plus sign is a plus sign.
fn decode(params: &str) -> Vec<(String, String)> {
    let text = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
    params
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => (text(name), text(value)),
            None => (text(pair), String::new()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connect_parameters_are_uri_components() {
        let decoded = decode("To=bob&Custom1=foo%20%2B%20bar&k%20e%2By=a%3Db%26c&x=%E6%88%91&flag&");
        let expected =
            [("To", "bob"), ("Custom1", "foo + bar"), ("k e+y", "a=b&c"), ("x", "我"), ("flag", "")];
        assert_eq!(decoded, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(decode("").is_empty());
    }
}
