//! `/v1/DialingPermissions/Countries` and `/v1/DialingPermissions/Countries/{ISO}`, of the host `voice.twilio.com`.

use serde_json::{Value, json};

use super::answer::{Context, RestError, Result, ok};
use super::fields::boolean;
use super::lacking::lacks;
use super::page::page;
use crate::core::account::{Country, Permissions};

/// Lists of the version 1 have full addresses.
const HOST: &str = "https://voice.twilio.com";

pub(super) fn route(context: &mut Context<'_>, rest: &[&str]) -> Result {
    if let ["BulkCountryUpdates", ..] | ["Countries", _, "HighRiskSpecialPrefixes", ..] = rest {
        return Err(lacks("only reads which countries may be called"));
    }
    if context.request.method != "GET" {
        return Err(context.wrong_method());
    }
    if let ["Countries"] = rest {
        context.takes(&FILTERS, &[])?;
        return list(context);
    }
    let permissions = &context.account.permissions;
    match rest {
        ["Countries", iso_code] => match Country::by_iso(&iso_code.to_ascii_uppercase()) {
            Some(country) => ok(show(permissions, country)),
            None => Err(context.not_found()),
        },
        _ => Err(context.not_found()),
    }
}

const FILTERS: [&str; 6] = [
    "IsoCode",
    "Continent",
    "CountryCode",
    "LowRiskNumbersEnabled",
    "HighRiskSpecialNumbersEnabled",
    "HighRiskTollfraudNumbersEnabled",
];

fn list(context: &Context<'_>) -> Result {
    let request = context.request;
    let permissions = &context.account.permissions;
    let text = |name: &str| request.query(name).map(str::to_ascii_uppercase);
    let flag = |name: &str| -> std::result::Result<Option<bool>, RestError> {
        request.query(name).map(|value| boolean(name, value)).transpose()
    };
    let (iso_code, continent) = (text("IsoCode"), text("Continent"));
    let code = request.query("CountryCode").map(|code| code.trim().trim_start_matches('+').to_owned());
    let low = flag("LowRiskNumbersEnabled")?;
    let special = flag("HighRiskSpecialNumbersEnabled")?;
    let tollfraud = flag("HighRiskTollfraudNumbersEnabled")?;
    let wanted = |country: &&'static Country| {
        let permission = permissions.of(country);
        iso_code.as_ref().is_none_or(|iso| iso == country.iso_code)
            && continent.as_ref().is_none_or(|continent| continent == country.continent.as_str())
            && code.as_ref().is_none_or(|code| code == country.calling_code)
            && low.is_none_or(|low| low == permission.low_risk)
            && special.is_none_or(|special| special == permission.high_risk_special)
            && tollfraud.is_none_or(|tollfraud| tollfraud == permission.high_risk_tollfraud)
    };
    let countries = Country::all().iter().filter(wanted);
    let items = countries.map(|country| (country.iso_code.to_owned(), show(permissions, country)));
    let page = page(request, items.collect())?;
    let url = |query: &String| format!("{HOST}{}?{query}", request.path);
    ok(json!({
        "content": page.items,
        "meta": {
            "page": page.number, "page_size": page.size, "key": "content",
            "first_page_url": url(&page.first), "url": url(&page.first),
            "next_page_url": page.next.as_ref().map(url), "previous_page_url": page.previous.as_ref().map(url),
        },
    }))
}

fn show(permissions: &Permissions, country: &'static Country) -> Value {
    let permission = permissions.of(country);
    let url = format!("{HOST}/v1/DialingPermissions/Countries/{}", country.iso_code);
    json!({
        "iso_code": country.iso_code, "name": country.name, "continent": country.continent.as_str(),
        "country_codes": [format!("+{}", country.calling_code)],
        "low_risk_numbers_enabled": permission.low_risk,
        "high_risk_special_numbers_enabled": permission.high_risk_special,
        "high_risk_tollfraud_numbers_enabled": permission.high_risk_tollfraud,
        "url": url, "links": { "highrisk_special_prefixes": format!("{url}/HighRiskSpecialPrefixes") },
    })
}
