use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};

use super::{
    cookies::SESSION,
    session::{self, LineSession},
};
use crate::{
    clock,
    http::{error::ApiError, extract::vouch_for, state::AppState},
    lines::Line,
};

/// The line that is signed in.
pub(crate) struct SignedIn(pub(crate) Line);

/// The line that is signed in, and its session.
pub(crate) struct InSession(pub(crate) LineSession);

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(find(&request).await?.line)) })
    }
}

impl FromRequest for InSession {
    type Error = ApiError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(find(&request).await?)) })
    }
}

async fn find(request: &HttpRequest) -> Result<LineSession, ApiError> {
    let Some(state) = request.app_data::<web::Data<AppState>>() else {
        return Err(ApiError::internal(&"the application has no state"));
    };
    let secret = SESSION.read(request, &state.public_url).ok_or_else(ApiError::signed_out)?;
    let (now_s, idle_s) = (clock::now_s(), state.settings.sign_in.session_idle_s);
    let found = state.store.session(secret.digest(), now_s, idle_s).await?;
    let found = found.ok_or_else(ApiError::signed_out)?;
    vouch_for(request);
    // Less than nothing when the clock was ahead.
    let unused_s = now_s.saturating_sub(found.session.last_seen_at);
    if !(0..session::touch_after_s(idle_s)).contains(&unused_s)
        && let Err(error) = state.store.touch_session(found.session.digest, now_s).await
    {
        // The next request notes it.
        tracing::warn!("the store does not take the note that a session is used: {error}");
    }
    Ok(found)
}
