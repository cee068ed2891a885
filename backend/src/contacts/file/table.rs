//! Tables as Excel, Google and Outlook write them: the first line says what the columns are.

use csv::{ReaderBuilder, StringRecord, Trim};
use shared::{
    Country,
    api::contacts::{ImportFaultKind, NumberKind},
};

use super::{
    fault::FileFault,
    found::{Found, Raw},
    kinds::kind,
};
use crate::searched;

const MOST_COLUMNS: usize = 500;
/// What Google puts between several values of one cell.
const BETWEEN: &str = " ::: ";

/// What a column says.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Column {
    Name,
    Family,
    Given,
    Organisation,
    Reading,
    FamilyReading,
    GivenReading,
    Note,
    Number(NumberKind),
    /// The kind of the number that stands in this other column.
    KindOf(usize),
    Nothing,
}

pub(super) fn read(text: &str, home: Option<Country>) -> Result<Found, FileFault> {
    let text = text.trim_start_matches('\u{feff}');
    // Excel's way to say it.
    let (text, said, before) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((sign, rest)) => (rest, sign.trim_end_matches('\r').bytes().next(), 1),
        None => (text, None, 0),
    };
    let between = said.unwrap_or_else(|| separator(text));
    let mut reader = ReaderBuilder::new()
        .delimiter(between)
        .has_headers(true)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| FileFault::NoText)?.clone();
    if header.len() > MOST_COLUMNS {
        return Err(FileFault::ManyColumns(MOST_COLUMNS));
    }
    let columns = columns(&header);
    if !columns.iter().any(|column| matches!(column, Column::Number(_))) {
        return Err(FileFault::NoColumns);
    }
    let mut found = Found::default();
    for row in reader.records() {
        match row {
            Ok(row) => {
                let line = row.position().map_or(0, |place| place.line());
                let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(before);
                if row.iter().any(|cell| !cell.is_empty()) {
                    found.take(raw(&columns, &row, line), home);
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, |place| place.line());
                let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(before);
                found.fault(line, ImportFaultKind::NotUnderstood, "");
            }
        }
    }
    Ok(found)
}

/// The sign that stands most often in the first line, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes().take_while(|byte| *byte != b'\n') {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == *sign);
        }
    }
    // The first of those that stand as often.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

fn columns(header: &StringRecord) -> Vec<Column> {
    let names: Vec<_> = header.iter().map(searched::fold).collect();
    let column = |at: usize| {
        let name = names.get(at).map(String::as_str).unwrap_or_default();
        let has = |some: &[&str]| some.iter().any(|word| name.contains(word));
        let is = |some: &[&str]| some.contains(&name);
        if has(&["phone", "mobile", "telefon", "fax", "電話", "携帯"])
            || is(&["tel", "number", "numbers", "でんわ"])
        {
            // "Phone 1 - Type" stands before "Phone 1 - Value".
            return match name.strip_suffix("type").or_else(|| name.strip_suffix("label")) {
                Some(start) => {
                    let value = [start, "value"].concat();
                    names.iter().position(|other| *other == value).map_or(Column::Nothing, Column::KindOf)
                }
                None => Column::Number(kind(name)),
            };
        }
        let sounds = has(&["phonetic", "yomi", "reading", "ふりがな", "よみ", "読み", "かな"]);
        if has(&["family", "last name", "surname"]) || is(&["姓", "last"]) || (sounds && has(&["姓", "せい"]))
        {
            if sounds { Column::FamilyReading } else { Column::Family }
        } else if has(&["given", "first name"]) || is(&["名", "first"]) {
            if sounds { Column::GivenReading } else { Column::Given }
        } else if sounds {
            Column::Reading
        } else if has(&["organization name", "organisation", "company"])
            || is(&["organization", "会社", "会社名"])
        {
            Column::Organisation
        } else if has(&["note", "comment", "めも", "備考"]) {
            Column::Note
        } else if is(&["name", "full name", "display name", "contact", "氏名", "名前", "表示名"]) {
            Column::Name
        } else {
            Column::Nothing
        }
    };
    (0..names.len()).map(column).collect()
}

