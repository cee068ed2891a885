mod around;
mod vanity;

use proptest::prelude::*;

use super::*;

fn country(code: &str) -> Option<Country> {
    (!code.is_empty()).then(|| Country::from_code(code).unwrap())
}

fn names(country: Country) -> String {
    let japanese = match country.code() {
        "CH" => "スイス",
        "TH" => "タイ",
        _ => "",
    };
    [country.name(), "\n", japanese].concat()
}

fn written(written: &str, home: &str) -> Result<Written, Unclear> {
    Written::read(written, country(home), &names)
}

/// The number and the keys behind it; what is no whole number with a question mark.
fn read(written: &str, home: &str) -> Result<String, Unclear> {
    shown(self::written(written, home))
}

fn shown(read: Result<Written, Unclear>) -> Result<String, Unclear> {
    read.map(|read| match read.number {
        Some(number) => format!("{number}{}", read.keys),
        None => format!("{}{}?", read.signs, read.keys),
    })
}

#[test]
fn what_says_the_country_counts_and_home_does_not() {
    for (written, home, number) in [
        ("tel:0791234567;phone-context=+41", "JP", "+41791234567"),
        ("TEL:079-123-45-67;ext=9;Phone-Context=%2B41", "JP", "+41791234567,9"),
        ("tel:5550115;phone-context=+1-212", "JP", "+12125550115"),
        ("tel:0791234567?phone-context=+41", "US", "+41791234567"),
        ("tel:0791234567?x=1&phone-context=%2B41", "US", "+41791234567"),
        ("tel:2125550115;phone-context=+1-212", "JP", "+12125550115"),
        ("1. +47 22 12 34 56", "US", "+4722123456"),
        ("12) +47 22 12 34 56", "US", "+4722123456"),
        ("#1 +47 22 12 34 56", "US", "+4722123456"),
        ("https://wa.me/6562345678", "US", "+6562345678"),
        ("wa.me/6562345678", "US", "+6562345678"),
        ("http://www.wa.me/+6562345678?text=hi%20123", "US", "+6562345678"),
        ("https://api.whatsapp.com/send?phone=6562345678&text=1", "US", "+6562345678"),
        ("https://api.whatsapp.com/send/?phone=%2B65+6234+5678", "US", "+6562345678"),
        ("https://web.whatsapp.com/send?phone=006562345678", "US", "+6562345678"),
        ("whatsapp://send?phone=6562345678", "US", "+6562345678"),
        ("viber://chat?number=%2B6562345678", "US", "+6562345678"),
        ("tg://resolve?phone=6562345678", "US", "+6562345678"),
        ("https://t.me/+6562345678", "US", "+6562345678"),
        ("https://signal.me/#p/+6562345678", "US", "+6562345678"),
        ("sgnl://signal.me/#p/+6562345678", "US", "+6562345678"),
        ("skype:+6562345678?call", "US", "+6562345678"),
        ("callto:+6562345678", "US", "+6562345678"),
        ("callto://+6562345678", "US", "+6562345678"),
        ("tel://+6562345678", "US", "+6562345678"),
        ("facetime-audio:+6562345678", "US", "+6562345678"),
        ("sms:+6562345678?body=1234", "US", "+6562345678"),
        ("sip:+6562345678@example.com;user=phone", "US", "+6562345678"),
        ("sips:%2B6562345678;x=1@example.com", "US", "+6562345678"),
        ("<tel:+65-6234-5678>", "US", "+6562345678"),
        ("[call](tel:+6562345678)", "US", "+6562345678"),
        ("<a href=\"tel:0791234567;phone-context=+41\">Ruf an</a>", "JP", "+41791234567"),
        ("Switzerland (+41): 079 123 45 67", "JP", "+41791234567"),
        ("079 123 45 67 (+41)", "JP", "+41791234567"),
        ("Singapore: 6234 5678", "US", "+6562345678"),
        ("Tel. (Switzerland) 044 668 18 00 ext. 12", "US", "+41446681800,12"),
        ("スイス 044 668 18 00", "US", "+41446681800"),
        ("Tokyo, Japan 03-1234-5678", "JP", "+81312345678"),
        ("Call Jordan: 415 555 2671", "US", "+14155552671"),
        ("New Jersey (201) 555-0123", "US", "+12015550123"),
        ("+41 (Switzerland) 79 123 45 67", "JP", "+41791234567"),
        ("🇨🇭 079 123 45 67", "JP", "+41791234567"),
        ("(+41) 79 123 45 67", "JP", "+41791234567"),
        ("(+41)79 123 45 67", "JP", "+41791234567"),
        ("+ 41 79 123 45 67", "JP", "+41791234567"),
        ("＋４１ ７９ １２３ ４５ ６７", "JP", "+41791234567"),
        ("0041 79 123 45 67", "JP", "+41791234567"),
        ("00 41 (0)79 123 45 67", "US", "+41791234567"),
        ("011 41 79 123 45 67", "JP", "+41791234567"),
        ("010 41 79 123 45 67", "JP", "+41791234567"),
        ("\u{202a}+41\u{a0}79\u{a0}123\u{ad}45\u{ad}67\u{202c}", "JP", "+41791234567"),
        ("+1\u{a0}(650)\u{a0}253\u{2011}0000", "JP", "+16502530000"),
        ("+44 (0)20 7946 0958", "JP", "+442079460958"),
        ("Call me at +65 6234 5678 ext. 9", "US", "+6562345678,9"),
        ("Phone: +65 6234 5678, fax: +65 6234 5679", "US", "+6562345678"),
        ("+81 3-1234-5678 / 03-1234-5678", "US", "+81312345678"),
        ("٠٠٤١ ٧٩ ١٢٣ ٤٥ ٦٧", "JP", "+41791234567"),
        ("+۹۸ ۲۱ ۲۲۳۳ ۴۴۵۵", "JP", "+982122334455"),
        ("+७९ 12", "US", "+7912?"),
        ("+47 22 12", "US", "+472212?"),
        ("41791234567+", "DE", "+41791234567"),
        ("11234+", "DE", "+11234?"),
        ("++41 79 123 45 67", "JP", "+41791234567"),
    ] {
        assert_eq!(read(written, home).as_deref(), Ok(number), "{written}");
    }
}

