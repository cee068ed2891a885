use std::{future::Future, pin::Pin};

use super::{body, vouched::vouch_for};
use crate::{
    http::{
        complaints::Kind,
        error::{ApiError, Cause},
        state::AppState,
    },
    twilio::{
        Params,
        webhook::{Claims, Received, Refused},
        webhook_fault::Fault,
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method, web};

/// Parameters of a request that Twilio signed. There is no other way to get one.
pub(crate) struct SignedForm(Params);

impl SignedForm {
    pub(crate) fn params(&self) -> &Params {
        &self.0
    }
}

impl FromRequest for SignedForm {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let Some(state) = request.app_data::<web::Data<AppState>>() else {
                return Err(ApiError::internal(&"the application has no state"));
            };
            let body = body::read(state, &mut payload).await?;
            verify(state, &request, &body)
        })
    }
}

fn verify(state: &AppState, request: &HttpRequest, body: &[u8]) -> Result<SignedForm, ApiError> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let received = Received {
        posted: request.method() != Method::GET,
        path: request.uri().path(),
        query: request.uri().query(),
        is_form: body::is_of_type(request, "application/x-www-form-urlencoded"),
        body,
        signature: header("X-Twilio-Signature"),
        claims: Claims {
            host: header("Host"),
            forwarded_host: header("X-Forwarded-Host"),
            forwarded_proto: header("X-Forwarded-Proto"),
            shared_key: request.headers().contains_key("X-Twilio-Webhooks-Signature-Settings"),
        },
    };
    match state.webhooks.check(&received) {
        Ok(params) => {
            vouch_for(request);
            Ok(SignedForm(params))
        }
        Err(Refused::Forged) => Err(not_signed(state, &received)),
        Err(Refused::NotAForm) => Err(ApiError::new(
            Cause::MediaType,
            "The parameters must be a form: Content-Type: application/x-www-form-urlencoded.",
        )),
    }
}

/// 403; why the signature does not fit is for the operator, while there is time to find it out.
fn not_signed(state: &AppState, received: &Received<'_>) -> ApiError {
    let message = "This address is for Twilio; the request's X-Twilio-Signature is missing or wrong.";
    let error = ApiError::new(Cause::NotSigned, message);
    if received.signature.is_some() && !state.complaints.may_explain() {
        let words = "refused a request without the right X-Twilio-Signature; there are too many to look for the reason";
        return error.with_complaint(Kind::NotSigned("reason not looked for"), words);
    }
    let Fault { kind, words } = state.webhooks.explain(received);
    error.with_complaint(Kind::NotSigned(kind), words)
}
