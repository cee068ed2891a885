use std::error::Error;

/// An error and what is behind it, once each: libraries repeat their causes, or hide them.
#[must_use]
pub fn with_causes(error: &dyn Error) -> String {
    told(error.to_string(), error)
}

/// What is behind a request's error. Its own words have the URL in them, which may hold a secret.
pub(crate) fn of_request(error: &reqwest::Error) -> String {
    let words = told(if error.is_timeout() { "no answer in time".to_owned() } else { String::new() }, error);
    if words.is_empty() { "the request failed".to_owned() } else { words }
}

fn told(mut text: String, error: &dyn Error) -> String {
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !text.contains(&words) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&words);
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot read it: {0}")]
    struct Repeats(#[source] Hides);

    #[derive(Debug, thiserror::Error)]
    #[error("it does not work")]
    struct Hides(#[source] io::Error);

    #[test]
    fn every_cause_is_told_once() {
        let error = Repeats(Hides(io::Error::other("no room")));
        assert_eq!(with_causes(&error), "cannot read it: it does not work: no room");
    }
}
