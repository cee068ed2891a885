//! Filters by time: `StartTime=2024-01-31`, and with `<` or `>` before the equals sign.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::answer::RestError;
use super::request::Request;

/// A span of time; both ends belong to it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Times {
    /// What the request asks for by `name`, `name<` and `name>`. A day alone is that day; with a sign it is its midnight,
    /// in UTC.
    pub(super) fn of(request: &Request, name: &str) -> Result<Self, RestError> {
        let read = |sign: &str| {
            let name = format!("{name}{sign}");
            request.query(&name).map(|text| moment(&name, text)).transpose()
        };
        let (at, before, after) = (read("")?, read("<")?, read(">")?);
        let mut times = Self { from: after.map(|span| span.0), until: before.map(|span| span.0) };
        if let Some((first, last)) = at {
            times.from = times.from.max(Some(first));
            times.until = Some(times.until.map_or(last, |until| until.min(last)));
        }
        Ok(times)
    }

    /// Whether a time belongs to it.
    pub(super) fn include(&self, time: Timestamp) -> bool {
        self.from.is_none_or(|from| time >= from) && self.until.is_none_or(|until| time <= until)
    }

    /// The same of a time that may be none.
    pub(super) fn include_some(&self, time: Option<Timestamp>) -> bool {
        time.map_or(*self == Self::default(), |time| self.include(time))
    }
}

/// The first and the last moment of a day, or of a second.
fn moment(name: &str, text: &str) -> Result<(Timestamp, Timestamp), RestError> {
    let wrong = || {
        let message = format!(
            "{name} must be a day, such as 2024-01-31, or a time, such as 2024-01-31T12:00:00Z: {text}"
        );
        RestError::bad(20001, message)
    };
    let (first, seconds) = match text.parse::<Timestamp>() {
        Ok(time) => (time, 1),
        Err(_) => {
            let day: Date = text.parse().map_err(|_| wrong())?;
            (day.to_zoned(TimeZone::UTC).map_err(|_| wrong())?.timestamp(), 86_400)
        }
    };
    let last = first.as_second().checked_add(seconds).and_then(|end| Timestamp::from_second(end).ok());
    let last =
        last.and_then(|end| end.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()).ok_or_else(wrong)?;
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(query: &[(&str, &str)]) -> Result<Times, u32> {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Times::of(&Request { query, ..Request::default() }, "T").map_err(|error| error.code)
    }

    #[test]
    fn a_day_is_all_of_it_and_with_a_sign_its_midnight() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (query, time, expected) in [
            (&[("T", "2024-01-31")][..], "2024-01-31T23:59:59.5Z", true),
            (&[("T", "2024-01-31")], "2024-02-01T00:00:00Z", false),
            (&[("T<", "2024-01-31")], "2024-01-31T00:00:00Z", true),
            (&[("T<", "2024-01-31")], "2024-01-31T00:00:01Z", false),
            (&[("T>", "2024-01-31")], "2024-01-31T00:00:00Z", true),
            (&[("T>", "2024-01-31")], "2024-01-30T23:59:59Z", false),
            (&[("T>", "2024-01-30"), ("T<", "2024-01-31")], "2024-01-30T12:00:00Z", true),
            (&[("T>", "2024-01-31T10:00:00Z")], "2024-01-31T10:00:00Z", true),
            (&[("T", "2024-01-31T10:00:00Z")], "2024-01-31T10:00:00.9Z", true),
            (&[("T", "2024-01-31"), ("T>", "2024-01-31T10:00:00Z")], "2024-01-31T09:00:00Z", false),
        ] {
            assert_eq!(times(query).unwrap().include(at(time)), expected, "{query:?} {time}");
        }
        for wrong in ["yesterday", "2024-13-01", "31.01.2024", "9999-12-31"] {
            assert_eq!(times(&[("T>", wrong)]), Err(20001), "{wrong}");
        }
        assert!(
            times(&[]).unwrap().include_some(None)
                && !times(&[("T", "2024-01-31")]).unwrap().include_some(None)
        );
    }
}
