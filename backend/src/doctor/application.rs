use std::collections::BTreeMap;

use super::finding::Finding;
use crate::{
    config::PublicUrl,
    connect::{
        plan,
        resource::{Resource, Setting, Slot},
    },
    twilio::rest::RestError,
};

/// The TwiML App is there and asks this server.
pub(super) fn twiml_app(
    sid: &str,
    public_url: &PublicUrl,
    applications: &Result<Vec<Resource>, RestError>,
) -> Finding {
    let applications = match applications {
        Ok(applications) => applications,
        Err(error) => return Finding::failed("twiml_app", error),
    };
    let cure = "Run sidetone connect.";
    let Some(application) = applications.iter().find(|application| application.sid == sid) else {
        let says = format!("the TwiML App {sid} is not in the account: no softphone can call");
        return Finding::wrong("twiml_app", says, cure);
    };
    match differences(application, &plan::of_application(public_url)) {
        None => Finding::fine("twiml_app", format!("the TwiML App {sid} asks this server")),
        Some(says) => Finding::wrong("twiml_app", format!("the TwiML App {sid}: {says}"), cure),
    }
}

/// What is not as it shall be.
pub(super) fn differences(resource: &Resource, shall: &BTreeMap<Slot, Setting>) -> Option<String> {
    let differing: Vec<_> = shall
        .iter()
        .filter(|(slot, setting)| !resource.setting(**slot).does_as(setting))
        .map(|(slot, setting)| {
            let show = |setting: &Setting| match (setting.text.as_str(), setting.method.as_str()) {
                ("", _) => "none".to_owned(),
                (text, method) => format!("{method} {text}").trim_start().to_owned(),
            };
            format!("its {} is {}, not {}", slot.label(), show(&resource.setting(*slot)), show(setting))
        })
        .collect();
    (!differing.is_empty()).then(|| differing.join("; "))
}
