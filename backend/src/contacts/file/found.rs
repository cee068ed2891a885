use shared::{
    Country,
    api::contacts::{ImportFault, ImportFaultKind, LONGEST_NAME, LONGEST_NOTE, MOST_NUMBERS, NumberKind},
};

use crate::contacts::{
    contact::{Details, add},
    number,
};

/// Faults that are told one by one; the rest is counted.
const MOST_FAULTS: usize = 200;
/// Characters of a fault's text.
const SHOWN: usize = 60;

/// What a file has.
#[derive(Debug, Default)]
pub(in crate::contacts) struct Found {
    pub(in crate::contacts) contacts: Vec<Details>,
    pub(in crate::contacts) faults: Vec<ImportFault>,
    pub(in crate::contacts) more_faults: u32,
}

/// What one contact has, as it is written there.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// Where it begins.
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) reading: String,
    pub(super) note: String,
    pub(super) numbers: Vec<(String, NumberKind)>,
}

impl Found {
    pub(in crate::contacts) fn fault(&mut self, line: u32, what: ImportFaultKind, text: &str) {
        if self.faults.len() < MOST_FAULTS {
            let text = one_line(text).chars().take(SHOWN).collect();
            self.faults.push(ImportFault { line, what, text });
        } else {
            self.more_faults += 1;
        }
    }

    /// Takes what can be kept of it, and tells of the rest.
    pub(super) fn take(&mut self, raw: Raw, home: Option<Country>) {
        let Raw { line, name, reading, note, numbers: written } = raw;
        let mut details = Details {
            name: self.cut(line, &one_line(&name), LONGEST_NAME),
            reading: self.cut(line, &one_line(&reading), LONGEST_NAME),
            note: self.cut(line, &lines(&note), LONGEST_NOTE),
            numbers: Vec::new(),
        };
        for (number, kind) in &written {
            let Some(number) = number::read(number, home) else {
                self.fault(line, ImportFaultKind::NotANumber, number);
                continue;
            };
            if details.numbers.len() == MOST_NUMBERS {
                self.fault(line, ImportFaultKind::TooManyNumbers, &details.name);
                break;
            }
            add(&mut details.numbers, number, *kind);
        }
        if details.name.is_empty() {
            let Some(first) = details.numbers.first() else {
                return self.fault(line, ImportFaultKind::Empty, &note);
            };
            // A number without a name is worth keeping: it is its own.
            details.name.clone_from(&first.number);
        }
        self.contacts.push(details);
    }

    fn cut(&mut self, line: u32, text: &str, longest: usize) -> String {
        if text.chars().count() > longest {
            self.fault(line, ImportFaultKind::TooLong, text);
        }
        let cut: String = text.chars().take(longest).collect();
        cut.trim_end().to_owned()
    }
}

/// Whatever cannot be seen is a space.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect::<String>().trim().to_owned()
}
