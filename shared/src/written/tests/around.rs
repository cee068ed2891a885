//! What stands around a number where people copy it: labels, rows of tables, escaped signs, names of countries.

use super::*;

#[test]
fn a_word_before_takes_no_number_away() {
    for (written, home, number) in [
        ("Call 415-555-2671 ext 12", "US", "+14155552671,12"),
        ("Tel 415-555-2671 x12 home", "US", "+14155552671,12"),
        ("代表 03-1234-5678 内線12", "JP", "+81312345678,12"),
        ("TEL:03-1234-5678（代表）", "JP", "+81312345678"),
        ("TEL:03-1234-5678/FAX:03-1234-5679", "JP", "+81312345678"),
        ("ＴＥＬ：０３－１２３４－５６７８　ＦＡＸ：０３－１２３４－５６７９", "JP", "+81312345678"),
        ("T.03-1234-5678 F.03-1234-5679", "JP", "+81312345678"),
        ("Bob,4155552671,bob@example.com", "US", "+14155552671"),
        ("bob@example.com;4155552671", "US", "+14155552671"),
        ("(0xx11) 98765-4321", "BR", "+5511987654321"),
        ("+55 (0**11) 98765-4321", "US", "+5511987654321"),
        ("Tel 11) 98765-4321", "BR", "+5511987654321"),
        ("List\n2) 03-1234-5678", "JP", "+81312345678"),
    ] {
        assert_eq!(read(written, home).as_deref(), Ok(number), "{written}");
    }
}

#[test]
fn a_plus_sign_counts_however_it_is_spelled() {
    for written in [
        "%2B6562345678",
        "phone=%2b6562345678",
        "tel%3A%2B65-6234-5678",
        "&#43;65 6234 5678",
        "&#x2B;65 6234 5678",
        "&plus;65 6234 5678",
        "{\"to\":\"\\u002B6562345678\"}",
        "\\x2B6562345678",
        "plus 65 6234 5678",
        "プラス65 6234 5678",
        "⁺65 6234 5678",
        "➕65 6234 5678",
    ] {
        let read = self::written(written, "US").unwrap();
        assert!(read.says_country, "{written}");
        assert_eq!(read.number.unwrap().as_str(), "+6562345678", "{written}");
    }
    assert_eq!(read("50%2b", "JP"), Err(Unclear::Several), "a plus sign of nothing is none");
}

#[test]
fn links_with_more_than_a_number_are_read_as_texts() {
    for (written, number) in [
        ("tel:1-800-FLOWERS", "+18003569377"),
        ("tel:+1-800-FLOWERS", "+18003569377"),
        ("tel:1-800-ＦＬＯＷＥＲＳ", "+18003569377"),
        ("tel:+14155552671x12", "+14155552671,12"),
        ("tel:+14155552671%23123", "+14155552671,123"),
        ("tel:+1-415-555-2671%3Bext%3D12", "+14155552671,12"),
    ] {
        assert_eq!(read(written, "US").as_deref(), Ok(number), "{written}");
    }
}

#[test]
fn countries_have_more_names_than_one() {
    for (written, home, number) in [
        ("UK 020 7946 0958", "US", Ok("+442079460958")),
        ("U.K.: 020 7946 0958", "US", Ok("+442079460958")),
        ("England 020 7946 0958", "US", Ok("+442079460958")),
        ("USA 415-555-2671", "JP", Ok("+14155552671")),
        ("米国 415-555-2671", "JP", Ok("+14155552671")),
        ("Korea 02-1234-5678", "US", Ok("+82212345678")),
        // A number in both.
        ("UK 020 7946 0958", "JP", Err(Unclear::Number(PhoneNumberError::NeedsCountry))),
        ("www.example.co.uk 020 7946 0958", "JP", Ok("+812079460958")),
    ] {
        assert_eq!(read(written, home), number.map(str::to_owned), "{written}");
    }
}
