//! What the fragment of an address says of the connection: `https://host/path#rc=3&rp=ct,5xx&tt=10000`. It is neither sent
//! nor signed. <https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides>

use std::time::Duration;

use crate::core::fault::Fault;

/// Retries when the address says nothing of them.
const USUAL_RETRIES: u32 = 1;
/// Retries at most.
const MOST_RETRIES: u64 = 5;
/// Twilio connects within this time when the address says nothing of it.
const USUAL_CONNECT: Duration = Duration::from_secs(5);

/// Why an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// There is no connection, or no TLS on it.
    NotConnected,
    /// The answer did not come in time.
    NotInTime,
    /// The connection broke before the answer was there.
    Broken,
    /// The answer says that it failed.
    Status(u16),
}

/// After which failures a request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Policy {
    not_connected: bool,
    not_in_time: bool,
    client_errors: bool,
    server_errors: bool,
    all: bool,
}

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrides {
    retries: u32,
    policy: Policy,
    /// Until there is a connection.
    pub connect: Duration,
    /// Of one attempt, until the answer is there.
    pub read: Duration,
    /// Of all attempts.
    pub total: Duration,
}

impl Overrides {
    /// What holds when an address has no fragment; an attempt, and all of them, may last as long as `longest`.
    #[must_use]
    pub fn usual(longest: Duration) -> Self {
        let policy = Policy { not_connected: true, ..Policy::default() };
        Self {
            retries: USUAL_RETRIES,
            policy,
            connect: USUAL_CONNECT.min(longest),
            read: longest,
            total: longest,
        }
    }

    /// What an address says.
    ///
    /// # Errors
    /// A part of the fragment is unknown or has a value that is out of range. What Twilio does then is not documented but
    /// for `rp`; here the request is not sent.
    pub fn of(url: &str, longest: Duration) -> Result<Self, Fault> {
        let mut overrides = Self::usual(longest);
        let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
        for part in fragment.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let number = |least: u64, most: u64| {
                let number = value.parse::<u64>().ok().filter(|number| (least..=most).contains(number));
                number.ok_or_else(|| {
                    let message = format!(
                        "connection overrides: {name}={value} must be a whole number between {least} and {most}"
                    );
                    Fault { code: 11100, message }
                })
            };
            let millis = |most: u64| number(100, most).map(Duration::from_millis);
            match name {
                "rc" => overrides.retries = u32::try_from(number(0, MOST_RETRIES)?).unwrap_or(USUAL_RETRIES),
                "rp" => overrides.policy = policy(value)?,
                "ct" => overrides.connect = millis(10_000)?,
                "rt" => overrides.read = millis(15_000)?,
                "tt" => overrides.total = millis(15_000)?,
                // Every name is sent to every server (SNI), and there are no edges of Twilio's here.
                "sni" if matches!(value, "y" | "n") => {}
                "e" if !value.is_empty() => {}
                _ => {
                    let message = format!(
                        "connection overrides: #{part} is none; there are rc, rp, ct, rt, tt, sni=y or n, and e"
                    );
                    return Err(Fault { code: 11100, message });
                }
            }
        }
        Ok(overrides)
    }

    /// Whether a request is sent again after it failed in this way, having been sent again `before` times.
    #[must_use]
    pub fn again(&self, before: u32, failure: Failure) -> bool {
        let policy = self.policy;
        before < self.retries
            && (policy.all
                || match failure {
                    Failure::NotConnected => policy.not_connected,
                    Failure::NotInTime => policy.not_in_time,
                    Failure::Broken => false,
                    Failure::Status(400..500) => policy.client_errors,
                    Failure::Status(_) => policy.server_errors,
                })
    }
}

fn policy(text: &str) -> Result<Policy, Fault> {
    let mut policy = Policy::default();
    for word in text.split(',') {
        match word {
            "ct" => policy.not_connected = true,
            "rt" => policy.not_in_time = true,
            "4xx" => policy.client_errors = true,
            "5xx" => policy.server_errors = true,
            "all" => policy.all = true,
            _ => {
                let message =
                    format!("HTTP retry policy is invalid: rp={text} may hold ct, rt, 4xx, 5xx and all");
                return Err(Fault { code: 11243, message });
            }
        }
    }
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(15);
    const FAILURES: [Failure; 5] = [
        Failure::NotConnected,
        Failure::NotInTime,
        Failure::Broken,
        Failure::Status(404),
        Failure::Status(503),
    ];

    fn of(fragment: &str) -> Result<Overrides, u32> {
        Overrides::of(&format!("http://h/p?x=1{fragment}"), LONGEST).map_err(|fault| fault.code)
    }

    /// How often each failure is followed by another attempt.
    fn repeats(fragment: &str) -> [u32; 5] {
        let overrides = of(fragment).unwrap();
        FAILURES.map(|failure| (0..9).take_while(|before| overrides.again(*before, failure)).count() as u32)
    }

    #[test]
    fn without_a_word_only_a_connection_is_tried_again_and_once() {
        assert_eq!(repeats(""), [1, 0, 0, 0, 0]);
        assert_eq!(repeats("#"), [1, 0, 0, 0, 0]);
    }

    #[test]
    fn the_fragment_says_how_often_and_after_what() {
        assert_eq!(repeats("#rc=3"), [3, 0, 0, 0, 0]);
        assert_eq!(repeats("#rc=0"), [0; 5]);
        assert_eq!(repeats("#rc=3&rp=ct,5xx"), [3, 0, 0, 0, 3]);
        assert_eq!(repeats("#rp=4xx"), [0, 0, 0, 1, 0]);
        assert_eq!(repeats("#rc=5&rp=rt"), [0, 5, 0, 0, 0]);
        assert_eq!(repeats("#rc=2&rp=all"), [2; 5]);
        let timed = of("#ct=200&rt=300&tt=400&sni=y&e=dublin,tokyo").unwrap();
        assert_eq!([timed.connect, timed.read, timed.total], [200, 300, 400].map(Duration::from_millis));
    }

    #[test]
    fn what_is_out_of_range_or_unknown_is_refused() {
        for fragment in
            ["#rc=6", "#rc=-1", "#rc=", "#ct=99", "#ct=10001", "#rt=15001", "#tt=16000", "#top", "#sni=x"]
        {
            assert_eq!(of(fragment), Err(11100), "{fragment}");
        }
        for fragment in ["#rp=3xx", "#rp=", "#rp=ct;5xx", "#rc=2&rp=5XX"] {
            assert_eq!(of(fragment), Err(11243), "{fragment}");
        }
    }
}
