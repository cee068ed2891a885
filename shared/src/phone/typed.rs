//! Numbers while they are typed. Nothing here takes a digit away or adds one.

use super::pattern::Fit;
use super::plans::Plan;
use super::shape::{Shape, fill};
use super::{Country, cleaning};

/// What is typed so far, grouped as it will most likely be when it is complete; as typed where there is nothing to group.
pub fn format_as_typed(input: &str, home: Option<Country>) -> String {
    let Ok(cleaned) = cleaning::clean(input) else { return input.to_owned() };
    if let Some(digits) = cleaned.strip_prefix('+') {
        return international(digits);
    }
    let Some(home) = home else { return cleaned };
    match home.exit_code_in(&cleaned) {
        Some(length) if length < cleaned.len() => {
            let (exit, digits) = cleaned.split_at(length);
            [exit, &international(digits)[1..]].join(" ")
        }
        _ => national(home.plan(), &cleaned),
    }
}

/// The country of what is typed so far, as far as it can be told: that of the country code, or `home`.
pub fn country_as_typed(input: &str, home: Option<Country>) -> Option<Country> {
    let Ok(cleaned) = cleaning::clean(input) else { return home.filter(|_| !input.starts_with('+')) };
    let exit = home.and_then(|home| home.exit_code_in(&cleaned));
    let digits = match (cleaned.strip_prefix('+'), exit) {
        (Some(digits), _) => digits,
        (None, Some(exit)) => &cleaned[exit..],
        (None, None) => return home,
    };
    let (plan, national) = Plan::of(digits)?;
    plan.country(national).map(Country::new)
}

/// Digits that follow a plus sign, with it.
pub(super) fn international(digits: &str) -> String {
    let Some((plan, national)) = Plan::of(digits) else { return ["+", digits].concat() };
    joined(plan, national, Shape::of(plan, national))
}

/// The international form of a number.
pub(super) fn joined(plan: Plan, national: &str, shape: Option<Shape>) -> String {
    let grouped = match shape {
        Some(shape) => fill(shape.international, national),
        None => national.to_owned(),
    };
    let space = if grouped.is_empty() { "" } else { " " };
    ["+", plan.calling_code(), space, &grouped].concat()
}

/// As they are dialled inside the country.
fn national(plan: Plan, typed: &str) -> String {
    let with_trunk = plan.trunks().find_map(|trunk| {
        let digits = typed.strip_prefix(trunk).filter(|digits| !digits.is_empty())?;
        let shape = Shape::of(plan, digits)?;
        (trunk_in(shape.national) == trunk).then(|| fill(shape.national, digits))
    });
    if let Some(shown) = with_trunk {
        return shown;
    }
    let trunk = plan.trunks().find(|trunk| typed.starts_with(trunk)).filter(|_| plan.fit(typed) != Fit::Yes);
    let (trunk, digits) = typed.split_at(trunk.map_or(0, str::len));
    let Some(shape) = Shape::of(plan, digits).filter(|_| !digits.is_empty()) else { return typed.to_owned() };
    if !trunk.is_empty() {
        [trunk, &fill(shape.international, digits)].join(" ")
    } else if shape.national.is_empty() || !trunk_in(shape.national).is_empty() {
        fill(shape.international, digits)
    } else {
        fill(shape.national, digits)
    }
}

/// The digits that a template writes before the number's own.
fn trunk_in(template: &str) -> String {
    let before = template.chars().take_while(|sign| !sign.is_ascii_lowercase());
    before.filter(char::is_ascii_digit).collect()
}
