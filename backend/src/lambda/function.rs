//! From an event to its answer.

use std::{
    rc::Rc,
    time::{Duration, SystemTime},
};

use actix_http::Request;
use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Service, ServiceResponse},
    http::{Method, StatusCode, header::CONTENT_TYPE},
    rt,
    web::Data,
};
use secrecy::SecretString;
use serde_json::Value;
use shared::api::paths;
use tracing::Instrument;

use super::{
    caller,
    event::{self, EventFault, Format},
    request::request,
    response::response,
    stage,
};
use crate::{
    clock,
    http::{
        error::{ApiError, Cause},
        middleware::add_headers,
        state::AppState,
    },
    store::within,
    twilio::twiml::{Response as Twiml, Verb},
};

/// An answer needs so long to get out before the process is killed.
const TO_ANSWER: Duration = Duration::from_millis(400);
/// Longest wait for a store that has refused a report, with an answer that is ready.
const TO_WRITE: Duration = Duration::from_secs(1);

/// The app, and what it needs to answer events.
pub(super) struct Function<A> {
    pub(super) app: A,
    pub(super) state: Data<AppState>,
    /// What the distribution proves itself with.
    pub(super) origin_verify: Option<SecretString>,
}

impl<A, B> Function<A>
where
    A: Service<Request, Response = ServiceResponse<B>, Error = Error> + 'static,
    A::Future: 'static,
    B: MessageBody + 'static,
{
    /// The answer in the event's format, at the latest shortly before `deadline`.
    pub(super) async fn answer(
        self: Rc<Self>,
        event: Value,
        deadline: SystemTime,
    ) -> Result<Value, EventFault> {
        let (format, asked) = {
            let event = event::read(&event)?;
            (event.format, self.asked(&event))
        };
        let request = match asked {
            Ok(request) => request,
            Err(refused) => return Ok(self.without_app(format, refused.error_response()).await),
        };
        let path = request.uri().path().to_owned();
        // What is late goes on when the next event comes: a report that is on its way must not be lost.
        let function = self.clone();
        let working = rt::spawn(async move { function.work(format, request).await }.in_current_span());
        match tokio::time::timeout(clock::left_until(deadline).saturating_sub(TO_ANSWER), working).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failed)) => {
                Ok(self.without_app(format, ApiError::internal(&failed).error_response()).await)
            }
            Err(_) => {
                tracing::error!(
                    path,
                    "the time limit of the function is reached before the answer; it goes on later"
                );
                Ok(self.without_app(format, too_late(&path)).await)
            }
        }
    }

    /// The request for the app.
    fn asked(&self, event: &event::Event<'_>) -> Result<Request, ApiError> {
        let path = stage::meant(event.path, event.stage, self.state.public_url.prefix())
            .map_err(|wrong| ApiError::new(Cause::NotFound, wrong.to_string()))?;
        let caller = caller::address(event, self.origin_verify.as_ref());
        request(event, path, caller).map_err(|fault| ApiError::new(Cause::BadRequest, fault.to_string()))
    }

    /// An answer that no request has led to.
    async fn without_app(&self, format: Format, mut answer: HttpResponse) -> Value {
        add_headers(answer.headers_mut(), self.state.public_url.is_https());
        written(format, answer).await
    }

    async fn work(&self, format: Format, request: Request) -> Value {
        let is_sign_in = request.method() == Method::POST && request.uri().path().ends_with(paths::SESSION);
        let answer = match self.app.call(request).await {
            Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        // What is noted of a refusal the client waits for here; where there is no such line it waits as long.
        if is_sign_in && answer.status() == StatusCode::UNAUTHORIZED && self.state.audit.is_idle() {
            drop(within(self.state.store.try_writing()).await);
        }
        let answer = match has_no_end(&answer) {
            true => self.without_app(format, HttpResponse::NoContent().finish()).await,
            false => written(format, answer).await,
        };
        self.finish().await;
        answer
    }

    /// What a server does beside its requests.
    async fn finish(&self) {
        self.state.audit.finish().await;
        if self.state.call_log.waiting() > 0 {
            drop(tokio::time::timeout(TO_WRITE, self.state.call_log.write_waiting()).await);
        }
        let reports = self.state.call_log.waiting();
        if reports > 0 {
            tracing::error!(
                reports,
                "call reports wait for the store in this instance of the function, and are lost when Lambda ends it first"
            );
        }
        self.state.complaints.tell_due();
    }
}

/// Events that are told while a browser listens. API Gateway wants the whole answer; this one tells browsers to listen no more.
fn has_no_end(answer: &HttpResponse) -> bool {
    answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

async fn written(format: Format, answer: HttpResponse<BoxBody>) -> Value {
    let (head, body) = answer.into_parts();
    // What the app answers with is in memory.
    let body = to_bytes(body).await.unwrap_or_default();
    response(format, head.status(), head.headers(), body)
}

/// A caller hears a sentence, or the call is over; everybody else reads one.
fn too_late(path: &str) -> HttpResponse {
    let is = |asked: &str| path.strip_suffix(asked).is_some_and(|before| before.ends_with('/'));
    let twiml = if is(paths::CALL_INCOMING) || is(paths::CALL_OUTGOING) {
        Twiml::say_and_hang_up("The telephone service takes too long to answer. Please try again. Goodbye.")
    } else if is(paths::DIAL_ACTION) {
        Twiml(vec![Verb::Hangup])
    } else {
        let words = "The server did not answer within its time limit. Try again in a moment.";
        return ApiError::new(Cause::StoreFailed, words).error_response();
    };
    HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(twiml.to_xml())
}
