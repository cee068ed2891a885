//! Contact cards (RFC 6350), as address books put them on the clipboard.

/// The telephone numbers of a card; those of faxes only where there are no others. `None` when the text is no card.
pub(super) fn numbers(text: &str) -> Option<Vec<String>> {
    text.get(..11).filter(|start| start.eq_ignore_ascii_case("BEGIN:VCARD"))?;
    let mut numbers = Vec::new();
    let mut faxes = Vec::new();
    // A line that begins with a space goes on with the one before.
    for line in text.replace("\r\n", "\n").replace("\n ", "").lines() {
        let Some((property, value)) = line.split_once(':') else { continue };
        let property = property.to_ascii_uppercase();
        // `item1.TEL;TYPE=work,voice;VALUE=uri`
        let mut parts = property.split(';');
        if parts.next().and_then(|name| name.rsplit('.').next()) != Some("TEL") {
            continue;
        }
        let is_fax = parts.any(|part| part.split(['=', ',', '"']).any(|kind| kind == "FAX"));
        if is_fax { &mut faxes } else { &mut numbers }.push(value.replace('\\', ""));
    }
    Some(if numbers.is_empty() { faxes } else { numbers })
}
