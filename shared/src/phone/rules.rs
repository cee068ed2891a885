//! Digits that are dialled in a country and are no part of the number: carrier codes, the prefixes of text relays, Argentina's
//! `15` in the middle of mobile numbers; and local numbers, where the whole country is one area.
//!
//! A rule is `lead,keep,drop,put`, three patterns and digits, of which the last ones may be missing; rules stand apart by `;`.
//! Digits that consist of what `lead`, `keep` and `drop` fit, and a rest, become `put`, then what `keep` fitted, then the
//! rest.

use super::pattern;

/// The first number that a rule makes of the digits, of those that are valid.
pub(super) fn rewritten(rules: &str, digits: &str, is_valid: impl Fn(&str) -> bool) -> Option<String> {
    rules.split(';').filter(|rule| !rule.is_empty()).find_map(|rule| {
        let mut parts = rule.split(',');
        let mut next = || parts.next().unwrap_or_default();
        let (lead, keep, drop, put) = (next(), next(), next(), next());
        let mut found = None;
        pattern::split(lead, digits, &mut |behind_lead| {
            pattern::split(keep, behind_lead, &mut |behind_keep| {
                let kept = &behind_lead[..behind_lead.len() - behind_keep.len()];
                pattern::split(drop, behind_keep, &mut |rest| {
                    let number = [put, kept, rest].concat();
                    let is_one = is_valid(&number);
                    if is_one {
                        found = Some(number);
                    }
                    is_one
                })
            })
        });
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_part_of_the_number_goes() {
        let any = |_: &str| true;
        let ten = |number: &str| number.len() == 10;
        for (rules, digits, number) in [
            ("0?,11|[23]xxx?,15,9", "0111523456789", Some("91123456789")),
            ("0?,11|[23]xxx?,15,9", "2211523456", Some("922123456")),
            ("0?,11|[23]xxx?,15,9", "01123456789", None),
            (",[457]x{6},,268", "4621234", Some("2684621234")),
            ("9;17", "1712", Some("12")),
            ("", "12", None),
        ] {
            assert_eq!(rewritten(rules, digits, any).as_deref(), number, "{rules} on {digits}");
        }
        // A rule goes on looking for what leaves a valid number.
        assert_eq!(rewritten("0(15)?", "01534567890", ten).as_deref(), Some("1534567890"));
        assert_eq!(rewritten("0(15)?", "0159", ten), None);
    }
}
