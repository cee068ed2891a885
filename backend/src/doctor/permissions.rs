use shared::Country;

use super::finding::Finding;
use crate::twilio::rest::{CountryPermissions, Rest, RestError};

/// More countries than this are not asked for one by one.
const MOST: usize = 60;

/// The account may dial the countries that lines may dial. `None`: all countries.
pub(super) async fn check(rest: &Rest, countries: Option<&[String]>) -> Vec<Finding> {
    let Some(countries) = countries else {
        return vec![Finding::warning(
            "permissions",
            "lines may dial every country",
            "Name the countries that are needed in dial.countries: a stolen passcode then costs less.",
        )];
    };
    let mut findings = Vec::new();
    for code in countries.iter().take(MOST) {
        findings.push(country(code, &rest.permissions(code).await));
    }
    findings
}

fn country(code: &str, permissions: &Result<CountryPermissions, RestError>) -> Finding {
    let name = Country::from_code(code).map_or_else(|| code.to_owned(), |country| country.name().to_owned());
    let console = "Twilio's console, Voice > Settings > Geo permissions";
    match permissions {
        Err(error) => Finding::failed("permissions", error),
        Ok(permissions) if !permissions.low_risk_numbers_enabled => Finding::wrong(
            "permissions",
            format!("the account may not call {name}: Twilio refuses such calls (error 13227)"),
            format!("Allow it: {console}. Or take {code} out of dial.countries."),
        ),
        Ok(permissions)
            if permissions.high_risk_special_numbers_enabled
                || permissions.high_risk_tollfraud_numbers_enabled =>
        {
            Finding::warning(
                "permissions",
                format!("the account may also call expensive numbers of {name}, which fraudsters like"),
                format!("Switch the high-risk numbers off: {console}."),
            )
        }
        Ok(_) => Finding::fine("permissions", format!("the account may call {name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn what_is_dialled_must_be_allowed_and_no_more() {
        let of = |low, special, fraud| {
            country(
                "JP",
                &Ok(CountryPermissions {
                    name: "Japan".into(),
                    low_risk_numbers_enabled: low,
                    high_risk_special_numbers_enabled: special,
                    high_risk_tollfraud_numbers_enabled: fraud,
                }),
            )
            .verdict
        };
        assert_eq!(of(true, false, false), Verdict::Fine);
        assert_eq!(of(true, true, false), Verdict::Warning);
        assert_eq!(of(true, false, true), Verdict::Warning);
        assert_eq!(of(false, true, true), Verdict::Wrong);
    }
}
