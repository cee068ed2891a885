use actix_web::{HttpRequest, HttpResponse, cookie::Cookie, http::header::LOCATION, web};
use secrecy::SecretString;
use shared::api::{SIGN_IN_ERROR_PARAM, SignInOptions};
use url::form_urlencoded;

use crate::{
    clock,
    http::{complaints::Kind, error::ApiError, extract::vouch_for, state::AppState},
    sign_in::{
        cookies::OPENID,
        desk::{self, Client, NotBegun},
        openid::{LIFETIME_S, Login, OpenIdError, Provider},
        session::Proof,
        store::attempts::Attempt,
        throttle::Subject,
    },
    store::StoreError,
};

/// Most sign-ins that one browser may have under way, so that its cookies stay small: the latest.
const MOST_UNDER_WAY: usize = 8;
/// Characters of a state that name its cookie.
const ENDING: usize = 16;

/// How one can sign in here, besides number and passcode.
pub(super) async fn options(state: web::Data<AppState>) -> HttpResponse {
    let openid = state.openid.as_ref().map(|provider| provider.name().to_owned());
    HttpResponse::Ok().json(SignInOptions { openid })
}

/// Sends the browser to the provider.
pub(super) async fn start(
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let provider = state.openid.as_ref().ok_or_else(ApiError::not_found)?;
    Ok(match depart(&state, provider, &request).await {
        Ok((url, cookies)) => see_other(&url, cookies),
        Err(error) => failed(&state, &error, None),
    })
}

/// Where the provider sends the browser back to: signs in whom it vouches for, and shows the page.
pub(super) async fn callback(
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let provider = state.openid.as_ref().ok_or_else(ApiError::not_found)?;
    let back = Back::of(&request);
    let login = back.login(&state, provider, &request);
    let used_up = login.as_ref().map(|login| OPENID.clear_one(&state.public_url, ending(&login.state)));
    let signed_in = match login {
        Some(login) => sign_in(&state, provider, &request, &back, login).await,
        None => Err(OpenIdError::Stale),
    };
    state.metrics.count_sign_in(signed_in.as_ref().map_or_else(OpenIdError::counted, |_| "signed_in"));
    if matches!(signed_in, Err(OpenIdError::Store(_))) {
        state.metrics.store_failed();
    }
    Ok(match signed_in {
        Ok(session) => {
            vouch_for(&request);
            see_other(&state.public_url.join(""), session.into_iter().chain(used_up))
        }
        Err(error) => failed(&state, &error, used_up),
    })
}

async fn depart(
    state: &AppState,
    provider: &Provider,
    request: &HttpRequest,
) -> Result<(String, Vec<Cookie<'static>>), OpenIdError> {
    let now_s = clock::now_s();
    let subject = desk::openid_subject(state, &Client::of(request, state)).await?;
    count(state, &subject, now_s).await?;
    let (login, value) = provider.logins.begin(now_s)?;
    let url = provider.depart(&login).await?;
    let mut cookies = forgotten(state, provider, request, now_s);
    cookies.push(OPENID.set_one(&state.public_url, ending(&login.state), value, LIFETIME_S));
    Ok((url.into(), cookies))
}

/// Takes the oldest of many cookies from the browser, and those that are worth nothing.
fn forgotten(
    state: &AppState,
    provider: &Provider,
    request: &HttpRequest,
    now_s: i64,
) -> Vec<Cookie<'static>> {
    let cookies = OPENID.all(request, &state.public_url).into_iter();
    let begun_at = |value: &str| provider.logins.read(value, now_s).map(|login| login.begun_at);
    let mut cookies: Vec<_> = cookies.map(|(ending, value)| (begun_at(&value), ending)).collect();
    cookies.sort();
    let worthless = cookies.partition_point(|(begun_at, _)| begun_at.is_none());
    let most = cookies.len().saturating_sub(MOST_UNDER_WAY - 1);
    let forgotten = cookies.into_iter().take(worthless.max(most));
    forgotten.map(|(_, ending)| OPENID.clear_one(&state.public_url, &ending)).collect()
}

/// What comes back with the browser.
struct Back {
    code: Option<String>,
    state: Option<String>,
    issuer: Option<String>,
}

