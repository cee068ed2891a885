use super::*;

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

/// The vectors of Twilio's helper libraries (`spec/validation.spec.js`, `tests/unit/test_request_validator.py`).
#[test]
fn published_vectors() {
    let verifier = Verifier::new(["12345"]);
    let form = pairs(&[
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]);
    for (url, signature) in [
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", "CukzLTc1tT5dXEDIHm/tKBanW10="),
    ] {
        assert!(verifier.verify(url, &form, signature), "{url}");
        assert!(!verifier.verify(&url.replace("foo=1", "foo=2"), &form, signature), "{url}");
        assert!(!verifier.verify(url, &form[1..], signature), "{url}");
        assert!(!Verifier::new(["12346"]).verify(url, &form, signature), "{url}");
    }
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    // Signed with the port, presented without, and the other way round.
    assert!(verifier.verify(url, &form, "kvajT1Ptam85bY51eRf/AJRuM3w="));
    assert!(verifier.verify(&url.replace(".com", ".com:443"), &form, "RSOYDt4T1cUTdK1PDd93/VVr8B8="));

    let repeated = pairs(&[
        ("Sid", "CA123"),
        ("SidAccount", "AC123"),
        ("Digits", "5678"),
        ("Digits", "1234"),
        ("Digits", "1234"),
    ]);
    assert!(verifier.verify(url, &repeated, "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
}

#[test]
fn published_vectors_with_a_body_hash() {
    let verifier = Verifier::new(["12345"]);
    let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    let body = br#"{"property": "value", "boolean": true}"#;
    let url = format!("https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256={hash}");
    assert!(verifier.verify_body(&url, body, "a9nBmqA0ju/hNViExpshrM61xv4="));
    assert!(!verifier.verify_body(&url, b"{}", "a9nBmqA0ju/hNViExpshrM61xv4="));
    let alone = format!("https://mycompany.com/myapp.php?bodySHA256={hash}");
    assert!(verifier.verify_body(&alone, body, "y77kIzt2vzLz71DgmJGsen2scGs="));
    let empty = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=\
                 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert!(verifier.verify_body(empty, b"{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc="));
    assert!(!verifier.verify_body("https://mycompany.com/myapp.php", b"{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc="));
}

/// Accepted by the validator of Twilio's Node library.
#[test]
fn empty_values_blanks_and_other_scripts() {
    let verifier = Verifier::new(["0123456789abcdef0123456789abcdef"]);
    let form = pairs(&[
        ("To", "+15551230000"),
        ("AccountSid", "AC00000000000000000000000000000001"),
        ("ApiVersion", "2010-04-01"),
        ("ApplicationSid", "AP00000000000000000000000000000001"),
        ("CallSid", "CA00000000000000000000000000000001"),
        ("CallStatus", "ringing"),
        ("Called", ""),
        ("Caller", "client:alice"),
        ("Custom1", "foo + bar"),
        ("Custom3", "我不吃蛋"),
        ("Direction", "inbound"),
        ("From", "client:alice"),
    ]);
    let url = "http://localhost:3000/twilio/voice";
    assert!(verifier.verify(url, &form, "Lp3J/l7LOapfm/wdqx/5eAVDX2I="));

    let get = "http://localhost:3000/twilio/status?tenant=7&AccountSid=AC00000000000000000000000000000001\
               &CallSid=CA00000000000000000000000000000001&CallStatus=completed&From=%2B15551230000\
               &To=client%3Aalice";
    assert!(verifier.verify(get, &[], "6T6tq0JtyWU50bl49o17BUi/q6s="));

    for nonsense in ["", "=", "no base64", "6T6tq0JtyWU50bl49o17BUi/q6", "6T6tq0JtyWU50bl49o17BUi/q6s=\n"] {
        assert!(!verifier.verify(get, &[], nonsense), "{nonsense:?}");
    }
}