#[test]
fn what_cannot_be_told_is_asked_about() {
    use PhoneNumberError::*;
    for (written, home, why) in [
        ("tel:0312345678;phone-context=example.com", "JP", Unclear::Number(Context)),
        ("tel:2125550110;phone-contex=+44", "US", Unclear::Number(Context)),
        ("tel:2125550110?country=+44", "US", Unclear::Number(Context)),
        ("2026-12-01 05:45", "US", Unclear::Nothing),
        ("12/01/2026", "US", Unclear::Nothing),
        ("tel:0312345678;phone-context=", "JP", Unclear::Number(Context)),
        ("tel:0312345678;phone-context=81", "JP", Unclear::Number(Context)),
        ("tel:0312345678;phone-context=+41;phone-context=+81", "JP", Unclear::Number(Context)),
        ("tel:0312345678;phone-context=+999", "JP", Unclear::Number(UnknownCountryCode)),
        ("tel:03123;phone-context=+81", "JP", Unclear::Number(WrongLength)),
        ("tel:%252B81-3-1234-5678", "JP", Unclear::Number(Character { found: '%' })),
        ("https://wa.me/message/ABC123", "US", Unclear::Link),
        ("https://wa.me/0312345678", "JP", Unclear::Number(UnknownCountryCode)),
        ("https://t.me/joinchat312345678", "JP", Unclear::Link),
        ("https://t.me/+Ab312345678", "JP", Unclear::Link),
        ("skype:0312345678?call", "JP", Unclear::Link),
        ("skype:alice.1234?call", "JP", Unclear::Link),
        ("sip:0312345678@example.com", "JP", Unclear::Number(Context)),
        ("sip:alice@example.com", "JP", Unclear::Link),
        ("https://example.com/contact?id=0312345678", "JP", Unclear::Link),
        ("See https://example.com/0312345678", "JP", Unclear::Link),
        ("sms:+6562345678,+6562345679", "US", Unclear::Several),
        ("+65 6234 5678 or +65 6234 5679", "US", Unclear::Several),
        ("03-1234-5678, 03-9876-5432", "JP", Unclear::Several),
        ("03-1234-5678; 03-9876-5432", "JP", Unclear::Several),
        ("03-1234-5678\n03-9876-5432", "JP", Unclear::Several),
        ("03-1234-5678 p 03-9876-5432", "JP", Unclear::Several),
        ("+1 079 123 45 67 (+41)", "JP", Unclear::Number(NeedsCountry)),
        ("03-1234-5678 090-1234-5678", "JP", Unclear::Several),
        ("03-1234-5678/090-1234-5678", "JP", Unclear::Several),
        ("🇨🇭 079 123 45 67 🇯🇵 or 12", "JP", Unclear::Number(NeedsCountry)),
        ("内線123 03-1234-5678", "JP", Unclear::Several),
        ("03-1234-5678, +", "JP", Unclear::Number(NeedsCountry)),
        // A number in both.
        ("Switzerland 079 123 45 67", "JP", Unclear::Number(NeedsCountry)),
        ("Singapore 6234", "JP", Unclear::Number(NeedsCountry)),
        ("🇨🇭 079 123", "JP", Unclear::Number(NeedsCountry)),
        ("hello", "JP", Unclear::Nothing),
        ("", "JP", Unclear::Nothing),
        ("me@example1234567.com", "JP", Unclear::Nothing),
    ] {
        assert_eq!(read(written, home), Err(why), "{written}");
    }
    assert_eq!(read(&"1".repeat(10_000), "JP"), Err(Unclear::Number(TooLong)));
}

