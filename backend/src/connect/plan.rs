//! What differs between an account and what is wanted of it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use shared::api::paths;

use super::{
    found::Found,
    memory::Memory,
    resource::{Kind, Resource, Setting, Slot},
    update::{Change, Update},
};
use crate::public_url::PublicUrl;

/// What the account shall be like.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub public_url: PublicUrl,
    /// The public URL of the configuration until now: what points there is ours.
    pub former_url: Option<PublicUrl>,
    /// The numbers that become lines, in E.164.
    pub numbers: BTreeSet<String>,
    /// The API key whose secret is known and accepted.
    pub key: Option<String>,
    /// The TwiML App of the configuration.
    pub application: Option<String>,
    /// Overwrite what points elsewhere.
    pub force: bool,
}

/// What is to be done in the account, in this order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    /// Friendly name of the API key to be made.
    pub create_key: Option<String>,
    /// The TwiML App to be made.
    pub create_application: Option<Creation>,
    /// The TwiML App that is there.
    pub application: Option<String>,
    pub updates: Vec<Update>,
}

/// Something to be made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Creation {
    pub name: String,
    pub settings: BTreeMap<Slot, Setting>,
}

/// Something that points to somebody else, and would be lost.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Foreign {
    pub name: String,
    pub slot: Slot,
    pub text: String,
}

/// Why there is no plan.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NoPlan {
    /// These are not in the account, or carry no calls.
    NotInAccount(Vec<String>),
    /// These would be overwritten.
    Foreign(Vec<Foreign>),
}

impl Plan {
    /// The account is as it shall be.
    pub fn is_empty(&self) -> bool {
        self.create_key.is_none() && self.create_application.is_none() && self.updates.is_empty()
    }
}

/// Twilio takes no longer friendly name.
const LONGEST_NAME: usize = 64;
/// What Twilio puts into a number that was just bought.
const TWILIO_DEMO: [&str; 2] = ["https://demo.twilio.com/", "http://demo.twilio.com/"];

/// How we name what we make.
pub fn friendly_name(public_url: &PublicUrl) -> String {
    let url = public_url.to_string();
    let place = url.split_once("://").map_or(url.as_str(), |(_, place)| place);
    format!("Sidetone {place}").chars().take(LONGEST_NAME).collect()
}

/// What a number shall have.
pub fn of_number(public_url: &PublicUrl) -> BTreeMap<Slot, Setting> {
    BTreeMap::from([
        (Slot::VoiceUrl, Setting::post(public_url.join(paths::CALL_INCOMING))),
        // A fallback that answered when this server does not would take its calls.
        (Slot::VoiceFallbackUrl, Setting::default()),
        (Slot::StatusCallback, Setting::post(public_url.join(paths::CALL_STATUS))),
        // Either of these would make Twilio ignore the voice URL.
        (Slot::VoiceApplicationSid, Setting::default()),
        (Slot::TrunkSid, Setting::default()),
    ])
}

/// What the TwiML App shall have.
pub fn of_application(public_url: &PublicUrl) -> BTreeMap<Slot, Setting> {
    BTreeMap::from([
        (Slot::VoiceUrl, Setting::post(public_url.join(paths::CALL_OUTGOING))),
        (Slot::VoiceFallbackUrl, Setting::default()),
    ])
}

/// What must be done. Nothing is left to be done after it.
///
/// # Errors
/// See [`NoPlan`]; all reasons of one sort at once.
pub fn plan(found: &Found, wanted: &Wanted, memory: &Memory) -> Result<Plan, NoPlan> {
    let missing: Vec<_> = wanted
        .numbers
        .iter()
        .filter(|wanted| !found.numbers.iter().any(|number| number.name == **wanted))
        .cloned()
        .collect();
    if !missing.is_empty() {
        return Err(NoPlan::NotInAccount(missing));
    }
    let name = friendly_name(&wanted.public_url);
    let mut plan = Plan::default();
    if wanted.key.as_ref().is_none_or(|sid| found.get(Kind::Key, sid).is_none()) {
        plan.create_key = Some(name.clone());
    }
    let mut foreign = Vec::new();
    let application = our_application(found, wanted, &name);
    let shall = of_application(&wanted.public_url);
    match application {
        None => plan.create_application = Some(Creation { name, settings: shall }),
        Some(application) => {
            plan.application = Some(application.sid.clone());
            plan.updates.extend(update(application, &shall));
            foreign.extend(strangers(application, &shall, wanted, memory, None));
        }
    }
    let application = plan.application.clone();
    let shall = of_number(&wanted.public_url);
    for number in found.numbers.iter().filter(|number| wanted.numbers.contains(&number.name)) {
        plan.updates.extend(update(number, &shall));
        foreign.extend(strangers(number, &shall, wanted, memory, application.as_deref()));
    }
    if !foreign.is_empty() && !wanted.force {
        return Err(NoPlan::Foreign(foreign));
    }
    Ok(plan)
}

/// The TwiML App of the configuration, else one with our name, preferably one that points here.
fn our_application<'a>(found: &'a Found, wanted: &Wanted, name: &str) -> Option<&'a Resource> {
    if let Some(application) = wanted.application.as_ref().and_then(|sid| found.get(Kind::Application, sid)) {
        return Some(application);
    }
    let here = wanted.public_url.join(paths::CALL_OUTGOING);
    let named = || found.applications.iter().filter(|application| application.name == name);
    named().find(|application| application.setting(Slot::VoiceUrl).text == here).or_else(|| named().next())
}

fn update(resource: &Resource, shall: &BTreeMap<Slot, Setting>) -> Option<Update> {
    let changes: BTreeMap<_, _> = shall
        .iter()
        .filter_map(|(slot, new)| {
            let old = resource.setting(*slot);
            (!old.does_as(new)).then(|| (*slot, Change { old, new: new.clone() }))
        })
        .collect();
    let (kind, sid, name) = (resource.kind, resource.sid.clone(), resource.name.clone());
    (!changes.is_empty()).then_some(Update { kind, sid, name, changes })
}

/// What would be overwritten, and is neither ours nor Twilio's own example.
fn strangers(
    resource: &Resource,
    shall: &BTreeMap<Slot, Setting>,
    wanted: &Wanted,
    memory: &Memory,
    our_application: Option<&str>,
) -> Vec<Foreign> {
    let ours = |slot: Slot, old: &Setting| match slot {
        Slot::VoiceApplicationSid => our_application == Some(old.text.as_str()),
        Slot::TrunkSid => false,
        Slot::VoiceUrl | Slot::VoiceFallbackUrl | Slot::StatusCallback => {
            is_below(&old.text, &wanted.public_url)
                || wanted.former_url.as_ref().is_some_and(|former| is_below(&old.text, former))
                || TWILIO_DEMO.iter().any(|demo| old.text.starts_with(demo))
        }
    };
    shall
        .keys()
        .map(|slot| (*slot, resource.setting(*slot)))
        .filter(|(slot, old)| {
            !old.text.is_empty()
                && !old.does_as(&shall[slot])
                && !ours(*slot, old)
                && !memory.was_set_by_us(&resource.sid, *slot, old)
        })
        .map(|(slot, old)| Foreign { name: resource.name.clone(), slot, text: old.text })
        .collect()
}

fn is_below(url: &str, public_url: &PublicUrl) -> bool {
    url.strip_prefix(public_url.to_string().as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
