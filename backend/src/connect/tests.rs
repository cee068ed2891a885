//! The plan, done to an account on paper.

use std::collections::BTreeSet;

use proptest::prelude::*;
use shared::api::paths;

use super::{
    found::Found,
    memory::Memory,
    plan::{NoPlan, Plan, Wanted, friendly_name, plan},
    resource::{Kind, Resource, Setting, Slot},
    undo::{Undo, undo},
    update::Update,
};
use crate::config::PublicUrl;

const HERE: &str = "https://phone.example.com/prod";
const NUMBERS: [&str; 3] = ["+815031234567", "+12025550143", "+14155550198"];

fn url(text: &str) -> PublicUrl {
    PublicUrl::parse(text).unwrap()
}

fn wanted(numbers: &[&str]) -> Wanted {
    Wanted {
        public_url: url(HERE),
        former_url: None,
        numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
        key: None,
        application: None,
        force: false,
    }
}

fn number(i: usize, slots: &[(Slot, &str)]) -> Resource {
    let settings = slots.iter().map(|(slot, text)| (*slot, setting(*slot, text, "POST"))).collect();
    Resource { kind: Kind::Number, sid: format!("PN{i}"), name: NUMBERS[i].to_owned(), settings }
}

fn setting(slot: Slot, text: &str, method: &str) -> Setting {
    let method = if slot.method_parameter().is_some() { method } else { "" };
    Setting { text: text.to_owned(), method: method.to_owned() }
}

/// Does to the account what the plan says, as [`crate::connect::apply`] does it, for as many steps as asked for.
fn done(found: &mut Found, memory: &mut Memory, plan: &Plan, steps: usize) {
    let mut left = steps;
    let mut step = || {
        let go = left > 0;
        left = left.saturating_sub(1);
        go
    };
    if let Some(name) = &plan.create_key {
        memory.note_making(Kind::Key, name, sids(&found.keys, name));
        if step() {
            let sid = format!("SK{}", found.keys.len());
            found.keys.push(resource(Kind::Key, &sid, name));
            if step() {
                memory.note_made(Kind::Key, name, &sid);
            }
        }
    }
    if let Some(creation) = &plan.create_application {
        memory.note_making(Kind::Application, &creation.name, sids(&found.applications, &creation.name));
        if step() {
            let sid = format!("AP{}", found.applications.len());
            let mut made = resource(Kind::Application, &sid, &creation.name);
            made.settings = creation.settings.clone();
            found.applications.push(made);
            if step() {
                memory.note_made(Kind::Application, &creation.name, &sid);
            }
        }
    }
    for update in &plan.updates {
        if step() {
            memory.note_update(update);
            if step() {
                set(found, update);
            }
        }
    }
}

fn resource(kind: Kind, sid: &str, name: &str) -> Resource {
    Resource { kind, sid: sid.to_owned(), name: name.to_owned(), settings: Default::default() }
}

fn sids(resources: &[Resource], name: &str) -> Vec<String> {
    resources.iter().filter(|resource| resource.name == name).map(|resource| resource.sid.clone()).collect()
}

fn set(found: &mut Found, update: &Update) {
    let all = match update.kind {
        Kind::Application => &mut found.applications,
        _ => &mut found.numbers,
    };
    let resource = all.iter_mut().find(|resource| resource.sid == update.sid).unwrap();
    for (slot, change) in &update.changes {
        assert_eq!(resource.setting(*slot), change.old);
        resource.settings.insert(*slot, change.new.clone());
    }
}

fn taken_back(found: &mut Found, undo: &Undo) {
    for update in &undo.updates {
        set(found, update);
    }
    for deletion in &undo.deletions {
        found.keys.retain(|resource| resource.sid != deletion.sid);
        found.applications.retain(|resource| resource.sid != deletion.sid);
    }
}

/// What Twilio would do: the method of no URL does not matter.
fn essence(found: &Found) -> Vec<(String, Slot, Setting)> {
    let mut essence = Vec::new();
    for resource in found.keys.iter().chain(&found.applications).chain(&found.numbers) {
        essence.push((resource.sid.clone(), Slot::TrunkSid, Setting::plain(&resource.name)));
        for (slot, setting) in &resource.settings {
            if !setting.text.is_empty() {
                essence.push((resource.sid.clone(), *slot, setting.clone()));
            }
        }
    }
    essence
}

