//! The only place that asks for the time; rules get it as an argument.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use thiserror::Error;

/// The machine's clock tells a time that HTTP and access tokens have no words for.
#[derive(Debug, Error)]
#[error(
    "the machine's clock tells a time {0}, in which no HTTP answer and no access token can be dated; set it, such as by \
     timedatectl set-ntp true"
)]
pub struct ClockFault(&'static str);

/// Seconds since the Unix epoch; 0 on a machine whose clock is before it.
pub fn now_s() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}

/// How long it is until then; nothing when it is past.
#[cfg(feature = "lambda")]
pub fn left_until(then: SystemTime) -> Duration {
    then.duration_since(SystemTime::now()).unwrap_or_default()
}

/// Whether answers can be dated: the HTTP library panics where they cannot.
///
/// # Errors
/// The clock is before 1970 or after 9999 (RFC 9110, section 5.6.7: the year has four digits).
pub fn check() -> Result<(), ClockFault> {
    check_at(SystemTime::now())
}

fn check_at(now: SystemTime) -> Result<(), ClockFault> {
    const YEAR_10000_S: u64 = 253_402_300_800;
    match now.duration_since(UNIX_EPOCH) {
        Err(_) => Err(ClockFault("before 1970")),
        Ok(since) if since >= Duration::from_secs(YEAR_10000_S) => Err(ClockFault("after the year 9999")),
        Ok(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_zones_are_inside_the_program() {
        let zones = jiff::tz::TimeZoneDatabase::bundled();
        let tokyo = zones.get("Asia/Tokyo").unwrap();
        assert_eq!(tokyo.to_offset(jiff::Timestamp::UNIX_EPOCH).seconds(), 9 * 3600);
    }

    #[test]
    fn only_times_that_can_be_written_are_served() {
        let last = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
        for now in [UNIX_EPOCH, last, SystemTime::now()] {
            assert!(check_at(now).is_ok(), "{now:?}");
        }
        let early = check_at(UNIX_EPOCH - Duration::from_nanos(1)).unwrap_err().to_string();
        assert!(early.contains("before 1970") && early.contains("set-ntp"), "{early}");
        assert!(check_at(UNIX_EPOCH - Duration::from_secs(315_619_200)).is_err(), "1960");
        assert!(check_at(last + Duration::from_secs(1)).is_err());
    }
}