impl Back {
    fn of(request: &HttpRequest) -> Self {
        let query = request.uri().query().unwrap_or_default();
        // A parameter that comes twice is nobody's: which one counts would be a matter of taste.
        let param = |wanted: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == wanted);
            let value = values.next().map(|(_, value)| value.into_owned());
            value.filter(|_| values.next().is_none())
        };
        Self { code: param("code"), state: param("state"), issuer: param("iss") }
    }

    /// The sign-in of this browser that it belongs to.
    fn login(&self, state: &AppState, provider: &Provider, request: &HttpRequest) -> Option<Login> {
        let expected = self.state.as_deref()?;
        let cookies = OPENID.all(request, &state.public_url);
        let (_, value) = cookies.into_iter().find(|(name, _)| name == ending(expected))?;
        let login = provider.logins.read(&value, clock::now_s())?;
        (login.state == expected).then_some(login)
    }
}

/// The cookies of the session of who comes back.
async fn sign_in(
    state: &AppState,
    provider: &Provider,
    request: &HttpRequest,
    back: &Back,
    login: Login,
) -> Result<[Cookie<'static>; 2], OpenIdError> {
    let (now_s, begun_at) = (clock::now_s(), login.begun_at);
    let client = Client::of(request, state);
    let subject = desk::openid_subject(state, &client).await?;
    // Once more: one that was begun would do for any number of codes made up, with which to ask the provider.
    count(state, &subject, now_s).await?;
    let email = redeem(provider, back, login).await?;
    let line = state.store.line_by_email(&email).await?.ok_or(OpenIdError::UnknownEmail)?;
    let session = desk::begin_session(state, &client, &line, Proof::Email(&email), "OpenID Connect").await;
    let session = session.map_err(|error| match error {
        // The line is nobody's any more by this address.
        NotBegun::StaleProof => OpenIdError::UnknownEmail,
        NotBegun::Store(error) => OpenIdError::Store(error),
        NotBegun::Random(error) => OpenIdError::Random(error),
    })?;
    take_back(state, &subject, [begun_at, now_s]).await?;
    Ok(session)
}

async fn count(state: &AppState, subject: &[Subject], now_s: i64) -> Result<(), OpenIdError> {
    match state.store.begin_attempt(subject, now_s).await? {
        Attempt::Counted { .. } => Ok(()),
        Attempt::TooMany(_) => Err(OpenIdError::TooMany),
    }
}

/// Who is signed in has begun and finished well.
async fn take_back(state: &AppState, subject: &[Subject], times: [i64; 2]) -> Result<(), StoreError> {
    for at in times {
        state.store.forget_attempt(subject, at).await?;
    }
    Ok(())
}

/// The verified e-mail address of who comes back.
async fn redeem(provider: &Provider, back: &Back, login: Login) -> Result<String, OpenIdError> {
    // RFC 9207; not all providers send it.
    if back.issuer.as_ref().is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(OpenIdError::NotBelieved("another provider answered".to_owned()));
    }
    let code = back.code.clone().ok_or(OpenIdError::Cancelled)?;
    provider.arrive(SecretString::from(code), login).await
}

/// The end of the name of the cookie that belongs to a state.
fn ending(state: &str) -> &str {
    state.get(..ENDING).unwrap_or(state)
}

/// Back to the page, which says why.
fn failed(state: &AppState, error: &OpenIdError, used_up: Option<Cookie<'static>>) -> HttpResponse {
    let code = error.failure().code();
    if state.complaints.tell(Kind::OpenId(code)) {
        let words = format!("a sign-in by OpenID Connect failed: {error}");
        match error {
            OpenIdError::Store(_) | OpenIdError::Random(_) => tracing::error!("{words}"),
            OpenIdError::Stale | OpenIdError::Cancelled => tracing::info!("{words}"),
            OpenIdError::Provider(_)
            | OpenIdError::Refused(_)
            | OpenIdError::NotBelieved(_)
            | OpenIdError::NotVerified
            | OpenIdError::UnknownEmail
            | OpenIdError::TooMany => tracing::warn!("{words}"),
        }
    }
    let url = format!("{}?{SIGN_IN_ERROR_PARAM}={code}", state.public_url.join(""));
    see_other(&url, used_up)
}

fn see_other(url: &str, cookies: impl IntoIterator<Item = Cookie<'static>>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, url));
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}
