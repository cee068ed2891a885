use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::core::method::Method;

fn verbs(text: &str) -> Vec<Verb> {
    let document = parse(text).unwrap();
    assert_eq!(document.warnings, vec![], "{text}");
    document.verbs
}

fn client(identity: &str, parameters: &[(&str, &str)]) -> Noun {
    let owned = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Noun::plain(Whom::Client { identity: identity.into(), parameters: owned.collect() })
}

#[test]
fn reads_a_dial_with_everything() {
    let verbs = verbs(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <Response>
          <Dial action="/done?a=1&amp;b=2" method="GET" answerOnBridge="true" callerId="+815031234567"
                timeout="20" timeLimit="60" hangupOnStar="true" sequential="true" callReason="Your parcel"
                record="do-not-record" ringTone="us">
            <Number statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"
                    statusCallbackMethod="GET" url="/whisper" method="GET" sendDigits="1W2#"> +819059876543 </Number>
            <Client url="/hello"><Identity>alice</Identity><Parameter name="line" value="a &quot;b&quot;"/></Client>
            <Client>bob</Client>
          </Dial>
        </Response>"#,
    );
    let [Verb::Dial(dial)] = verbs.as_slice() else { panic!("{verbs:?}") };
    assert_eq!(dial.action.as_deref(), Some("/done?a=1&b=2"));
    assert_eq!(dial.method, Method::Get);
    assert!(dial.answer_on_bridge && dial.hangup_on_star && dial.sequential);
    assert_eq!(dial.call_reason.as_deref(), Some("Your parcel"));
    assert_eq!((dial.timeout, dial.time_limit), (Duration::from_secs(20), Duration::from_secs(60)));
    let callback = Callback {
        url: "/status".into(),
        method: Method::Get,
        events: Events { initiated: true, ringing: true, answered: true },
    };
    assert_eq!(
        dial.nouns,
        vec![
            Noun {
                whom: Whom::Number("+819059876543".into()),
                callback: Some(callback),
                whisper: Some(Whisper { url: "/whisper".into(), method: Method::Get }),
                digits: Some("1ww2#".into()),
            },
            Noun {
                whisper: Some(Whisper { url: "/hello".into(), method: Method::Post }),
                ..client("alice", &[("line", "a \"b\"")])
            },
            client("bob", &[]),
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
    assert_eq!(dial.nouns, vec![Noun::plain(Whom::Number("+14155552671".into()))]);
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

/// The warnings of one verb, as code (0: lacking) and text.
fn warnings(verb: &str) -> Vec<(u32, String)> {
    let document = parse(&format!("<Response>{verb}</Response>")).unwrap();
    document.warnings.into_iter().map(|warning| (warning.code.unwrap_or(0), warning.message)).collect()
}

#[test]
fn what_twilio_does_not_know_is_its_schema_warning() {
    for (text, word) in [
        ("loose", "text has no place"),
        ("<Shout>hi</Shout>", "Shout"),
        ("<say>hi</say>", "<Say>"),
        ("<Number>1</Number>", "no place in <Response>"),
        ("<Message>hi</Message>", "Message"),
        ("<Dial colour=\"red\">+14155552671</Dial>", "colour"),
        ("<Dial><Number Url=\"/x\">+14155552671</Number></Dial>", "Url"),
        ("<Dial><Client><Nick>a</Nick>a</Client></Dial>", "Nick"),
        ("<Dial><Fax>1</Fax>+14155552671</Dial>", "Fax"),
        ("<Dial><Client statusCallbackEvent=\"gone\">a</Client></Dial>", "gone"),
        ("<Hangup length=\"1\"/>", "length"),
        ("<Pause>three</Pause>", "text has no place"),
        ("<Say><shout>hi</shout>hi</Say>", "shout"),
        ("<Play/>", "needs the URL"),
        ("<Gather><Dial>1</Dial></Gather>", "no place in <Gather>"),
        ("<Gather colour=\"red\"/>", "colour"),
    ] {
        let found = warnings(text);
        assert!(
            found.iter().any(|(code, message)| *code == 12200 && message.contains(word)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn what_this_emulator_lacks_is_said_and_is_no_warning_of_twilio() {
    let verbs = ["Connect", "Enqueue", "Leave", "Pay", "Prompt", "Queue", "Refer", "Sms", "Start", "Stop"];
    for verb in verbs {
        let found = warnings(&format!("<{verb}/>"));
        assert!(matches!(found.as_slice(), [(0, message)] if message.contains(verb)), "{verb}: {found:?}");
    }
    for noun in ["Application", "Conference", "Queue", "Sim", "Sip", "WhatsApp"] {
        let found = warnings(&format!("<Dial><{noun}>a</{noun}></Dial>"));
        assert!(matches!(found.as_slice(), [(0, message)] if message.contains(noun)), "{noun}: {found:?}");
    }
    for attribute in [
        "record=\"record-from-answer\"",
        "record=\"true\"",
        "recordingStatusCallback=\"/r\"",
        "trim=\"trim-silence\"",
        "recordingTrack=\"both\"",
        "recordingStatusCallbackEvent=\"completed\"",
        "recordingStatusCallbackMethod=\"GET\"",
        "recordingConfigurationId=\"x\"",
        "ringTone=\"jp\"",
        "referUrl=\"/x\"",
        "referMethod=\"GET\"",
        "events=\"x\"",
        "passports=\"x\"",
    ] {
        let found = warnings(&format!("<Dial {attribute}>+14155552671</Dial>"));
        let name = attribute.split('=').next().unwrap();
        assert!(
            matches!(found.as_slice(), [(0, message)] if message.contains(name)),
            "{attribute}: {found:?}"
        );
    }
    for attribute in ["machineDetection", "amdStatusCallback", "byoc", "machineDetectionTimeout"] {
        let found = warnings(&format!("<Dial><Number {attribute}=\"1\">+14155552671</Number></Dial>"));
        assert!(matches!(found.as_slice(), [(0, message)] if message.contains(attribute)), "{found:?}");
    }
}

#[test]
fn a_wrong_value_has_twilio_s_own_number() {
    for (text, code) in [
        ("<Dial method=\"PUT\">+14155552671</Dial>", 13210),
        ("<Dial timeout=\"1\">+14155552671</Dial>", 13212),
        ("<Dial timeout=\"soon\">+14155552671</Dial>", 13212),
        ("<Dial hangupOnStar=\"yes\">+14155552671</Dial>", 13213),
        ("<Dial timeLimit=\"0\">+14155552671</Dial>", 13216),
        ("<Dial record=\"maybe\">+14155552671</Dial>", 13217),
        ("<Dial sequential=\"1\">+14155552671</Dial>", 13218),
        ("<Dial answerOnBridge=\"True\">+14155552671</Dial>", 13219),
        ("<Dial ringTone=\"xx\">+14155552671</Dial>", 13220),
        ("<Dial recordingTrack=\"left\">+14155552671</Dial>", 13622),
        ("<Dial trim=\"yes\">+14155552671</Dial>", 13699),
        (
            "<Dial callReason=\"012345678901234567890123456789012345678901234567890\">+14155552671</Dial>",
            12200,
        ),
        ("<Dial><Number method=\"PUT\" url=\"/x\">+14155552671</Number></Dial>", 13221),
        ("<Dial><Number sendDigits=\"1-2\">+14155552671</Number></Dial>", 13222),
        ("<Say loop=\"x\">a</Say>", 13510),
        ("<Say voice=\"nonsense\">a</Say>", 13511),
        ("<Say language=\"klingon\">a</Say>", 13520),
        ("<Say> </Say>", 13520),
        ("<Play loop=\"x\">/a.wav</Play>", 13410),
        ("<Play digits=\"1x\"/>", 13430),
        ("<Pause length=\"0\"/>", 13910),
        ("<Redirect method=\"PUT\">/x</Redirect>", 13710),
        ("<Reject reason=\"rude\"/>", 13810),
        ("<Gather finishOnKey=\"12\"/>", 13310),
        ("<Gather finishOnKey=\"x\"/>", 13310),
        ("<Gather method=\"PUT\"/>", 13312),
        ("<Gather timeout=\"soon\"/>", 13313),
        ("<Gather numDigits=\"0\"/>", 13314),
        ("<Gather input=\"eyes\"/>", 13320),
        ("<Gather><Say voice=\"nonsense\">a</Say></Gather>", 13511),
        ("<Record method=\"PUT\"/>", 13610),
        ("<Record timeout=\"0\"/>", 13611),
        ("<Record maxLength=\"1\"/>", 13612),
        ("<Record finishOnKey=\"A\"/>", 13613),
        ("<Record transcribe=\"yes\"/>", 13614),
        ("<Record transcribe=\"true\" maxLength=\"121\"/>", 13615),
        ("<Record playBeep=\"no\"/>", 13616),
        ("<Record trim=\"true\"/>", 13699),
        ("<Record recordingStatusCallback=\"/r\" recordingStatusCallbackEvent=\"started\"/>", 13621),
    ] {
        let found = warnings(text);
        assert!(found.iter().any(|(found, _)| *found == code), "{text}: {found:?}");
    }
    assert!(warnings(&format!("<Say>{}</Say>", "a".repeat(4097))).iter().any(|(code, _)| *code == 13521));
}

#[test]
fn skipped_verbs_are_counted() {
    let document =
        parse("<Response><Say voice=\"x\">a</Say><Enqueue/><Shout/><Dial><Fax>1</Fax></Dial></Response>");
    let document = document.unwrap();
    assert_eq!((document.verbs.len(), document.skipped), (0, 4));
    let document = parse("<Response><Dial/><Hangup/></Response>").unwrap();
    assert_eq!((document.verbs.len(), document.skipped), (2, 0));
    let document = parse("<Response>We are closed.</Response>").unwrap();
    assert_eq!((document.verbs.len(), document.skipped), (0, 1));
}

#[test]
fn ssml_has_values_that_a_voice_understands() {
    let say = |inner: &str| warnings(&format!("<Say voice=\"Polly.Joanna\">{inner}a</Say>"));
    for good in [
        "<break strength=\"x-strong\"/>",
        "<break time=\"3s\"/><break time=\"200ms\"/>",
        "<prosody rate=\"85%\" volume=\"-6dB\" pitch=\"+10%\"><emphasis level=\"strong\">b</emphasis></prosody>",
        "<say-as interpret-as=\"telephone\">1</say-as><phoneme alphabet=\"ipa\" ph=\"x\">b</phoneme>",
    ] {
        assert_eq!(say(good), [], "{good}");
    }
    for (bad, code) in [
        ("<break strength=\"huge\"/>", 12200),
        ("<break time=\"soon\"/>", 12200),
        ("<break time=\"3\"/>", 12200),
        ("<prosody rate=\"warp\">b</prosody>", 13513),
        ("<p><prosody volume=\"11\">b</prosody></p>", 12200),
        ("<prosody pitch=\"%\">b</prosody>", 12200),
        ("<emphasis level=\"very\">b</emphasis>", 12200),
        ("<say-as interpret-as=\"poem\">b</say-as>", 12200),
        ("<phoneme alphabet=\"abc\" ph=\"x\">b</phoneme>", 12200),
    ] {
        let found = say(bad);
        assert!(matches!(found.as_slice(), [(found, _)] if *found == code), "{bad}: {found:?}");
    }
    let found = warnings("<Say voice=\"woman\">a<break/></Say>");
    assert!(matches!(found.as_slice(), [(12200, message)] if message.contains("Basic voice")), "{found:?}");
}

/// Of two values for one thing only one is used; the other one is named.
#[test]
fn what_stands_twice_is_not_ignored_in_silence() {
    for (text, code, word) in [
        ("<Dial><Client>bob<Identity>alice</Identity></Client></Dial>", 12200, "\"alice\""),
        ("<Dial><Client><Identity>a</Identity><Identity>b</Identity></Client></Dial>", 12200, "2 clients"),
        ("<Play digits=\"1\">/a.wav</Play>", 0, "/a.wav"),
        ("<Play digits=\"\"/>", 12200, "URL of a sound, or digits"),
    ] {
        let found = warnings(text);
        assert!(
            matches!(found.as_slice(), [(found, message)] if *found == code && message.contains(word)),
            "{found:?}"
        );
    }
    let document = parse("<Response><Say>a<foo>b</foo><emphasis>c</emphasis></Say></Response>").unwrap();
    let [Verb::Say(say)] = document.verbs.as_slice() else { panic!("{document:?}") };
    assert_eq!(say.text, "a c", "an element that is skipped is not spoken");
}

#[test]
fn a_document_is_utf_8_and_does_not_say_otherwise() {
    let said = |encoding: &str, text: &str| {
        parse(&format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><Response><Say>{text}</Say></Response>"
        ))
    };
    assert!(said("UTF-8", "café").is_ok() && said("utf-8", "café").is_ok());
    assert!(said("ISO-8859-1", "coffee").is_ok(), "it is the same in both");
    let error = said("ISO-8859-1", "café").unwrap_err();
    assert!(error.code == 12100 && error.reason.contains("ISO-8859-1"), "{error}");
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
        match document.verbs.as_slice() {
            [Verb::Say(say)] => prop_assert_eq!(say.text.as_str(), text.trim()),
            // Nothing to say.
            [] => prop_assert!(text.trim().is_empty()),
            verbs => prop_assert!(false, "{verbs:?}"),
        }
    }
}