#[test]
fn uris_are_decoded_once() {
    for (written, number) in [
        ("tel:+81%203%201234%205678", "+81312345678"),
        ("tel:%2B81-3-1234-5678", "+81312345678"),
        ("tel:%EF%BC%90%EF%BC%93-1234-5678", "+81312345678"),
        ("tel:０３-1234-5678", "+81312345678"),
        ("tel:%EF%BC%8B%EF%BC%98%EF%BC%91312345678", "+81312345678"),
        ("tel:+81%C2%A03%C2%A01234%E2%80%915678", "+81312345678"),
        ("tel:%28%2B81%293-1234-5678", "+81312345678"),
        ("tel:+81-3-1234-5678;ext=1%32", "+81312345678,12"),
        ("tel:+18005551234,,12%23", "+18005551234,,12#"),
        ("tel:+18005551234p12", "+18005551234,12"),
    ] {
        assert_eq!(read(written, "JP").as_deref(), Ok(number), "{written}");
    }
}

#[test]
fn extensions_are_keys_and_told() {
    for (written, keys, told) in [
        ("03-1234-5678 内線123", ",123", "内線123"),
        ("03-1234-5678(内線123)", ",123", "内線123"),
        ("03-1234-5678 内線番号：１２３", ",123", "内線番号：１２３"),
        ("03-1234-5678 доб. 12", ",12", "доб. 12"),
        ("03-1234-5678, добавочный 12", ",12", "добавочный 12"),
        ("03-1234-5678 #123", ",123", "#123"),
        ("03-1234-5678#123", ",123", "#123"),
        ("03-1234-5678 Extn 12", ",12", "Extn 12"),
        ("03-1234-5678 ext. 12", ",12", "ext. 12"),
        ("03-1234-5678 EXT:12#", ",12#", "EXT:12"),
        ("03-1234-5678 (extension 12)", ",12", "extension 12"),
        ("03-1234-5678x12", ",12", "x12"),
        ("03-1234-5678 poste 12", ",12", "poste 12"),
        ("03-1234-5678 int. 12", ",12", "int. 12"),
        ("03-1234-5678 Durchwahl -12", ",12", "Durchwahl -12"),
        ("03-1234-5678 ramal 12,,3", ",12,,3", "ramal 12"),
        ("03-1234-5678 分机 12", ",12", "分机 12"),
        ("03-1234-5678 내선 12", ",12", "내선 12"),
        ("tel:03-1234-5678;ext=12", ",12", "12"),
    ] {
        let read = self::written(written, "JP").unwrap();
        assert_eq!(read.number.unwrap().as_str(), "+81312345678", "{written}");
        assert_eq!(
            (read.keys.as_str(), read.note),
            (keys, Some(Note::Extension(told.to_owned()))),
            "{written}"
        );
    }
    // Behind what stands in the field.
    for (written, keys) in [("内線123", ",123"), ("ext. 12", ",12"), ("内線", ",")] {
        let read = self::written(written, "JP").unwrap();
        assert_eq!((read.signs.as_str(), read.keys.as_str()), ("", keys), "{written}");
    }
}

