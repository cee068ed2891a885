use secrecy::SecretString;

use super::sid::{AccountSid, ApiKeySid, ApplicationSid};

/// What the account is known by. The names are those of Twilio's console.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub account_sid: AccountSid,
    /// Signs webhooks.
    pub auth_token: SecretString,
    /// Signs webhooks as well while the auth token is rotated: Twilio's console makes it the primary one in the end.
    pub auth_token_secondary: Option<SecretString>,
    pub api_key_sid: ApiKeySid,
    /// Signs access tokens.
    pub api_key_secret: SecretString,
    /// The TwiML App whose Voice URL is `call_outgoing`.
    pub application_sid: ApplicationSid,
}
