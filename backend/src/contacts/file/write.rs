use calcard::vcard::{VCard, VCardEntry, VCardParameter, VCardProperty, VCardType, VCardValue, VCardVersion};
use shared::api::contacts::{ContactNumber, NumberKind};

use crate::contacts::contact::{Details, Kept};

/// All of them, as vCard 4.
pub(in crate::contacts) fn vcard(all: &[Kept]) -> String {
    let mut text = String::new();
    for Kept { details, .. } in all {
        // Into a string it never fails.
        let _ = card(details).write_to(&mut text, VCardVersion::V4_0);
    }
    text
}

fn card(Details { name, reading, numbers, note }: &Details) -> VCard {
    let text = |property: VCardProperty, text: &str| {
        (!text.is_empty()).then(|| VCardEntry::new(property).with_value(VCardValue::Text(text.to_owned())))
    };
    let mut entries = vec![
        text(VCardProperty::Version, "4.0"),
        text(VCardProperty::Fn, name),
        text(VCardProperty::Other("X-PHONETIC-LAST-NAME".to_owned()), reading),
        text(VCardProperty::Note, note),
    ];
    for ContactNumber { number, kind } in numbers {
        let entry = VCardEntry::new(VCardProperty::Tel).with_value(VCardValue::Text(number.clone()));
        let kinds = kinds(*kind).iter().map(|kind| VCardParameter::typ(kind.clone())).collect();
        entries.push(Some(entry.with_params(kinds)));
    }
    VCard { entries: entries.into_iter().flatten().collect() }
}

fn kinds(kind: NumberKind) -> &'static [VCardType] {
    match kind {
        NumberKind::Mobile => &[VCardType::Cell],
        NumberKind::Work => &[VCardType::Work],
        NumberKind::Home => &[VCardType::Home],
        NumberKind::Main => &[VCardType::MainNumber],
        NumberKind::Fax => &[VCardType::Fax],
        NumberKind::Other => &[],
    }
}

/// All of them as a table that Excel opens as it is, and that can be read in again.
pub(in crate::contacts) fn csv(all: &[Kept]) -> String {
    let most = all.iter().map(|kept| kept.details.numbers.len()).max().unwrap_or(0).max(1);
    let mut rows = csv::WriterBuilder::new().from_writer(Vec::new());
    let mut header = ["Name", "Reading", "Note"].map(str::to_owned).to_vec();
    for n in 1..=most {
        header.extend([format!("Phone {n} - Type"), format!("Phone {n} - Value")]);
    }
    // Into memory it never fails, and the header says how long a row is.
    let _ = rows.write_record(&header);
    for Kept { details: Details { name, reading, numbers, note }, .. } in all {
        let mut row = [name, reading, note].map(|text| no_formula(text)).to_vec();
        for ContactNumber { number, kind } in numbers {
            row.extend([kind.word().to_owned(), no_formula(number)]);
        }
        row.resize(header.len(), String::new());
        let _ = rows.write_record(&row);
    }
    let bytes = rows.into_inner().unwrap_or_default();
    // Excel takes a table for its own encoding without it.
    ["\u{feff}", &String::from_utf8_lossy(&bytes)].concat()
}

/// A cell that no program computes. A number in E.164 is one, and stays as it is.
fn no_formula(text: &str) -> String {
    let is_number = text
        .strip_prefix('+')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        return ["'", text].concat();
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::file::read;

    fn kept(details: Details) -> Kept {
        Kept { id: String::new(), revision: 1, shared: false, favourite: false, details }
    }

    fn number(number: &str, kind: NumberKind) -> ContactNumber {
        ContactNumber { number: number.to_owned(), kind }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let all = [
            kept(Details {
                name: "山田; \"愛子\", 二世\\".into(),
                reading: "やまだ あいこ".into(),
                numbers: NumberKind::ALL
                    .iter()
                    .zip([
                        "+819059876543",
                        "+12025550143,,12#",
                        "110",
                        "*86",
                        "+442079460958",
                        "+81312345678",
                    ])
                    .map(|(kind, text)| number(text, *kind))
                    .collect(),
                note: "first line\nsecond; line, 🎉".into(),
            }),
            kept(Details { name: "=cmd|' /C calc'!A0".into(), ..Details::default() }),
            kept(Details { name: "'quoted'".into(), note: "@at".into(), ..Details::default() }),
        ];
        let details: Vec<_> = all.iter().map(|kept| kept.details.clone()).collect();
        for text in [vcard(&all), csv(&all)] {
            let found = read(text.as_bytes(), None).unwrap();
            assert!(found.faults.is_empty(), "{found:?}");
            assert_eq!(found.contacts, details, "{text}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1+1", "-1", "@SUM(A1)", "\t=1", "+"] {
            assert_eq!(no_formula(text), format!("'{text}"));
        }
        assert_eq!(no_formula("+819059876543"), "+819059876543");
    }
}
