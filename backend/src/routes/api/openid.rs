use actix_web::{
    HttpRequest, HttpResponse,
    cookie::Cookie,
    http::header::{CACHE_CONTROL, LOCATION},
    web,
};
use secrecy::SecretString;
use shared::api::{SIGN_IN_ERROR_PARAM, SignInOptions};
use url::form_urlencoded;

use crate::{
    clock,
    cookies::OPENID,
    domain::{browser_secret::BrowserSecret, session::Proof},
    error::ApiError,
    openid::{Departure, OpenIdError, Provider},
    sign_in::{self, Client, NotBegun},
    state::AppState,
    store::OpenIdLogin,
};

/// Seconds a person may take at the provider.
const LOGIN_LIFETIME_S: u32 = 600;

/// How one can sign in here, besides number and passcode.
pub(in crate::routes) async fn options(state: web::Data<AppState>) -> HttpResponse {
    let openid = state.openid.as_ref().map(|provider| provider.name().to_owned());
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(SignInOptions { openid })
}

/// Sends the browser to the provider.
pub(in crate::routes) async fn start(state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    let provider = state.openid.as_ref().ok_or_else(ApiError::not_found)?;
    Ok(match depart(&state, provider).await {
        Ok((url, cookie)) => see_other(&url, [cookie]),
        Err(error) => failed(&state, &error),
    })
}

/// Where the provider sends the browser back to: signs in whom it vouches for, and shows the page.
pub(in crate::routes) async fn callback(
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let provider = state.openid.as_ref().ok_or_else(ApiError::not_found)?;
    let signed_in = sign_in(&state, provider, &request).await;
    state.metrics.openid_ended(signed_in.as_ref().err());
    Ok(match signed_in {
        Ok([session, device]) => {
            see_other(&state.public_url.join(""), [session, device, OPENID.clear(&state.public_url)])
        }
        Err(error) => failed(&state, &error),
    })
}

/// The cookies of the session of who comes back.
async fn sign_in(
    state: &AppState,
    provider: &Provider,
    request: &HttpRequest,
) -> Result<[Cookie<'static>; 2], OpenIdError> {
    let email = arrive(state, provider, request).await?;
    let line = state.store.line_by_email(&email).await?.ok_or(OpenIdError::UnknownEmail)?;
    let client = Client::of(request, state);
    sign_in::begin_session(state, &client, &line, Proof::Email(&email), "OpenID Connect").await.map_err(
        |error| match error {
            // The line is nobody's any more by this address.
            NotBegun::StaleProof => OpenIdError::UnknownEmail,
            NotBegun::Store(error) => OpenIdError::Store(error),
            NotBegun::Random(error) => OpenIdError::Random(error),
        },
    )
}

async fn depart(state: &AppState, provider: &Provider) -> Result<(String, Cookie<'static>), OpenIdError> {
    let Departure { url, state: expected, nonce, verifier } = provider.depart().await?;
    let now_s = clock::now_s();
    let secret = BrowserSecret::generate()?;
    let login = OpenIdLogin {
        digest: secret.digest(),
        state: expected,
        nonce,
        verifier,
        expires_at: now_s.saturating_add(i64::from(LOGIN_LIFETIME_S)),
    };
    state.store.add_login(&login, now_s).await?;
    Ok((url.into(), OPENID.set(&state.public_url, &secret, LOGIN_LIFETIME_S)))
}

/// The verified e-mail address of who comes back.
async fn arrive(state: &AppState, provider: &Provider, request: &HttpRequest) -> Result<String, OpenIdError> {
    let query = request.uri().query().unwrap_or_default();
    // A parameter that comes twice is nobody's: which one counts would be a matter of taste.
    let param = |wanted: &str| {
        let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == wanted);
        let value = values.next().map(|(_, value)| value.into_owned());
        value.filter(|_| values.next().is_none())
    };
    let secret = OPENID.read(request, &state.public_url).ok_or(OpenIdError::Stale)?;
    // Handed out once: neither a second tab nor a replayed address gets it again.
    let login = state.store.take_login(secret.digest(), clock::now_s()).await?.ok_or(OpenIdError::Stale)?;
    if param("state").as_deref() != Some(login.state.as_str()) {
        return Err(OpenIdError::Stale);
    }
    // RFC 9207; not all providers send it.
    if param("iss").is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(OpenIdError::NotBelieved("another provider answered".to_owned()));
    }
    let code = param("code").ok_or(OpenIdError::Cancelled)?;
    provider.arrive(SecretString::from(code), login.nonce, login.verifier).await
}

/// Back to the page, which says why.
fn failed(state: &AppState, error: &OpenIdError) -> HttpResponse {
    tracing::warn!("a sign-in by OpenID Connect failed: {error}");
    let url = format!("{}?{SIGN_IN_ERROR_PARAM}={}", state.public_url.join(""), error.failure().code());
    see_other(&url, [OPENID.clear(&state.public_url)])
}

fn see_other(url: &str, cookies: impl IntoIterator<Item = Cookie<'static>>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, url)).insert_header((CACHE_CONTROL, "no-store"));
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.finish()
}
