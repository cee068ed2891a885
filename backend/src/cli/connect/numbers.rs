//! Which numbers become lines.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use backend::connect::{found::Found, memory::Memory, resource::Slot, words};
use dialoguer::MultiSelect;
use shared::PhoneNumber;

use super::answers::can_ask;
use crate::cli::{args::ConnectArgs, terminal::complain};

/// The numbers asked for, in E.164.
pub(super) fn choose(args: &ConnectArgs, found: &Found, memory: &Memory) -> Result<BTreeSet<String>> {
    if !args.numbers.is_empty() {
        return args.numbers.iter().map(|text| parse(text)).collect();
    }
    let mut there = Vec::new();
    for number in &found.numbers {
        match PhoneNumber::from_e164(&number.name) {
            Ok(_) => there.push(number),
            Err(error) => complain(&format!("Left out {}: {error}.", number.name)),
        }
    }
    if there.is_empty() {
        bail!(
            "the account has no phone number that can carry calls; buy one in Twilio's console (Phone Numbers > Buy a \
             number, with Voice) and run this again"
        );
    }
    if args.all_numbers {
        return Ok(there.iter().map(|number| number.name.clone()).collect());
    }
    if !can_ask() {
        let there: Vec<_> = there.iter().map(|number| words::number(&number.name)).collect();
        bail!(
            "which numbers become lines? Give --number for each, or --all-numbers. The account has: {}",
            there.join(", ")
        );
    }
    let labels = there.iter().map(|number| {
        let now = number.setting(Slot::VoiceUrl).text;
        format!("{:<20} {now}", words::number(&number.name)).trim_end().to_owned()
    });
    let chosen_before: Vec<_> =
        there.iter().map(|number| there.len() == 1 || memory.changed.contains_key(&number.sid)).collect();
    let chosen = MultiSelect::new()
        .with_prompt("Which numbers become lines? (space marks, enter ends)")
        .items(labels.collect::<Vec<_>>())
        .defaults(&chosen_before)
        .interact()
        .context("the answer could not be read")?;
    if chosen.is_empty() {
        bail!("no number was chosen; nothing was changed");
    }
    Ok(chosen.into_iter().filter_map(|i| there.get(i)).map(|number| number.name.clone()).collect())
}

fn parse(text: &str) -> Result<String> {
    let number = PhoneNumber::parse(text, None)
        .map_err(|error| anyhow::anyhow!("“{text}” is no number that can be looked for: {error}"))?;
    Ok(number.as_str().to_owned())
}
