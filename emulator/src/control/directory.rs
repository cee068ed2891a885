//! Who can be called, for the pages.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::config::Config;

/// The numbers of the account and the external phones that exist from the start.
#[derive(Debug, Clone, Serialize)]
pub struct Directory {
    lines: Vec<String>,
    phones: Vec<Listed>,
}

#[derive(Debug, Clone, Serialize)]
struct Listed {
    phone_number: String,
    label: String,
    behaviour: &'static str,
}

impl Directory {
    /// The directory of a configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let listed = |seed: &crate::config::PhoneSeed| Listed {
            phone_number: seed.phone_number.clone(),
            label: seed.label.clone(),
            behaviour: seed.behaviour.name(),
        };
        Self {
            lines: config.account.numbers.iter().map(|number| number.phone_number.clone()).collect(),
            phones: config.phones.iter().map(listed).collect(),
        }
    }
}

pub(super) async fn directory(directory: web::Data<Directory>) -> HttpResponse {
    HttpResponse::Ok().json(directory)
}
