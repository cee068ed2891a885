use std::borrow::Cow;

use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1252};
use shared::Country;

use super::{fault::FileFault, found::Found, table, vcard};

/// Contacts of a file of whichever kind. Home is the country of numbers that have none.
pub(in crate::contacts) fn read(file: &[u8], home: Option<Country>) -> Result<Found, FileFault> {
    let text = decode(file);
    if text.trim().is_empty() {
        return Err(FileFault::Empty);
    }
    // What is no text has bytes that no text has.
    if text.contains('\0') && !text.contains("BEGIN:VCARD") {
        return Err(FileFault::NoText);
    }
    let is_card = text.lines().any(vcard::begins);
    if is_card { Ok(vcard::read(&text, home)) } else { table::read(&text, home) }
}

/// UTF-8, UTF-16 where it says so, else Japanese where it can be, else what western Windows writes.
fn decode(file: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(file) {
        return encoding.decode_without_bom_handling(file.get(mark..).unwrap_or_default()).0;
    }
    if let Ok(text) = std::str::from_utf8(file) {
        return text.into();
    }
    let japanese = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(file);
    japanese.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(file).0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_file_is_a_fault_of_ours(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes, None);
            let card = [b"BEGIN:VCARD\r\n".as_slice(), &bytes, b"\r\nEND:VCARD\r\n"].concat();
            let _ = read(&card, None);
        }

        #[test]
        fn pieces_of_files_in_any_order(
            pieces in proptest::collection::vec(prop_oneof![
                Just("BEGIN:VCARD\n"), Just("END:VCARD\r\n"), Just("VERSION:2.1\n"), Just("N:;;"), Just("FN:"),
                Just("TEL;TYPE=\"a:b\";CELL:"), Just("TEL;ENCODING=QUOTED-PRINTABLE:=\n"), Just("PHOTO;BASE64:"), Just("AAAA="),
                Just("ADR;X-ABLabel=x:;"), Just("\n "), Just("=3D=E3"), Just("item1."), Just("\"a,b\";"), Just("Name,Phone\n"), Just("+81 90-5987-6543\n"),
                Just("X:Y\n"), Just("BDAY:1\n"), Just("\u{feff}"), Just("\\n\\,"), Just("BEGIN:VEVENT\n"),
            ], 0..40)
        ) {
            if let Ok(found) = read(pieces.concat().as_bytes(), None) {
                prop_assert!(found.contacts.iter().all(|contact| !contact.name.is_empty()));
            }
        }
    }

    #[test]
    fn encodings_are_recognised() {
        let (japanese, _, _) = SHIFT_JIS.encode("山田太郎");
        assert_eq!(decode(&japanese), "山田太郎");
        assert_eq!(decode("\u{feff}山田".as_bytes()), "山田");
        assert_eq!(decode(&[0xff, 0xfe, 0x71, 0x5c]), "山");
        assert_eq!(decode(b"M\xfcller;\xe9"), "Müller;é");
        assert_eq!(decode("Müller".as_bytes()), "Müller");
    }

    #[test]
    fn what_is_no_file_of_contacts_is_told() {
        assert_eq!(read(b" \n", None).unwrap_err(), FileFault::Empty);
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None).unwrap_err(), FileFault::NoText);
        assert_eq!(read(b"a,b\n1,2\n", None).unwrap_err(), FileFault::NoColumns);
    }
}
