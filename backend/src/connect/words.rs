//! Plans for people.

use shared::PhoneNumber;

use super::{
    plan::{Foreign, NoPlan, Plan},
    resource::{Kind, Setting},
    undo::Undo,
    update::Update,
};

/// Such as `the number +81 50-3123-4567`.
pub fn name(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Key => format!("the API key “{name}”"),
        Kind::Application => format!("the TwiML App “{name}”"),
        Kind::Number => format!("the number {}", number(name)),
    }
}

/// A number as people read it.
pub fn number(e164: &str) -> String {
    PhoneNumber::from_e164(e164).map_or_else(|_| e164.to_owned(), |number| number.international())
}

/// What a plan does in the account, one step a line or more; empty when it does nothing.
pub fn plan(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(key) = &plan.create_key {
        lines.push(format!("make {}", name(Kind::Key, key)));
    }
    if let Some(creation) = &plan.create_application {
        lines.push(format!("make {}", name(Kind::Application, &creation.name)));
        for (slot, setting) in &creation.settings {
            if !setting.text.is_empty() {
                lines.push(format!("    {}: {}", slot.label(), value(setting)));
            }
        }
    }
    lines.extend(plan.updates.iter().flat_map(|step| update("change", step)));
    lines
}

/// What a plan has done in the account, one line a step, for the audit log.
pub fn summary(plan: &Plan) -> Vec<String> {
    let made = plan.create_key.iter().map(|key| format!("made {}", name(Kind::Key, key)));
    let apps =
        plan.create_application.iter().map(|app| format!("made {}", name(Kind::Application, &app.name)));
    let changed =
        plan.updates.iter().map(|step| format!("{} calls this server", name(step.kind, &step.name)));
    made.chain(apps).chain(changed).collect()
}

/// What taking back does in the account.
pub fn undo(undo: &Undo) -> Vec<String> {
    let mut lines: Vec<_> = undo.updates.iter().flat_map(|step| update("restore", step)).collect();
    for deletion in &undo.deletions {
        lines.push(format!("delete {}", name(deletion.kind, &deletion.name)));
    }
    lines
}

/// Why there is no plan, and what can be done.
pub fn no_plan(reason: &NoPlan, in_account: &[String]) -> String {
    match reason {
        NoPlan::NotInAccount(missing) => {
            let missing: Vec<_> = missing.iter().map(|e164| number(e164)).collect();
            let there: Vec<_> = in_account.iter().map(|e164| number(e164)).collect();
            let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
            format!(
                "not in this account, or not able to carry calls: {}. The voice numbers of the account: {there}",
                missing.join(", ")
            )
        }
        NoPlan::Foreign(foreign) => {
            let mut text = String::from("these point to something else, which would stop working:");
            for Foreign { name, slot, text: old } in foreign {
                text.push_str(&format!("\n  {}: {} {old}", number(name), slot.label()));
            }
            text.push_str(
                "\nNothing was changed. Leave those numbers out, or overwrite them with --force (--undo brings the old \
                 values back).",
            );
            text
        }
    }
}

fn update(verb: &str, update: &Update) -> Vec<String> {
    let mut lines = vec![format!("{verb} {}", name(update.kind, &update.name))];
    for (slot, change) in &update.changes {
        lines.push(format!("    {}: {} → {}", slot.label(), value(&change.old), value(&change.new)));
    }
    lines
}

fn value(setting: &Setting) -> String {
    match (setting.text.as_str(), setting.method.as_str()) {
        ("", _) => "none".to_owned(),
        (text, "") => text.to_owned(),
        (text, method) => format!("{method} {text}"),
    }
}
