//! What becomes of the contacts in a file.

use std::collections::HashMap;

use shared::api::contacts::{Duplicates, ImportFaultKind, ImportReport, MOST_CONTACTS};

use super::{
    contact::{Details, Kept},
    file::Found,
    store::Written,
};
use crate::random;

/// What is told of it, and what is to be written.
pub(super) struct Plan {
    pub(super) report: ImportReport,
    pub(super) written: Vec<Written>,
}

/// How a file is to be read in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish {
    pub(super) duplicates: Duplicates,
    /// New ones are all lines'.
    pub(super) shared: bool,
}

/// A contact that is there, or that the file has brought.
struct Known {
    written: Written,
    /// As it was before; `None` for one that is new.
    before: Option<Details>,
}

/// # Errors
/// The operating system has no random numbers.
pub(super) fn plan(mut found: Found, there: Vec<Kept>, wish: Wish) -> Result<Plan, getrandom::Error> {
    let read = std::mem::take(&mut found.contacts);
    let mut report = ImportReport { read: count(read.len()), ..ImportReport::default() };
    let mut left = (MOST_CONTACTS as usize)
        .saturating_sub(there.iter().filter(|kept| kept.shared == wish.shared).count());
    let mut known: Vec<Known> = there.into_iter().map(Known::kept).collect();
    let mut by_number: HashMap<String, usize> = HashMap::new();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    // Of several contacts with one number, the first one is it.
    for (at, one) in known.iter().enumerate() {
        let details = &one.written.details;
        by_name.entry(details.name.clone()).or_default().push(at);
        for number in details.called() {
            by_number.entry(number.to_owned()).or_insert(at);
        }
    }
    for details in read {
        let same = by_name.get(&details.name).into_iter().flatten().filter_map(|at| known.get(*at));
        if same.into_iter().any(|one| is_same(&one.written.details, &details)) {
            report.same += 1;
            continue;
        }
        let like = details.called().find_map(|number| by_number.get(number).copied());
        match (like.and_then(|at| Some((at, known.get_mut(at)?))), wish.duplicates) {
            (Some(_), Duplicates::Skip) => report.skipped += 1,
            (Some((at, one)), Duplicates::Merge) => {
                if one.written.details.merge(&details) {
                    report.merged += 1;
                    for number in one.written.details.called() {
                        by_number.entry(number.to_owned()).or_insert(at);
                    }
                } else {
                    report.same += 1;
                }
            }
            (None, _) | (Some(_), Duplicates::Keep) => {
                if left == 0 {
                    found.fault(0, ImportFaultKind::Full, &details.name);
                    continue;
                }
                left -= 1;
                report.added += 1;
                let at = known.len();
                by_name.entry(details.name.clone()).or_default().push(at);
                for number in details.called() {
                    by_number.entry(number.to_owned()).or_insert(at);
                }
                known.push(Known::new(details, wish.shared)?);
            }
        }
    }
    (report.faults, report.more_faults) = (found.faults, found.more_faults);
    let changed = known.into_iter().filter(|one| one.before.as_ref() != Some(&one.written.details));
    Ok(Plan { report, written: changed.map(|one| one.written).collect() })
}

impl Known {
    fn kept(Kept { id, revision, shared, details, .. }: Kept) -> Self {
        let before = Some(details.clone());
        Self { written: Written { id, revision: Some(revision), shared, details }, before }
    }

    fn new(details: Details, shared: bool) -> Result<Self, getrandom::Error> {
        let written = Written { id: new_id()?, revision: None, shared, details };
        Ok(Self { written, before: None })
    }
}

/// # Errors
/// The operating system has no random numbers.
pub(super) fn new_id() -> Result<String, getrandom::Error> {
    Ok(random::hex(&random::bytes::<16>()?))
}

/// Whatever order the numbers have.
fn is_same(one: &Details, other: &Details) -> bool {
    one.reading == other.reading
        && one.note == other.note
        && one.numbers.len() == other.numbers.len()
        && other.numbers.iter().all(|number| one.numbers.contains(number))
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use shared::api::contacts::{ContactNumber, NumberKind};

    use super::*;

    fn details(name: &str, numbers: &[&str]) -> Details {
        let numbers = numbers.iter();
        let numbers =
            numbers.map(|number| ContactNumber { number: (*number).to_owned(), kind: NumberKind::Work });
        Details { name: name.to_owned(), numbers: numbers.collect(), ..Details::default() }
    }

    fn there() -> Vec<Kept> {
        let details = details("A", &["+12025550143"]);
        vec![Kept { id: "a".into(), revision: 3, shared: false, favourite: true, details }]
    }

    fn file(contacts: Vec<Details>) -> Found {
        Found { contacts, ..Found::default() }
    }

    /// added, merged, same, skipped
    fn counts(plan: &Plan) -> [u32; 4] {
        let ImportReport { added, merged, same, skipped, .. } = plan.report;
        [added, merged, same, skipped]
    }

    #[test]
    fn duplicates_are_what_was_wished() {
        let read = || {
            file(vec![
                details("A", &["+12025550143"]),
                details("B", &["+12025550143", "+12025550144"]),
                details("C", &["+12025550145"]),
                details("D", &["+12025550145"]),
            ])
        };
        for (duplicates, expected) in [
            (Duplicates::Skip, [1, 0, 1, 2]),
            (Duplicates::Merge, [1, 1, 2, 0]),
            (Duplicates::Keep, [3, 0, 1, 0]),
        ] {
            let plan = plan(read(), there(), Wish { duplicates, shared: false }).unwrap();
            assert_eq!(counts(&plan), expected, "{duplicates:?}");
            assert_eq!(plan.written.len() as u32, expected[0] + expected[1]);
        }
    }

    #[test]
    fn a_second_time_changes_nothing() {
        let read = || {
            file(vec![details("B", &["+12025550143", "+12025550144"]), details("C", &[]), details("C", &[])])
        };
        let merge = Wish { duplicates: Duplicates::Merge, shared: false };
        let first = plan(read(), there(), merge).unwrap();
        assert_eq!(counts(&first), [1, 1, 1, 0]);
        let kept = first.written.into_iter().map(|one| Kept {
            id: one.id,
            revision: 1,
            shared: one.shared,
            favourite: false,
            details: one.details,
        });
        let second = plan(read(), kept.collect(), merge).unwrap();
        assert_eq!((counts(&second), second.written.len()), ([0, 0, 3, 0], 0));
    }
}
