//! `GET /handset/ws?number=+81…`.

use actix_web::http::header::ORIGIN;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::session::Handset;
use crate::core::account::is_e164;
use crate::core::phones::Behaviour;
use crate::rim::http::control::desk::Desk;
use crate::rim::http::control::origin;
use crate::rim::link::Link;

/// Frames beyond this end the socket; an offer of a browser has about 3 kB.
const LARGEST_FRAME: usize = 256 * 1024;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    /// E.164; without it the first phone that a person can play.
    number: Option<String>,
}

/// Opens the socket.
pub(crate) async fn connect(
    request: HttpRequest,
    body: web::Payload,
    wanted: web::Query<Wanted>,
    desk: web::Data<Desk>,
    link: web::Data<Link>,
) -> actix_web::Result<HttpResponse> {
    let origin = request.headers().get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let own = request.app_config();
    let scheme = if own.secure() { "https" } else { "http" };
    if !origin.is_some_and(|origin| origin::is_own(origin, scheme, own.local_addr())) {
        let reason =
            "Only the emulator's own handset page, at localhost or its address, may open this socket.";
        return Ok(HttpResponse::Forbidden().body(reason));
    }
    let number = match number(&desk, wanted.into_inner().number) {
        Ok(number) => number,
        Err(reason) => return Ok(HttpResponse::BadRequest().body(reason)),
    };
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream =
        stream.max_frame_size(LARGEST_FRAME).aggregate_continuations().max_continuation_size(LARGEST_FRAME);
    let link = link.as_ref().clone();
    actix_web::rt::spawn(Handset::new(number, session, link).serve(stream, desk));
    Ok(response)
}

/// The phone that is to be played, or why it cannot be.
fn number(desk: &Desk, wanted: Option<String>) -> Result<String, String> {
    let manual = |behaviour: &Behaviour| matches!(behaviour, Behaviour::Manual);
    // A plus sign that was not encoded arrives as a space.
    let wanted = wanted.map(|number| match number.strip_prefix(' ') {
        Some(digits) => format!("+{digits}"),
        None => number,
    });
    let Some(number) = wanted else {
        let first = desk.phones.iter().find(|phone| manual(&phone.behaviour));
        return first.map(|phone| phone.phone_number.clone()).ok_or_else(|| {
            "No phone is configured to be played by a person; say ?number= with a number in E.164 form."
                .into()
        });
    };
    if !is_e164(&number) {
        return Err(format!(
            "{number:?} is not a phone number in E.164 form; ?number=%2B819059876543 would be one."
        ));
    }
    if desk.account.number(&number).is_some() {
        return Err(format!("{number} is a number of the account; handsets play phones outside of it."));
    }
    match desk.phone(&number) {
        Some(phone) if !manual(&phone.behaviour) => Err(format!(
            "The emulator plays {number} itself ({}); choose another number.",
            phone.behaviour.name()
        )),
        _ => Ok(number),
    }
}
