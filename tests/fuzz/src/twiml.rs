use quick_xml::{Reader, events::Event};

use super::site::{LINES, PUBLIC_URL};

/// Whether Twilio could follow the document, and nothing in it is a stranger's choice but the number dialled.
pub(crate) fn check(document: &str) {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<String> = Vec::new();
    let mut roots = 0;
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {document}"));
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.name().0;
                let parent = open.last().map(String::as_str);
                let allowed: &[&str] = match parent {
                    None => &["Response"],
                    Some("Response") => &["Say", "Dial", "Hangup", "Reject", "Pause"],
                    Some("Dial") => &["Number", "Client"],
                    _ => &[],
                };
                assert!(allowed.contains(&name), "<{name}> in {parent:?}: {document}");
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{error}: {document}"));
                    check_attribute(attribute.key.0, &attribute.value, document);
                }
                roots += usize::from(parent.is_none());
                if matches!(event, Event::Start(_)) {
                    open.push(name.to_owned());
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => check_text(open.last().map(String::as_str), &text.xml10_content(), document),
            Event::Decl(_) | Event::GeneralRef(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} in {document}"),
        }
    }
    assert_eq!(roots, 1, "{document}");
}

fn check_attribute(name: &str, value: &str, document: &str) {
    let right = match name {
        "callerId" => LINES.iter().any(|(number, _)| value == *number),
        "action" | "statusCallback" => value.starts_with(PUBLIC_URL),
        "timeout" | "timeLimit" => value.bytes().all(|b| b.is_ascii_digit()),
        _ => value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-'),
    };
    assert!(right, "{name}={value:?} in {document}");
}

fn check_text(element: Option<&str>, text: &str, document: &str) {
    let right = match element {
        Some("Number") => {
            text.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
        }
        Some("Client") => LINES.iter().any(|(_, client_name)| text == *client_name),
        Some("Say") => true,
        _ => text.trim().is_empty(),
    };
    assert!(right, "{text:?} in {element:?} of {document}");
}
