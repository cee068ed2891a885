use secrecy::SecretString;

/// What the account is known by. The names are those of Twilio's console.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// `AC…`
    pub account_sid: String,
    /// Signs webhooks.
    pub auth_token: SecretString,
    /// Signs webhooks as well while the auth token is rotated: Twilio's console makes it the primary one in the end.
    pub auth_token_secondary: Option<SecretString>,
    /// `SK…`
    pub api_key_sid: String,
    /// Signs access tokens.
    pub api_key_secret: SecretString,
    /// `AP…`, the TwiML App whose Voice URL is `call_outgoing`.
    pub application_sid: String,
}
