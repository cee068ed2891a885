//! Secrets in messages are shortened before they reach the timeline.

use serde_json::Value;

/// Enough of a token to tell it from another.
const VISIBLE: usize = 8;

/// A copy of `payload` whose tokens are shortened.
#[must_use]
pub fn redact(payload: &Value) -> Value {
    let mut copy = payload.clone();
    for name in ["token", "reconnect"] {
        if let Some(Value::String(secret)) = copy.get_mut(name) {
            *secret = shorten(secret);
        }
    }
    copy
}

fn shorten(secret: &str) -> String {
    // The end of a token differs where its beginning, the header, does not.
    let skip = secret.chars().count().saturating_sub(VISIBLE);
    format!("…{}", secret.chars().skip(skip.max(1)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tokens_are_shortened_and_the_rest_stays() {
        let payload = json!({"token": "aaaabbbbccccdddd", "sdp": "v=0", "reconnect": "xy"});
        let expected = json!({"token": "…ccccdddd", "sdp": "v=0", "reconnect": "…y"});
        assert_eq!(redact(&payload), expected);
        let connected = json!({"token": {"identity": "alice", "ttl": 1}});
        assert_eq!(redact(&connected), connected);
        assert_eq!(redact(&Value::Null), Value::Null);
    }
}
