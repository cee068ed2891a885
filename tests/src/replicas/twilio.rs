use anyhow::{Context, Result, ensure};
use emulator::webhook::signature;

/// Twilio, as far as it asks and reports: an answer that breaks off or is no success is none, and it asks nobody again.
#[derive(Clone)]
pub struct Twilio {
    client: reqwest::Client,
    public_url: String,
    auth_token: String,
}

impl Twilio {
    pub fn new(client: reqwest::Client, public_url: &str, auth_token: &str) -> Self {
        Self { client, public_url: public_url.to_owned(), auth_token: auth_token.to_owned() }
    }

    /// Posts a signed form; gives the body of the answer.
    ///
    /// # Errors
    /// There was no success.
    pub async fn posts(&self, path: &str, form: &[(&str, &str)]) -> Result<String> {
        let url = format!("{}/{path}", self.public_url);
        let form: Vec<_> =
            form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
        let request = self
            .client
            .post(&url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", signature(&self.auth_token, &url, &form))
            .body(body);
        let answer = request.send().await.with_context(|| format!("{path} {form:?}"))?;
        let status = answer.status();
        let text = answer.text().await.with_context(|| format!("{path} breaks off"))?;
        ensure!(status.is_success(), "{path} {form:?}: {status} {text}");
        Ok(text)
    }
}
