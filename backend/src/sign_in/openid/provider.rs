use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    AccessToken, AuthType, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, SubjectIdentifier, TokenResponse,
    core::{
        CoreClient, CoreClientAuthMethod, CoreIdTokenClaims, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
    },
};
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::{
    error::OpenIdError,
    http,
    login::{Login, LoginKey},
};
use crate::{clock, config::OpenIdSettings, error_chain::with_causes, lines::email, web_client::NoClient};

/// What is known of the provider is asked anew after this.
const REFRESH_AFTER: Duration = Duration::from_secs(3600);
/// Not more often than this, whatever strangers send us.
const REFRESH_AT_MOST_EVERY: Duration = Duration::from_secs(30);

/// A provider that did not answer is not asked again for so long: people would queue for nothing.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Seconds that the provider's clock may be ahead of ours.
const CLOCKS_APART_S: i64 = 60;

/// Signatures that only the provider can make. Those by HMAC are made with our own secret: whoever has that, or has us at
/// another provider, could sign anybody in.
const ASYMMETRIC: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What the discovery document gives the library: where to send browsers, perhaps where to redeem codes and to ask for
/// claims.
type DiscoveredClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider of the settings: where to send browsers, and what to believe of what they bring back.
pub(crate) struct Provider {
    settings: OpenIdSettings,
    redirect_url: String,
    /// Of the sign-ins that are under way.
    pub(crate) logins: LoginKey,
    http: Client,
    /// The discovery document and the keys. Each replica has its own; nothing depends on which.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Arc<CoreProviderMetadata>, Instant)>,
    failed_at: Option<Instant>,
}

impl Provider {
    /// `redirect_url` is our callback's, as it is registered at the provider.
    pub(crate) fn new(settings: OpenIdSettings, redirect_url: String) -> Result<Self, NoClient> {
        let logins = LoginKey::new(&settings.client_secret);
        Ok(Self { settings, redirect_url, logins, http: http::client()?, known: Mutex::default() })
    }

