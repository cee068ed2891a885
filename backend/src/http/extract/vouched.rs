use actix_web::{HttpMessage, HttpRequest};

/// Noted of a request.
struct VouchedFor;

/// Notes that the request comes from somebody who has proved who it is: by a session, a passcode, Twilio's signature.
pub(crate) fn vouch_for(request: &HttpRequest) {
    request.extensions_mut().insert(VouchedFor);
}

/// Whether that was noted. Everybody else is a stranger.
pub(crate) fn is_vouched_for(request: &HttpRequest) -> bool {
    request.extensions().contains::<VouchedFor>()
}