/// The wishes of the next run, which knows the key and the TwiML App from the configuration.
fn next(wanted: &Wanted, found: &Found) -> Wanted {
    let name = friendly_name(&wanted.public_url);
    let last = |all: &[Resource]| all.iter().rfind(|r| r.name == name).map(|r| r.sid.clone());
    Wanted { key: last(&found.keys), application: last(&found.applications), ..wanted.clone() }
}

fn settings(slot: Slot) -> impl Strategy<Value = Setting> {
    let text = match slot {
        Slot::VoiceApplicationSid => prop_oneof![Just(String::new()), Just("AP9".to_owned())].boxed(),
        Slot::TrunkSid => prop_oneof![Just(String::new()), Just("TK9".to_owned())].boxed(),
        _ => prop_oneof![
            Just(String::new()),
            Just("https://demo.twilio.com/welcome/voice/".to_owned()),
            Just("https://theirs.example.com/voice".to_owned()),
            Just(format!("{HERE}/{}", paths::CALL_INCOMING)),
            Just(format!("{HERE}/{}", paths::CALL_OUTGOING)),
        ]
        .boxed(),
    };
    (text, prop_oneof![Just("GET"), Just("POST")])
        .prop_map(move |(text, method)| setting(slot, &text, method))
}

fn accounts() -> impl Strategy<Value = Found> {
    let one = |i: usize| {
        (
            settings(Slot::VoiceUrl),
            settings(Slot::VoiceFallbackUrl),
            settings(Slot::StatusCallback),
            settings(Slot::VoiceApplicationSid),
            settings(Slot::TrunkSid),
        )
            .prop_map(move |(voice, fallback, status, application, trunk)| {
                let mut number = number(i, &[]);
                number.settings.extend([
                    (Slot::VoiceUrl, voice),
                    (Slot::VoiceFallbackUrl, fallback),
                    (Slot::StatusCallback, status),
                    (Slot::VoiceApplicationSid, application),
                    (Slot::TrunkSid, trunk),
                ]);
                number
            })
    };
    let application = (any::<bool>(), settings(Slot::VoiceUrl)).prop_map(|(there, voice)| {
        let mut application = resource(Kind::Application, "AP0", &friendly_name(&url(HERE)));
        application.settings.insert(Slot::VoiceUrl, voice);
        if there { vec![application] } else { Vec::new() }
    });
    let key = any::<bool>().prop_map(|there| {
        if there { vec![resource(Kind::Key, "SK0", &friendly_name(&url(HERE)))] } else { Vec::new() }
    });
    (key, application, one(0), one(1), one(2)).prop_map(|(keys, applications, a, b, c)| Found {
        keys,
        applications,
        numbers: vec![a, b, c],
    })
}

