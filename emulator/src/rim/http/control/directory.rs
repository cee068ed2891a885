//! `GET /directory.json`: numbers and phones, for the pages.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::desk::Desk;
use crate::core::phones::Behaviour;

#[derive(Serialize)]
struct Directory<'a> {
    account_sid: &'a str,
    application_sid: &'a str,
    /// The account's numbers.
    lines: Vec<&'a str>,
    phones: Vec<Phone<'a>>,
}

#[derive(Serialize)]
struct Phone<'a> {
    phone_number: &'a str,
    label: &'a str,
    behaviour: &'a str,
    /// The behaviour in a sentence.
    does: String,
    /// A person can play it on the handset page.
    handset: bool,
    /// A handset page is connected.
    held: bool,
}

pub(super) async fn directory(desk: web::Data<Desk>) -> HttpResponse {
    let phones = desk.phones.iter().map(|phone| Phone {
        phone_number: &phone.phone_number,
        label: &phone.label,
        behaviour: phone.behaviour.name(),
        does: does(&phone.behaviour),
        handset: matches!(phone.behaviour, Behaviour::Manual),
        held: desk.is_held(&phone.phone_number),
    });
    let directory = Directory {
        account_sid: &desk.account.sid,
        application_sid: &desk.account.application_sid,
        lines: desk.account.numbers.iter().map(|number| number.phone_number.as_str()).collect(),
        phones: phones.collect(),
    };
    HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(directory)
}

fn does(behaviour: &Behaviour) -> String {
    match behaviour {
        Behaviour::Echo => "Answers and sends back what it hears.".into(),
        Behaviour::Tone { hz } => format!("Answers and plays a tone of {hz} Hz."),
        Behaviour::Busy => "Is always busy.".into(),
        Behaviour::NoAnswer => "Rings until the caller gives up.".into(),
        Behaviour::NotInService => "Cannot be reached.".into(),
        Behaviour::Menu => "Answers with a greeting and confirms every key.".into(),
        Behaviour::Answer { after, hang_up_after, .. } => {
            let answers = format!("Answers after {} s and says something", after.as_secs_f32());
            match hang_up_after {
                Some(after) => format!("{answers}; hangs up {} s later.", after.as_secs_f32()),
                None => format!("{answers}."),
            }
        }
        Behaviour::Manual => "Rings on its handset page, where you answer it.".into(),
    }
}