#[test]
fn what_is_no_extension_is_left_out_and_told() {
    for (written, told) in [
        ("03-1234-5678 klapa 123", Some("klapa 123")),
        ("03-1234-5678 ext 12345678901", Some("ext 12345678901")),
        ("03-1234-5678 ext 12/13", Some("ext 12/13")),
        ("03-1234-5678 (9:00-17:00)", Some("9:00-17:00")),
        ("03-1234-5678/5679", Some("5679")),
        ("tel:03-1234-5678;isub=77", Some("77")),
        ("tel:03-1234-5678;ext=a1", Some("a1")),
        ("Tel: 03-1234-5678 Fax: 03-9876-5432", None),
        ("Tel: 03-1234-5678 Fax: 03-…", None),
        ("電話03-1234-5678 FAX番号03-9876-5432", None),
        ("TEL/FAX 03-1234-5678", None),
        ("Tel+Fax: 03-1234-5678", None),
        ("Fax: 03-1234-5678", None),
        ("Fax: 03-9876-5432\nTel: 03-1234-5678", None),
        ("1. 03-1234-5678", None),
        ("(1) 03-1234-5678", None),
        ("1) 03-1234-5678", None),
        ("03-1234-\n5678", None),
        ("me1@example.com 03-1234-5678", None),
        ("03-1234-5678 (+81 3-1234-5678)", None),
        ("「03-1234-5678」", None),
        ("1️⃣2️⃣ 03-1234-5678", None),
    ] {
        let read = self::written(written, "JP");
        if written.starts_with('1') && written.contains('\u{20e3}') {
            // Digits of emoji are digits: too many for a number, which the user sees.
            assert_eq!(read.unwrap().number, None);
            continue;
        }
        let read = read.unwrap_or_else(|why| panic!("{written}: {why}"));
        assert_eq!(read.number.unwrap().as_str(), "+81312345678", "{written}");
        assert_eq!(
            (read.keys.as_str(), read.note),
            ("", told.map(|told| Note::LeftOut(told.to_owned()))),
            "{written}"
        );
    }
}

#[test]
fn what_is_behind_an_extension_is_said_to_be_left_out() {
    for (written, left) in
        [("+1 212-555-0115 x22 or 23", "or 23"), ("+1 212-555-0115 ext. 12, then 34", "then 34")]
    {
        let read = self::written(written, "US").unwrap();
        assert_eq!(read.note, Some(Note::LeftOut(left.to_owned())), "{written}");
    }
}

#[test]
fn keys_behind_the_number() {
    for (written, number) in [
        ("+18005551234,,123#", "+18005551234,,123#"),
        ("+1 800-555-1234 ,12;34#", "+18005551234,12;34#"),
        ("+18005551234p12;34", "+18005551234,12;34"),
        ("+18005551234ww1wwwww2", "+18005551234,1,,2"),
        ("tel:+1-800-555-1234;ext=12", "+18005551234,12"),
        ("TEL:+18005551234;phone-context=+1;postd=pp22", "+18005551234,,22"),
        ("tel:+18005551234;x=1", "+18005551234"),
        ("03-1234-5678，12", "+81312345678,12"),
        ("03-1234-5678,0398765432", "+81312345678,0398765432"),
        ("03 1234 5678, please", "+81312345678"),
        ("+18005551234,", "+18005551234"),
        (",,123#", ",,123#?"),
        ("*31#0312345678", "*31#0312345678?"),
        ("12#", "12#?"),
        ("20 7946", "207946?"),
        ("+44", "+44?"),
    ] {
        assert_eq!(read(written, "JP").as_deref(), Ok(number), "{written}");
    }
}