proptest! {
    #[test]
    fn a_second_run_changes_nothing_and_undo_restores_everything(
        account in accounts(),
        chosen in proptest::sample::subsequence(NUMBERS.to_vec(), 0..=3),
    ) {
        let wanted = Wanted { force: true, ..wanted(&chosen) };
        let (mut found, mut memory) = (account.clone(), Memory::default());
        let first = plan(&found, &wanted, &memory).unwrap();
        done(&mut found, &mut memory, &first, usize::MAX);
        // Also without --force: all of it is ours now.
        let again = Wanted { force: false, ..next(&wanted, &found) };
        prop_assert!(plan(&found, &again, &memory).unwrap().is_empty());

        let back = undo(&found, &memory);
        prop_assert_eq!(&back.left_alone, &Vec::<String>::new());
        taken_back(&mut found, &back);
        prop_assert_eq!(essence(&found), essence(&account));
        prop_assert!(undo(&found, &memory).is_empty(), "a second one does nothing");
    }

    #[test]
    fn a_run_that_was_stopped_anywhere_can_be_taken_back(
        account in accounts(),
        stops in proptest::collection::vec(0usize..12, 1..4),
        elsewhere in any::<bool>(),
    ) {
        let (mut found, mut memory) = (account.clone(), Memory::default());
        for (i, stop) in stops.iter().enumerate() {
            let moved = if elsewhere && i % 2 == 1 { "https://moved.example.com" } else { HERE };
            let wanted = Wanted { force: true, public_url: url(moved), ..wanted(&NUMBERS) };
            // The configuration may or may not have been written by then.
            let wanted = if *stop % 2 == 0 { next(&wanted, &found) } else { wanted };
            let step = plan(&found, &wanted, &memory).unwrap();
            done(&mut found, &mut memory, &step, *stop);
        }
        // The memory goes through its file.
        let memory: Memory = serde_json::from_str(&serde_json::to_string(&memory).unwrap()).unwrap();
        let back = undo(&found, &memory);
        taken_back(&mut found, &back);
        prop_assert_eq!(essence(&found), essence(&account));
    }

    #[test]
    fn nothing_of_somebody_else_is_overwritten_unasked(account in accounts()) {
        let wanted = wanted(&NUMBERS);
        match plan(&account, &wanted, &Memory::default()) {
            Ok(plan) => {
                for change in plan.updates.iter().flat_map(|update| update.changes.values()) {
                    let old = change.old.text.as_str();
                    prop_assert!(
                        old.is_empty() || old.starts_with(HERE) || old.starts_with("https://demo.twilio.com/"),
                        "{old}"
                    );
                }
            }
            Err(NoPlan::Foreign(foreign)) => prop_assert!(!foreign.is_empty()),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}

#[test]
fn all_that_is_somebody_elses_is_listed_at_once() {
    let found = Found {
        numbers: vec![
            number(0, &[(Slot::VoiceUrl, "https://theirs.example.com/v"), (Slot::TrunkSid, "TK1")]),
            number(1, &[(Slot::VoiceApplicationSid, "AP7")]),
            number(2, &[(Slot::VoiceUrl, "https://phone.example.com/production/x")]),
        ],
        ..Found::default()
    };
    let Err(NoPlan::Foreign(foreign)) = plan(&found, &wanted(&NUMBERS), &Memory::default()) else {
        panic!("must be refused")
    };
    let texts: BTreeSet<_> = foreign.iter().map(|foreign| foreign.text.as_str()).collect();
    assert_eq!(
        texts,
        ["AP7", "TK1", "https://phone.example.com/production/x", "https://theirs.example.com/v"].into()
    );
    // Only what is asked for counts.
    assert!(
        plan(&Found { numbers: found.numbers.clone(), ..found.clone() }, &wanted(&[]), &Memory::default())
            .is_ok()
    );
    let missing = plan(&found, &wanted(&["+33123456789"]), &Memory::default());
    assert_eq!(missing, Err(NoPlan::NotInAccount(vec!["+33123456789".to_owned()])));
}

#[test]
fn what_somebody_has_changed_since_is_left_alone() {
    let old = [(Slot::VoiceUrl, "https://demo.twilio.com/welcome/voice/")];
    let mut found = Found { numbers: vec![number(0, &old), number(1, &old)], ..Found::default() };
    let mut memory = Memory::default();
    let first = plan(&found, &wanted(&NUMBERS[..2]), &memory).unwrap();
    done(&mut found, &mut memory, &first, usize::MAX);
    let theirs = Setting::post("https://theirs.example.com/new".to_owned());
    found.numbers[0].settings.insert(Slot::VoiceUrl, theirs.clone());
    found.numbers.remove(1);
    let back = undo(&found, &memory);
    assert_eq!(back.left_alone.len(), 2, "{:?}", back.left_alone);
    assert!(back.left_alone.iter().any(|why| why.contains("https://theirs.example.com/new")));
    assert!(back.left_alone.iter().any(|why| why.contains("no longer in the account")));
    taken_back(&mut found, &back);
    assert_eq!(found.numbers[0].setting(Slot::VoiceUrl), theirs);
    assert_eq!(found.numbers[0].setting(Slot::StatusCallback).text, "", "the rest is restored");
}

#[test]
fn a_server_that_moved_is_still_ours() {
    let mut found = Found { numbers: vec![number(0, &[])], ..Found::default() };
    let mut memory = Memory::default();
    let first = plan(&found, &wanted(&NUMBERS[..1]), &memory).unwrap();
    done(&mut found, &mut memory, &first, usize::MAX);
    let moved =
        Wanted { public_url: url("https://moved.example.com"), ..next(&wanted(&NUMBERS[..1]), &found) };
    // By what is remembered, and by the configuration when that is lost.
    assert!(plan(&found, &moved, &memory).is_ok());
    assert!(matches!(plan(&found, &moved, &Memory::default()), Err(NoPlan::Foreign(_))));
    let known = Wanted { former_url: Some(url(HERE)), ..moved };
    assert!(plan(&found, &known, &Memory::default()).is_ok());
}

#[test]
fn names_fit_twilio() {
    let long = format!("https://{}.example.com/prod", "a".repeat(60));
    assert_eq!(friendly_name(&url(&long)).chars().count(), 64);
    assert_eq!(friendly_name(&url(HERE)), "Sidetone phone.example.com/prod");
}
