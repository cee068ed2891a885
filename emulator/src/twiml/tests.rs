use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::config::Method;

fn verbs(text: &str) -> Vec<Verb> {
    let document = parse(text).unwrap();
    assert_eq!(document.warnings, vec![], "{text}");
    document.verbs
}

#[test]
fn reads_a_dial_with_everything() {
    let verbs = verbs(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <Response>
          <Dial action="/done?a=1&amp;b=2" method="GET" answerOnBridge="true" callerId="+815031234567"
                timeout="20" timeLimit="60" hangupOnStar="true">
            <Number statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"
                    statusCallbackMethod="GET"> +819059876543 </Number>
            <Client><Identity>alice</Identity><Parameter name="line" value="a &quot;b&quot;"/></Client>
            <Client>bob</Client>
          </Dial>
        </Response>"#,
    );
    let [Verb::Dial(dial)] = verbs.as_slice() else { panic!("{verbs:?}") };
    assert_eq!(dial.action.as_deref(), Some("/done?a=1&b=2"));
    assert_eq!(dial.method, Method::Get);
    assert!(dial.answer_on_bridge && dial.hangup_on_star);
    assert_eq!((dial.timeout, dial.time_limit), (Duration::from_secs(20), Duration::from_secs(60)));
    let callback = Callback {
        url: "/status".into(),
        method: Method::Get,
        events: Events { initiated: true, ringing: true, answered: true },
    };
    assert_eq!(
        dial.nouns,
        vec![
            Noun::Number { number: "+819059876543".into(), callback: Some(callback) },
            Noun::Client {
                identity: "alice".into(),
                parameters: vec![("line".into(), "a \"b\"".into())],
                callback: None
            },
            Noun::Client { identity: "bob".into(), parameters: vec![], callback: None },
        ]
    );
}

#[test]
fn reads_the_other_verbs() {
    let verbs = verbs(
        r#"<Response><Say voice="alice">Tom &amp; J&#233;r&#xF4;me <emphasis>now</emphasis></Say><Play loop="2">http://x/a.wav</Play><Play digits="12#"/>
        <Pause length="3"/><!-- hush --><Redirect method="GET">/next</Redirect><Reject reason="busy"/><Echo/><Hangup/></Response>"#,
    );
    assert_eq!(
        verbs,
        vec![
            Verb::Say(Say { text: "Tom & Jérôme now".into(), times: 1 }),
            Verb::Play(Play { url: "http://x/a.wav".into(), digits: None, times: 2 }),
            Verb::Play(Play { url: String::new(), digits: Some("12#".into()), times: 1 }),
            Verb::Pause(Duration::from_secs(3)),
            Verb::Redirect { url: "/next".into(), method: Method::Get },
            Verb::Reject { busy: true },
            Verb::Echo,
            Verb::Hangup,
        ]
    );
}

#[test]
fn bare_text_is_a_number() {
    let verbs = verbs("<Response><Dial>+14155552671</Dial></Response>");
    let [Verb::Dial(dial)] = verbs.as_slice() else { panic!("{verbs:?}") };
    assert_eq!(dial.nouns, vec![Noun::Number { number: "+14155552671".into(), callback: None }]);
    assert_eq!(dial.timeout, Duration::from_secs(30));
}

#[test]
fn malformed_documents_are_error_12100() {
    for text in [
        "",
        "   ",
        "hello",
        "<html></html>",
        "<response/>",
        "<Response>",
        "<Response><Say>a</Response></Say>",
        "<Response></Response><Response/>",
        "<Response>Tom & Jerry</Response>",
        "<Response><Say>a &nbsp; b</Say></Response>",
        "<Response><Dial action=/x/></Response>",
        "<Response><Dial action=\"/x?a=1&b=2\"/></Response>",
        "<Response><Dial action=\"<\"/></Response>",
        "<Response a=\"1\" a=\"2\"/>",
        "x<Response/>",
        " <?xml version=\"1.0\"?><Response/>",
        "<!DOCTYPE Response><Response/>",
        "<Response><Say>a\u{1}b</Say></Response>",
        "<Response><Say>a&#1;b</Say></Response>",
        "<Response><Say>a&#x0;b</Say></Response>",
        "<Response><Dial action=\"&#x1f;\"/></Response>",
        "<Response><Say>\u{fffe}</Say></Response>",
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.code, 12100, "{text}: {error}");
    }
    assert_eq!(parse(&format!("<Response>{}</Response>", " ".repeat(70_000))).unwrap_err().code, 11750);
}

#[test]
fn unknown_things_are_warnings() {
    let document = parse(
        r#"<Response>loose<Shout>hi</Shout><Gather/><Play/><Play digits="1x"/><Dial colour="red" timeout="1"><Fax>1</Fax>
           <Client statusCallbackEvent="gone">a</Client></Dial><Hangup/></Response>"#,
    )
    .unwrap();
    let text: Vec<&str> = document.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(document.verbs.len(), 3);
    for word in [
        "outside of verbs",
        "needs the URL",
        "digits may",
        "Shout",
        "Gather",
        "colour",
        "timeout",
        "Fax",
        "gone",
    ] {
        assert!(text.iter().any(|line| line.contains(word)), "{word}: {text:?}");
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in "(<|>|&|\"|=|/|[a-zA-Z]|Response|Dial|Say| |;|#|!|-|\\?|\\[){0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn escaped_text_comes_back(text in "[ -~]{1,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let document = parse(&format!("<Response><Say>{escaped}</Say></Response>")).unwrap();
        let [Verb::Say(say)] = document.verbs.as_slice() else { panic!() };
        prop_assert_eq!(say.text.as_str(), text.trim());
    }
}
