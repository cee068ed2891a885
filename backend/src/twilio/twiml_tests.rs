use proptest::prelude::*;
use quick_xml::{Reader, events::Event};

use super::*;

fn dial(to: Noun, caller_id: &str) -> Response {
    Response(vec![Verb::Dial(Dial {
        caller_id: Some(caller_id.to_owned()),
        timeout_s: 30,
        time_limit_s: 14_400,
        action: "https://phone.example.com/twilio/dial_action?a=1&b=2".to_owned(),
        to,
        status_callback: "https://phone.example.com/twilio/call_status".to_owned(),
    })])
}

#[test]
fn a_dial_as_twilio_documents_it() {
    assert_eq!(
        dial(Noun::Number("+819059876543".into()), "+815031234567").to_xml(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Dial answerOnBridge=\"true\" \
         callerId=\"+815031234567\" timeout=\"30\" timeLimit=\"14400\" \
         action=\"https://phone.example.com/twilio/dial_action?a=1&amp;b=2\" method=\"POST\">\
         <Number statusCallback=\"https://phone.example.com/twilio/call_status\" \
         statusCallbackEvent=\"initiated ringing answered completed\" statusCallbackMethod=\"POST\">\
         +819059876543</Number></Dial></Response>"
    );
    assert_eq!(
        Response::say_and_hang_up("A & B").to_xml(),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Say>A &amp; B</Say><Hangup/></Response>"
    );
}

/// Names of the elements, texts, and the value of `callerId`, as a reader finds them.
#[test]
fn a_test_of_the_connection_speaks_waits_and_hangs_up() {
    let xml = Response::test_of_the_connection().to_xml();
    let (names, ..) = read(&xml);
    assert_eq!(names, ["Response", "Say", "Pause", "Hangup"]);
    assert!(xml.contains(r#"<Pause length="8"/>"#), "{xml}");
}

fn read(xml: &str) -> (Vec<String>, String, String) {
    let mut reader = Reader::from_str(xml);
    let (mut names, mut text, mut caller_id) = (Vec::new(), String::new(), String::new());
    loop {
        match reader.read_event().expect("the document parses") {
            Event::Start(element) | Event::Empty(element) => {
                for attribute in element.attributes() {
                    let attribute = attribute.expect("the attribute parses");
                    if attribute.key.as_ref() == "callerId" {
                        caller_id = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    }
                }
                names.push(element.name().as_ref().to_owned());
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(reference) => {
                let escaped = format!("&{};", &*reference);
                text.push_str(&quick_xml::escape::unescape(&escaped).unwrap());
            }
            Event::Eof => return (names, text.trim_start().to_owned(), caller_id),
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn nothing_changes_the_structure(name in any::<String>(), caller_id in any::<String>()) {
        let (names, text, read_id) = read(&dial(Noun::Client(name.clone()), &caller_id).to_xml());
        prop_assert_eq!(names, ["Response", "Dial", "Client"]);
        let printable_name = printable(&name);
        prop_assert_eq!(text.as_str(), printable_name.trim_start());
        prop_assert_eq!(read_id, printable(&caller_id));
    }
}
