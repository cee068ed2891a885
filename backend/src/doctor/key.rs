use super::{facts::AccountFacts, finding::Finding};

/// The API key is the account's, and its secret is right.
pub(super) fn api_key(key_sid: &str, facts: &AccountFacts) -> Finding {
    let cure = "Run sidetone connect: it makes a new key and writes it into the configuration.";
    match (&facts.key_sids, &facts.key_works) {
        (Ok(sids), _) if !sids.iter().any(|sid| sid == key_sid) => Finding::wrong(
            "api_key",
            format!(
                "the API key {key_sid} is not one of the account's: it was deleted, or is another account's"
            ),
            cure,
        ),
        (_, Ok(false)) => Finding::wrong(
            "api_key",
            format!("the secret of the API key {key_sid} is wrong: Twilio refuses the tokens"),
            cure,
        ),
        (_, Ok(true)) => Finding::fine("api_key", format!("the API key {key_sid} works")),
        (_, Err(error)) => Finding::failed("api_key", error),
    }
}