    /// What the page calls it.
    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// As the provider writes it.
    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where to send the browser: authorization code flow with PKCE, state and nonce.
    pub(crate) async fn depart(&self, login: &Login) -> Result<Url, OpenIdError> {
        let client = self.client(&*self.metadata(REFRESH_AFTER).await?)?;
        let verifier = PkceCodeVerifier::new(login.verifier.clone());
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let (state, nonce) = (CsrfToken::new(login.state.clone()), Nonce::new(login.nonce.clone()));
        let (url, _, _) = client
            .authorize_url(flow, || state, || nonce)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url)
    }

    /// Redeems the code; returns the verified e-mail address, as [`email::normalise`] writes it.
    pub(crate) async fn arrive(&self, code: SecretString, login: Login) -> Result<String, OpenIdError> {
        let Login { nonce, verifier, .. } = login;
        let metadata = self.metadata(REFRESH_AFTER).await?;
        let client = self.client(&metadata)?;
        let request = client
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .map_err(|error| OpenIdError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let http = |request| http::send(self.http.clone(), request);
        let answer = request.request_async(&http).await.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(refusal) => {
                OpenIdError::Refused(format!("{:?}", refusal.error()))
            }
            openidconnect::RequestTokenError::Request(error) => OpenIdError::Provider(error.to_string()),
            // Not the answer itself: it may have tokens in it.
            _ => OpenIdError::Provider("its answer to the code cannot be read".to_owned()),
        })?;
        let nonce = Nonce::new(nonce);
        let claims = match self.claims(&metadata, &answer, &nonce) {
            // The provider may have new keys.
            Err(OpenIdError::NotBelieved(_)) => {
                let metadata = self.metadata(REFRESH_AT_MOST_EVERY).await?;
                self.claims(&metadata, &answer, &nonce)?
            }
            claims => claims?,
        };
        let (mut address, mut verified) = (claims.email().cloned(), claims.email_verified());
        if address.is_none() {
            let token = answer.access_token().clone();
            let told = self.user_info(&metadata, token, claims.subject().clone()).await?;
            (address, verified) = (told.email().cloned(), told.email_verified());
        }
        let address = address.filter(|_| verified == Some(true)).ok_or(OpenIdError::NotVerified)?;
        email::normalise(address.as_str()).ok_or(OpenIdError::NotVerified)
    }

    /// The claims of the ID token: signed by the provider, for us, for this sign-in, not too late and not too early.
    fn claims(
        &self,
        metadata: &CoreProviderMetadata,
        answer: &CoreTokenResponse,
        nonce: &Nonce,
    ) -> Result<CoreIdTokenClaims, OpenIdError> {
        let client = self.client(metadata)?;
        let token =
            answer.id_token().ok_or_else(|| OpenIdError::NotBelieved("there is no ID token".to_owned()))?;
        let now_s = clock::now_s();
        let algorithms = signing_algorithms(metadata.id_token_signing_alg_values_supported())?;
        let verifier =
            client.id_token_verifier().set_allowed_algs(algorithms).set_issue_time_verifier_fn(move |at| {
                let early = at.timestamp() > now_s.saturating_add(CLOCKS_APART_S);
                if early { Err(format!("it was issued at {at}, which is still to come")) } else { Ok(()) }
            });
        let claims =
            token.claims(&verifier, nonce).map_err(|error| OpenIdError::NotBelieved(error.to_string()))?;
        if !begun(&token.to_string(), now_s) {
            return Err(OpenIdError::NotBelieved("it is not good yet (nbf)".to_owned()));
        }
        // The library leaves it to its users. Further audiences it refuses.
        if claims.authorized_party().is_some_and(|party| **party != self.settings.client_id) {
            return Err(OpenIdError::NotBelieved("it was issued to another client (azp)".to_owned()));
        }
        Ok(claims.clone())
    }

    /// Some providers tell the address only here.
    async fn user_info(
        &self,
        metadata: &CoreProviderMetadata,
        token: AccessToken,
        subject: SubjectIdentifier,
    ) -> Result<CoreUserInfoClaims, OpenIdError> {
        let client = self.client(metadata)?;
        let Ok(request) = client.user_info(token, Some(subject)) else {
            return Err(OpenIdError::NotVerified);
        };
        let http = |request| http::send(self.http.clone(), request);
        request.request_async(&http).await.map_err(|error| OpenIdError::NotBelieved(error.to_string()))
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Result<DiscoveredClient, OpenIdError> {
        let redirect_url = RedirectUrl::new(self.redirect_url.clone())
            .map_err(|error| OpenIdError::Provider(format!("our own address is no URL: {error}")))?;
        let secret = ClientSecret::new(self.settings.client_secret.expose_secret().to_owned());
        let methods = metadata.token_endpoint_auth_methods_supported();
        // What a provider that says nothing takes, by the standard, is the secret in the header.
        let in_body = methods.is_some_and(|methods| {
            !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        let client_id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), client_id, Some(secret))
            .set_redirect_uri(redirect_url);
        Ok(if in_body { client.set_auth_type(AuthType::RequestBody) } else { client })
    }

    /// What is known of the provider, asked anew when it is older than that. When the provider does not answer, what was
    /// known before serves.
    async fn metadata(&self, at_most_old: Duration) -> Result<Arc<CoreProviderMetadata>, OpenIdError> {
        // One asks, the others wait for the answer.
        let mut known = self.known.lock().await;
        if let Some((metadata, at)) = &known.metadata
            && at.elapsed() < at_most_old
        {
            return Ok(metadata.clone());
        }
        if known.failed_at.is_none_or(|at| at.elapsed() >= PAUSE_AFTER_FAILURE) {
            match self.discover().await {
                Ok(metadata) => {
                    let metadata = Arc::new(metadata);
                    *known = Known { metadata: Some((metadata.clone(), Instant::now())), failed_at: None };
                    return Ok(metadata);
                }
                Err(error) => {
                    tracing::warn!("the OpenID provider cannot be asked: {error}");
                    known.failed_at = Some(Instant::now());
                }
            }
        }
        let before = known.metadata.as_ref().map(|(metadata, _)| metadata.clone());
        before.ok_or_else(|| OpenIdError::Provider("it did not answer".to_owned()))
    }

    async fn discover(&self) -> Result<CoreProviderMetadata, OpenIdError> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|error| OpenIdError::Provider(error.to_string()))?;
        let http = |request| http::send(self.http.clone(), request);
        let discovered = CoreProviderMetadata::discover_async(issuer, &http).await;
        discovered.map_err(|error| OpenIdError::Provider(with_causes(&error)))
    }
}

/// Whether the time from which a signed token is good (`nbf`, RFC 7519 section 4.1.5) has come. The library does not look.
fn begun(token: &str, now_s: i64) -> bool {
    let payload = token.split('.').nth(1).and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok());
    let Some(claims) = payload.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()) else {
        return false;
    };
    match &claims["nbf"] {
        Value::Null => true,
        time => time.as_f64().is_some_and(|time| time <= now_s.saturating_add(CLOCKS_APART_S) as f64),
    }
}

/// Those of the provider's by which it can prove anything.
fn signing_algorithms(
    listed: &[CoreJwsSigningAlgorithm],
) -> Result<Vec<CoreJwsSigningAlgorithm>, OpenIdError> {
    let good: Vec<_> = listed.iter().filter(|listed| ASYMMETRIC.contains(listed)).cloned().collect();
    if good.is_empty() {
        let words = "it signs ID tokens by none of the ways that can be believed, such as RS256 or ES256";
        return Err(OpenIdError::Provider(words.to_owned()));
    }
    Ok(good)
}
