//! Who can be called, for the pages.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::Desk;

pub(super) async fn directory(desk: web::Data<Desk>) -> HttpResponse {
    let lines: Vec<&str> = desk.account.numbers.iter().map(|number| number.phone_number.as_str()).collect();
    let phone = |phone: &crate::config::PhoneSeed| {
        json!({
            "phone_number": phone.phone_number,
            "label": phone.label,
            "behaviour": phone.behaviour.name(),
            "held": desk.is_held(&phone.phone_number),
        })
    };
    let phones: Vec<Value> = desk.phones.iter().map(phone).collect();
    HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(json!({"lines": lines, "phones": phones}))
}
