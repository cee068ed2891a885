use shared::api::contacts::NumberKind;

use super::*;

fn found(text: &str) -> Found {
    read(text, Country::from_code("JP"))
}

/// Name, and numbers with their kinds.
fn only(text: &str) -> (String, Vec<(String, NumberKind)>) {
    let found = found(text);
    assert_eq!((found.faults.len(), found.contacts.len()), (0, 1), "{found:?}");
    let details = found.contacts.into_iter().next().unwrap();
    (details.name, details.numbers.into_iter().map(|number| (number.number, number.kind)).collect())
}

#[test]
fn cards_of_every_version_are_read() {
    let mobile = |number: &str| vec![(number.to_owned(), NumberKind::Mobile)];
    let four = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Aiko Yamada\r\nTEL;VALUE=uri;TYPE=cell:tel:+81-90-5987-6543\r\nEND:VCARD\r\n";
    assert_eq!(only(four), ("Aiko Yamada".into(), mobile("+819059876543")));
    let three = "BEGIN:VCARD\nVERSION:3.0\nN:Yamada;Aiko;;;\nitem1.TEL;type=pref:090-5987-6543\nitem1.X-ABLabel:_$!<Mobile>!$_\nEND:VCARD\n";
    assert_eq!(only(three), ("Aiko Yamada".into(), mobile("+819059876543")));
    let two = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63;=91=BE=98=59\r\nTEL;CELL;VOICE:09059876543\r\nEND:VCARD\r\n";
    assert_eq!(only(two), ("山田 太郎".into(), mobile("+819059876543")));
    let folded =
        "\u{feff}begin:vcard\r\nFN:Aiko \r\n Yamada\r\nTEL;TYPE=CELL:+81905\r\n 9876543\r\nend:vcard";
    assert_eq!(only(folded), ("Aiko Yamada".into(), mobile("+819059876543")));
    let organisation = "BEGIN:VCARD\nORG:Sidetone;Sales\nTEL;TYPE=WORK:+1 202 555 0143\nEND:VCARD\n";
    assert_eq!(
        only(organisation),
        ("Sidetone Sales".into(), vec![("+12025550143".into(), NumberKind::Work)])
    );
}

#[test]
fn readings_are_found() {
    let apple =
        "BEGIN:VCARD\nFN:山田 愛子\nX-PHONETIC-LAST-NAME:ヤマダ\nX-PHONETIC-FIRST-NAME:アイコ\nEND:VCARD\n";
    assert_eq!(found(apple).contacts[0].reading, "ヤマダ アイコ");
    let phone = "BEGIN:VCARD\nVERSION:2.1\nN:山田;愛子\nSOUND;X-IRMC-N:ﾔﾏﾀﾞ;ｱｲｺ\nEND:VCARD\n";
    assert_eq!(found(phone).contacts[0].reading, "ﾔﾏﾀﾞ ｱｲｺ");
}

#[test]
fn what_is_not_understood_is_told_and_the_rest_is_read() {
    let text = "junk\nBEGIN:VCARD\nFN:A\nTEL:none\nTEL:110\nBEGIN:VCARD\nFN:B\nTEL:119\nEND:VCARD\nBEGIN:VCARD\nNOTE:x\nEND:VCARD\nBEGIN:VCARD\nFN:C";
    let found = found(text);
    let names: Vec<_> = found.contacts.iter().map(|details| details.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(found.contacts[0].numbers.len(), 1);
    let faults: Vec<_> =
        found.faults.iter().map(|fault| (fault.line, fault.what, fault.text.as_str())).collect();
    let expected = [
        (1, ImportFaultKind::NotUnderstood, "junk"),
        (2, ImportFaultKind::NotEnded, "FN:A"),
        (2, ImportFaultKind::NotANumber, "none"),
        (10, ImportFaultKind::Empty, "x"),
        (13, ImportFaultKind::NotEnded, "FN:C"),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn what_is_too_much_is_cut_and_told() {
    let numbers: String = (0..1_000).map(|n| format!("TEL:+1202555{n:04}\n")).collect();
    let text = format!("BEGIN:VCARD\nFN:{}\nNOTE:a\\nb\\0\u{0}\n{numbers}END:VCARD\n", "x".repeat(10_000));
    let found = found(&text);
    assert_eq!((found.contacts[0].name.len(), found.contacts[0].numbers.len()), (200, 50));
    let kinds: Vec<_> = found.faults.iter().map(|fault| fault.what).collect();
    assert_eq!(kinds, [ImportFaultKind::TooLong, ImportFaultKind::TooManyNumbers]);
}

#[test]
fn pictures_are_passed_over() {
    let picture = "/9j/4AAQSkZJRgABAQAAAQABAAD".repeat(2_000);
    let text =
        format!("BEGIN:VCARD\nVERSION:3.0\nPHOTO;ENCODING=b;TYPE=JPEG:{picture}\nFN:A\nTEL:110\nEND:VCARD\n");
    assert_eq!(only(&text).0, "A");
}
