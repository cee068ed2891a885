use emulator::Permission;
use emulator::account::AccountChange;

use crate::world::{World, texts};

const COUNTRIES: &str = "/v1/DialingPermissions/Countries";

#[actix_web::test]
async fn a_country_is_enabled_or_not() {
    let world = World::with(|account| account.disabled_countries = vec!["RU".into()]).await;
    let japan = world.get(&format!("{COUNTRIES}/JP")).await.body;
    assert_eq!(
        (&japan["iso_code"], &japan["name"], &japan["continent"]),
        (&"JP".into(), &"Japan".into(), &"ASIA".into())
    );
    assert_eq!(japan["country_codes"], serde_json::json!(["+81"]));
    assert_eq!(japan["low_risk_numbers_enabled"], true);
    let russia = world.get(&format!("{COUNTRIES}/ru")).await.body;
    assert_eq!(russia["low_risk_numbers_enabled"], false);
    let change = AccountChange::Permission { iso_code: "JP".into(), permission: Permission::NONE };
    world.emulator.change(change);
    assert_eq!(world.get(&format!("{COUNTRIES}/JP")).await.body["low_risk_numbers_enabled"], false);
    let off = world.get(&format!("{COUNTRIES}?LowRiskNumbersEnabled=false")).await.body;
    assert_eq!(texts(&off["content"], "iso_code"), ["JP", "RU"]);
}

#[actix_web::test]
async fn the_list_has_its_pages_in_meta() {
    let world = World::start().await;
    let (mut path, mut seen) = (format!("{COUNTRIES}?PageSize=100"), Vec::new());
    loop {
        let page = world.get(&path).await.body;
        assert_eq!(page["meta"]["key"], "content");
        seen.extend(texts(&page["content"], "iso_code"));
        let Some(next) = page["meta"]["next_page_url"].as_str() else { break };
        path = next.strip_prefix("https://voice.twilio.com").unwrap().to_owned();
    }
    assert!(seen.len() > 200 && seen.contains(&"CH".into()));
    let seven = world.get(&format!("{COUNTRIES}?CountryCode=7")).await.body;
    assert_eq!(texts(&seven["content"], "iso_code"), ["KZ", "RU"]);
    assert_eq!(world.get(&format!("{COUNTRIES}?LowRiskNumbersEnabled=x")).await.error(), (400, 20001));
}