#[test]
fn contact_cards() {
    let card = |lines: &str| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jo;;;\r\n{lines}\r\nREV:20260101T000000Z\r\nEND:VCARD\r\n"
        )
    };
    for (lines, number) in [
        ("TEL;TYPE=WORK,VOICE:+65 6234 5678", Ok("+6562345678")),
        ("item1.TEL;type=pref:+65 6234\r\n  5678\r\nitem1.X-ABLabel:Work 12", Ok("+6562345678")),
        ("TEL;VALUE=uri;TYPE=\"voice,home\":tel:+65-6234-5678;ext=9", Ok("+6562345678,9")),
        ("TEL;TYPE=fax:+65 6234 5679\r\nTEL:+6562345678", Ok("+6562345678")),
        ("TEL:+6562345678\r\nTEL:+6562345679", Err(Unclear::Several)),
        ("NOTE:1234", Err(Unclear::Nothing)),
    ] {
        assert_eq!(read(&card(lines), "US"), number.map(str::to_owned), "{lines}");
    }
}

#[test]
fn a_plus_sign_may_be_lost_on_the_way_of_a_link() {
    for (brought, number) in [
        (" 6562345678", Ok("+6562345678")),
        ("tel: 6562345678", Ok("+6562345678")),
        ("tel:+6562345678", Ok("+6562345678")),
        ("tel:03-1234-5678", Ok("+81312345678")),
        ("03-1234-5678", Ok("+81312345678")),
        (" 0312345678", Ok("+0312345678?")),
    ] {
        assert_eq!(
            shown(Written::from_link(brought, country("JP"), &names)),
            number.map(str::to_owned),
            "{brought}"
        );
    }
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_read_or_asked_about(pasted in any::<String>(), home in prop::sample::select(vec!["", "JP", "US", "DE"])) {
        check(&pasted, home);
    }

    #[test]
    fn whatever_looks_like_a_number_is_too(
        parts in prop::collection::vec(prop::sample::select(vec![
            "+", "1", "03", "1234", "5678", "+41", "00", "-", " ", "(", ")", ",", ";", "#", "*", "x", "ext. ", "内線", "Fax ", "tel:",
            "%", "%2B", "\n", ";phone-context=", "FLOWERS", "https://", "wa.me/", "@", ".", "？", "🇨🇭", "٣", "w", "/",
        ]), 0..14),
        home in prop::sample::select(vec!["", "JP", "US", "DE"]),
    ) {
        check(&parts.concat(), home);
    }
}

#[test]
fn a_mail_address_beside_a_number_says_nothing_of_its_country() {
    check("1234 +1@ext. 1", "DE");
    let read = written("jane+1@example.com 030 1234567", "DE").unwrap();
    assert_eq!(read.number.unwrap().as_str(), "+49301234567");
}

fn check(pasted: &str, home: &str) {
    for read in [written(pasted, home), Written::from_link(pasted, country(home), &names)] {
        match read {
            Ok(read) => {
                assert!(
                    read.keys.chars().all(|key| is_pause(key) || crate::Key::from_char(key).is_some()),
                    "{read:?}"
                );
                assert!(
                    read.signs.chars().skip(1).all(|sign| crate::Key::from_char(sign).is_some()),
                    "{read:?}"
                );
                // Where a plus sign was seen before digits, home has no part in the number. In a web or mail address it is anything.
                let has_plus = pasted
                    .split_whitespace()
                    .filter(|word| !word.contains('@'))
                    .flat_map(|word| word.split('+').skip(1))
                    .any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
                if let Some(number) = read.number.filter(|_| has_plus && !pasted.contains("://")) {
                    let elsewhere = country(if home == "GB" { "FR" } else { "GB" });
                    let other = Written::read(pasted, elsewhere, &names)
                        .or_else(|_| Written::from_link(pasted, elsewhere, &names));
                    assert!(
                        other.is_ok_and(|other| other.number == Some(number.clone())),
                        "{pasted:?}: {number}"
                    );
                }
            }
            Err(why) => assert!(why.to_string().ends_with('.'), "{why}"),
        }
    }
}