fn raw(columns: &[Column], row: &StringRecord, line: u32) -> Raw {
    let cell = |at: usize| plain(row.get(at).unwrap_or_default());
    let text = |wanted: &Column| {
        let at = columns.iter().enumerate().filter(|(_, column)| *column == wanted);
        at.map(|(at, _)| cell(at)).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let both = |family: &Column, given: &Column| {
        let (family, given) = (text(family), text(given));
        let order = if family.is_ascii() { [given, family] } else { [family, given] };
        order.join(" ").trim().to_owned()
    };
    let first = |all: [String; 3]| all.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let mut numbers = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Column::Number(kind_of_column) = column else { continue };
        let said = columns.iter().position(|other| *other == Column::KindOf(at)).map(|at| kind(cell(at)));
        let known = said.unwrap_or(*kind_of_column);
        let several = cell(at).split(BETWEEN).filter(|number| !number.trim().is_empty());
        numbers.extend(several.map(|number| (number.to_owned(), known)));
    }
    Raw {
        line,
        name: first([
            text(&Column::Name).to_owned(),
            both(&Column::Family, &Column::Given),
            text(&Column::Organisation).to_owned(),
        ]),
        reading: first([
            text(&Column::Reading).to_owned(),
            [text(&Column::FamilyReading), text(&Column::GivenReading)].join(" ").trim().to_owned(),
            String::new(),
        ]),
        note: text(&Column::Note).to_owned(),
        numbers,
    }
}

/// Without the apostrophe that keeps a cell from being a formula ([`super::write`]).
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contacts(text: &str) -> Vec<(String, Vec<String>)> {
        let found = read(text, Country::from_code("JP")).unwrap();
        assert!(found.faults.is_empty(), "{found:?}");
        let told = found.contacts.into_iter();
        told.map(|one| (one.name, one.numbers.into_iter().map(|number| number.number).collect())).collect()
    }

    #[test]
    fn tables_of_other_programs_are_read() {
        let one = vec![("Aiko Yamada".to_owned(), vec!["+819059876543".to_owned()])];
        for text in [
            "Name,Phone\nAiko Yamada,090-5987-6543\n",
            "Name;Telefon\r\n\"Aiko Yamada\";090-5987-6543\r\n",
            "sep=;\nName;Mobile\nAiko Yamada;090-5987-6543\n",
            "First Name\tLast Name\tBusiness Phone\nAiko\tYamada\t+81 90 5987 6543\n",
            "Given Name,Family Name,Phone 1 - Type,Phone 1 - Value\nAiko,Yamada,Mobile,090-5987-6543 ::: 090-5987-6543\n",
            "\u{feff}Name,Phone\n\n,\nAiko Yamada,090-5987-6543",
        ] {
            assert_eq!(contacts(text), one, "{text}");
        }
        assert_eq!(contacts("姓,名,携帯電話\n山田,愛子,090-5987-6543\n")[0].0, "山田 愛子");
    }

    #[test]
    fn what_a_number_is_says_its_column() {
        let text = "Name,Phone 1 - Type,Phone 1 - Value,Home Fax\nA,Work,+12025550143,+12025550144\n";
        let found = read(text, None).unwrap();
        let kinds: Vec<_> = found.contacts[0].numbers.iter().map(|number| number.kind).collect();
        assert_eq!(kinds, [NumberKind::Work, NumberKind::Fax]);
    }

    #[test]
    fn faults_name_their_line() {
        let found = read("Name,Phone\nA,110\nB,none\n,\nC,\"119\n120\"\n", None).unwrap();
        let faults: Vec<_> = found.faults.iter().map(|fault| (fault.line, fault.what)).collect();
        assert_eq!(faults[0], (3, ImportFaultKind::NotANumber));
        let wide = format!("Name,Phone{}\n", ",x".repeat(600));
        assert_eq!(read(&wide, None).unwrap_err(), FileFault::ManyColumns(500));
        assert!(read(&format!("Name,Phone{}\nA,110\n", ",x".repeat(200)), None).is_ok());
    }
}
