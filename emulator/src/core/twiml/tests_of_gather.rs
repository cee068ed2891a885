//! What of `<Gather>` is read.

use std::time::Duration;

use super::*;
use crate::core::method::Method;

#[test]
fn reads_what_keys_are_waited_for() {
    let read = |text: &str| {
        let document = parse(&format!("<Response>{text}</Response>")).unwrap();
        match (document.verbs.as_slice(), document.warnings.as_slice()) {
            ([Verb::Gather(gather)], []) => gather.clone(),
            other => panic!("{other:?}"),
        }
    };
    let usual = Gather {
        action: None,
        method: Method::Post,
        timeout: Duration::from_secs(5),
        finish_on_key: Some('#'),
        num_digits: None,
        action_on_empty_result: false,
        prompts: Vec::new(),
    };
    assert_eq!(read("<Gather/>"), usual);
    let all = "<Gather action=\"/a\" timeout=\"2\" finishOnKey=\"\" numDigits=\"4\" actionOnEmptyResult=\"true\" \
               input=\"dtmf\"><Say>Your code</Say><Pause length=\"2\"/></Gather>";
    let say = Verb::Say(Say { text: "Your code".into(), times: 1 });
    let expected = Gather {
        action: Some("/a".into()),
        timeout: Duration::from_secs(2),
        finish_on_key: None,
        num_digits: Some(4),
        action_on_empty_result: true,
        prompts: vec![say, Verb::Pause(Duration::from_secs(2))],
        ..usual
    };
    assert_eq!(read(all), expected);
    for (text, word, kept) in [
        ("<Gather input=\"speech\"/>", "speech", 0),
        ("<Gather input=\"dtmf speech\"/>", "speech", 1),
        ("<Gather bargeIn=\"false\"/>", "bargeIn", 1),
    ] {
        let document = parse(&format!("<Response>{text}</Response>")).unwrap();
        assert_eq!(document.verbs.len(), kept, "{text}");
        assert!(
            document.warnings.iter().any(|warning| warning.code.is_none() && warning.message.contains(word))
        );
    }
}
