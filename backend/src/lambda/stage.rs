//! Which of our paths is meant. API Gateway puts the name of its stage before the path, or a custom domain's mapping, or
//! nothing; a CloudFront distribution may have put something there as well.

use thiserror::Error;

/// The address was of a stage that the settings know nothing of. Twilio signs the whole address, so that no call would come
/// through it.
#[derive(Debug, Eq, Error, PartialEq)]
#[error(
    "This is the stage {stage} of the API, but the server's public_url has the path {prefix}. Let both be the same: name the \
     stage as the path, or write the stage into public_url."
)]
pub(super) struct WrongStage {
    stage: String,
    prefix: String,
}

/// The path for the app, which takes it with the prefix of the public URL or without.
pub(super) fn meant<'p>(path: &'p str, stage: &str, prefix: &str) -> Result<&'p str, WrongStage> {
    if below(path, prefix).is_some() {
        return Ok(path);
    }
    // No other address than that of a stage begins with its name.
    match below(path, &format!("/{stage}")) {
        None => Ok(path),
        // The public URL is without the stage, which CloudFront has put there.
        Some(rest) if prefix.is_empty() || below(rest, prefix).is_some() => Ok(rest),
        Some(_) => Err(WrongStage { stage: stage.to_owned(), prefix: prefix.to_owned() }),
    }
}

/// What comes after the first segments of a path, if they are these. Nothing at all is a slash.
fn below<'p>(path: &'p str, first: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(first).filter(|_| !first.is_empty())?;
    match rest {
        "" => Some("/"),
        _ => rest.starts_with('/').then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_stays_the_stage_goes_and_a_foreign_stage_is_named() {
        for (path, stage, prefix, expected) in [
            // The stage is the prefix: an API as it comes, and one behind CloudFront.
            ("/prod/api/session", "prod", "/prod", "/prod/api/session"),
            ("/prod", "prod", "/prod", "/prod"),
            ("/prod/", "prod", "/prod", "/prod/"),
            ("/prod/prod/x", "prod", "/prod", "/prod/prod/x"),
            // A custom domain without a path: no stage in the path.
            ("/api/session", "prod", "", "/api/session"),
            ("/api/session", "$default", "", "/api/session"),
            // CloudFront with an origin path: the stage is nobody's wish.
            ("/prod/api/session", "prod", "", "/api/session"),
            ("/v7/prod/api/session", "v7", "/prod", "/prod/api/session"),
            ("/v7", "v7", "", "/"),
            // A base path mapping, and a mapping that strips.
            ("/phone/api/session", "live", "/phone", "/phone/api/session"),
            ("/api/session", "live", "/phone", "/api/session"),
            ("/production/x", "prod", "/prod", "/production/x"),
            ("/$default/x", "$default", "", "/x"),
        ] {
            assert_eq!(meant(path, stage, prefix), Ok(expected), "{path} {stage} {prefix}");
        }
        let wrong = meant("/dev/api/session", "dev", "/prod").unwrap_err().to_string();
        assert!(wrong.contains("stage dev") && wrong.contains("path /prod"), "{wrong}");
    }
}
