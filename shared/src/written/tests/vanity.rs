//! Numbers that are words.

use super::*;

#[test]
fn letters_are_their_keys_where_they_are_meant_so() {
    for (written, home, number) in [
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("1 800 FLOWERS", "US", "+18003569377"),
        ("1-800-flowers", "US", "+18003569377"),
        ("(800) FLOWERS", "US", "+18003569377"),
        ("Call 1-800-FLOWERS today", "US", "+18003569377"),
        ("+1-888-GO-FEDEX", "JP", "+18884633339"),
        ("1-800-FLOWERS ext. 12", "US", "+18003569377,12"),
        ("0800 FLOWERS", "GB", "+448003569377"),
        // Letters that no longer fit are for reading: telephones take no notice of them.
        ("1-800-CONTACTS", "US", "+18002668228"),
        ("1 800 CONTACTS", "US", "+18002668228"),
        ("1-800-contacts", "US", "+18002668228"),
        ("1800CONTACTS", "US", "+18002668228"),
        ("(800) CONTACTS", "US", "+18002668228"),
        ("+1-800-CONTACTS", "JP", "+18002668228"),
        ("tel:1-800-CONTACTS", "US", "+18002668228"),
        ("Call 1-800-CONTACTS today", "US", "+18002668228"),
        ("Call 1 800 CONTACTS NOW", "US", "+18002668228"),
        ("1-800-CONTACTS ext. 12", "US", "+18002668228,12"),
        ("1-800-CONTACTS", "JP", "18002668228?"),
        ("1-800-FLOWERS-NOW", "US", "+18003569377"),
        ("1-877-KARS4KIDS", "US", "+18775277454"),
        ("0800-CONTACTS", "GB", "+448002668228"),
        ("1800 REVERSE", "AU", "+611800738377"),
        // Those are words beside a number, or no number at all.
        ("030-123456-Berlin", "DE", "+4930123456"),
        ("1-800-555-0199-CONTACTS", "US", "+18005550199"),
        ("555-someverylongwordindeed", "US", "5557663837956649673463333?"),
        ("1-800-FLOWERS", "JP", "18003569377?"),
        ("1800FLOWERS", "JP", "18003569377?"),
        ("03-1234-5678 Tokyo", "JP", "+81312345678"),
        ("0312345678Tokyo", "JP", "+81312345678"),
        ("Call me: 03 1234", "JP", "031234?"),
        ("<script>alert(1)</script>", "JP", "1?"),
        ("800-555-0123x12", "US", "+18005550123,12"),
    ] {
        assert_eq!(read(written, home).as_deref(), Ok(number), "{written}");
    }
}
