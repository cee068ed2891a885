use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method, web};
use shared::api::ErrorCode;
use url::form_urlencoded;

use super::body;
use crate::{domain::call_params::Params, error::ApiError, state::AppState};

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
            let body = body::read(&mut payload).await?;
            verify(state, &request, &body)
        })
    }
}

fn verify(state: &AppState, request: &HttpRequest, body: &[u8]) -> Result<SignedForm, ApiError> {
    // A proxy may or may not strip the prefix; Twilio signed the public URL, which has it.
    let path = request.uri().path();
    let prefix = state.public_url.prefix();
    let path = path.strip_prefix(prefix).filter(|rest| rest.starts_with('/')).unwrap_or(path);
    let mut url = state.public_url.join(path);
    let query = request.uri().query().unwrap_or_default();
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
    }

    let is_form = body::is_of_type(request, "application/x-www-form-urlencoded");
    let posted = request.method() != Method::GET;
    let form = if posted && is_form { decode(body) } else { Vec::new() };
    let signature = request.headers().get("X-Twilio-Signature").and_then(|value| value.to_str().ok());
    let genuine = signature.is_some_and(|signature| {
        if posted && !is_form && !body.is_empty() {
            state.verifier.verify_body(&url, body, signature)
        } else {
            state.verifier.verify(&url, &form, signature)
        }
    });
    if !genuine {
        let url = state.public_url.join(path);
        let what = if signature.is_some() { "a wrong" } else { "no" };
        tracing::warn!(
            "refused a request with {what} X-Twilio-Signature; the URL assumed to be signed is {url} \
             (query left out); if the request came from Twilio, public_url or the auth token is wrong"
        );
        return Err(ApiError::new(
            ErrorCode::Forbidden,
            "This address is for Twilio; the request's X-Twilio-Signature is missing or wrong.",
        ));
    }
    if posted && !is_form && !body.is_empty() {
        return Err(ApiError::new(
            ErrorCode::UnsupportedMediaType,
            "The parameters must be a form: Content-Type: application/x-www-form-urlencoded.",
        ));
    }
    let params = if posted { form } else { decode(query.as_bytes()) };
    Ok(SignedForm(Params(params)))
}

fn decode(form: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
