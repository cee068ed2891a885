//! The handset page's socket: a person is an external phone, with microphone and speaker in the page.
//!
//! Small JSON messages with a `type`. From the page: `offer{sdp}`, `call{to}`, `answer`, `reject`, `hang_up`,
//! `press{keys}`. To the page: `answer{sdp}`, `ringing{from}`, `calling{to}`, `in_call`, `ended{reason}`,
//! `key{key}`, `error{message}`.

use std::collections::HashMap;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::exchange::{Input, PhoneCommand};
use crate::media::EndpointId;
use crate::phones::{Phone, PhoneCall, PhoneCallStatus};
use crate::runtime::{Command, Link, PhoneState};

const LARGEST_FRAME: usize = 64 * 1024;
/// Any time will do: a call that rings ends the wait.
const LONG: Duration = Duration::from_secs(3600);

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum FromPage {
    Offer { sdp: String },
    Call { to: String },
    Answer,
    Reject,
    HangUp,
    Press { keys: String },
}

/// `GET /handset/ws?number=…`
pub(super) async fn connect(
    request: HttpRequest,
    body: web::Payload,
    query: web::Query<HashMap<String, String>>,
    link: web::Data<Link>,
) -> actix_web::Result<HttpResponse> {
    let Some(number) = query.get("number").and_then(|number| e164(number)) else {
        return Ok(HttpResponse::BadRequest().body("number must be E.164, such as +815031234567"));
    };
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream =
        stream.max_frame_size(LARGEST_FRAME).aggregate_continuations().max_continuation_size(LARGEST_FRAME);
    let link = link.as_ref().clone();
    actix_web::rt::spawn(async move {
        let phone = Phone::new(&number, link.clone());
        let present = |present| PhoneCommand::Handset { number: number.clone(), present };
        link.input(Input::Phone(present(true)));
        let mut handset = Handset { phone, link: link.clone(), session, call: None, endpoint: None };
        handset.serve(stream).await;
        if let Some(call) = handset.call.take() {
            call.hang_up().await;
        }
        if let Some(endpoint) = handset.endpoint {
            link.send(Command::HandsetGone { endpoint });
        }
        link.input(Input::Phone(present(false)));
    });
    Ok(response)
}

/// A plus sign in a query that was not encoded arrives as a blank.
fn e164(text: &str) -> Option<String> {
    let number = format!("+{}", text.trim().trim_start_matches('+'));
    crate::exchange::is_e164(&number).then_some(number)
}

struct Handset {
    phone: Phone,
    link: Link,
    session: Session,
    /// The call and how much of it the page knows.
    call: Option<PhoneCall>,
    endpoint: Option<EndpointId>,
}

impl Handset {
    async fn serve(&mut self, mut stream: AggregatedMessageStream) {
        let mut told = None::<PhoneState>;
        let mut state = None::<watch::Receiver<PhoneState>>;
        loop {
            let went_on = tokio::select! {
                frame = stream.recv() => match frame {
                    Some(Ok(AggregatedMessage::Text(text))) => self.page_says(&text).await,
                    Some(Ok(AggregatedMessage::Ping(bytes))) => self.session.pong(&bytes).await.is_ok(),
                    Some(Ok(AggregatedMessage::Pong(_) | AggregatedMessage::Binary(_))) => true,
                    Some(Ok(AggregatedMessage::Close(_)) | Err(_)) | None => false,
                },
                ringing = self.phone.next_call(LONG) => match ringing {
                    Ok(call) => self.rings(call).await,
                    Err(_) => !self.link.is_closed(),
                },
                () = change(&mut state) => true,
            };
            if !went_on {
                return;
            }
            if self.call.is_some() && state.is_none() {
                state = self.call.as_ref().map(PhoneCall::states);
                told = None;
            }
            if !self.tell(&mut told, &mut state).await {
                return;
            }
        }
    }

    /// Tells the page what it does not know yet about the call.
    async fn tell(
        &mut self,
        told: &mut Option<PhoneState>,
        state: &mut Option<watch::Receiver<PhoneState>>,
    ) -> bool {
        let Some(now) = state.as_mut().map(|state| state.borrow_and_update().clone()) else { return true };
        let known = told.as_ref().map_or(0, |before| before.keys.chars().count());
        for key in now.keys.chars().skip(known) {
            if !self.say(json!({"type": "key", "key": key})).await {
                return false;
            }
        }
        let changed = told.as_ref().is_none_or(|before| before.status != now.status);
        let status = now.status;
        *told = Some(now);
        match status {
            PhoneCallStatus::InCall if changed => self.say(json!({"type": "in_call"})).await,
            PhoneCallStatus::Ended(reason) => {
                *state = None;
                self.call = None;
                self.say(json!({"type": "ended", "reason": format!("{reason:?}")})).await
            }
            PhoneCallStatus::InCall | PhoneCallStatus::Ringing => true,
        }
    }

    async fn rings(&mut self, call: PhoneCall) -> bool {
        if self.call.is_some() {
            call.reject_busy().await;
            return true;
        }
        let from = call.from().to_owned();
        self.call = Some(call);
        self.say(json!({"type": "ringing", "from": from})).await
    }

    async fn page_says(&mut self, text: &str) -> bool {
        match serde_json::from_str(text) {
            Ok(FromPage::Offer { sdp }) => self.offer(&sdp).await,
            Ok(FromPage::Call { to }) => self.dials(&to).await,
            Ok(FromPage::Press { keys }) => {
                if let Some(call) = &self.call {
                    call.press(&keys).await;
                }
                true
            }
            Ok(action) => {
                let Some(call) = &self.call else { return true };
                match action {
                    FromPage::Answer => call.answer().await,
                    FromPage::Reject => call.reject_busy().await,
                    _ => call.hang_up().await,
                }
                true
            }
            Err(fault) => self.error(&format!("the message cannot be read: {fault}")).await,
        }
    }

    async fn offer(&mut self, sdp: &str) -> bool {
        match self.link.media.accept_offer(sdp).await {
            Ok((endpoint, answer)) => {
                self.endpoint = Some(endpoint);
                let number = self.phone.number().to_owned();
                self.link.send(Command::Handset { number, endpoint });
                self.say(json!({"type": "answer", "sdp": answer})).await
            }
            Err(error) => self.error(&error.to_string()).await,
        }
    }

    async fn dials(&mut self, to: &str) -> bool {
        if self.call.is_some() {
            return self.error("there is a call already; hang up first").await;
        }
        match self.phone.call(to).await {
            Ok(call) => {
                self.call = Some(call);
                self.say(json!({"type": "calling", "to": to})).await
            }
            Err(error) => self.error(&error.to_string()).await,
        }
    }

    async fn error(&mut self, message: &str) -> bool {
        self.say(json!({"type": "error", "message": message})).await
    }

    async fn say(&mut self, message: Value) -> bool {
        self.session.text(message.to_string()).await.is_ok()
    }
}

/// Waits until the call changes; for ever when there is none.
async fn change(state: &mut Option<watch::Receiver<PhoneState>>) {
    match state {
        Some(state) => {
            if state.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
        None => std::future::pending().await,
    }
}
