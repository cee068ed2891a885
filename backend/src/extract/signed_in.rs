use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};

use crate::{
    clock,
    domain::{Line, session_id::SessionId},
    error::ApiError,
    state::AppState,
};

/// Name of the session cookie.
pub(crate) const COOKIE: &str = "sidetone_session";

/// The line that is signed in.
pub(crate) struct SignedIn(pub(crate) Line);

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let Some(state) = request.app_data::<web::Data<AppState>>() else {
                return Err(ApiError::internal(&"the application has no state"));
            };
            let session = session_id(&request).ok_or_else(ApiError::signed_out)?;
            let line = state.store.session(session.digest(), clock::now_s()).await?;
            line.map(Self).ok_or_else(ApiError::signed_out)
        })
    }
}

/// The session that the request's cookie names, known to the store or not.
pub(crate) fn session_id(request: &HttpRequest) -> Option<SessionId> {
    SessionId::from_cookie(request.cookie(COOKIE)?.value())
}
