use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use super::*;

const GOOD: &str = r#"
    public_url = "https://phone.example.com/prod"
    edges = ["tokyo", "roaming"]
    [twilio]
    account_sid = "AC00000000000000000000000000000001"
    auth_token = "0123456789abcdef0123456789abcdef"
    api_key_sid = "SK00000000000000000000000000000001"
    api_key_secret = "abcdefghijklmnopqrstuvwxyz012345"
    application_sid = "AP00000000000000000000000000000001"
"#;

/// Variables of the environment.
#[derive(Default)]
struct Written(BTreeMap<&'static str, &'static str>);

impl Written {
    fn set(&mut self, name: &'static str, value: &'static str) {
        self.0.insert(name, value);
    }

    /// What [`load`] makes of a file with this text, and of the variables.
    fn load(&self, text: &str) -> Result<Settings, LoadError> {
        let variables = self.0.iter().map(|(&name, &value)| (name.to_owned(), value.to_owned()));
        Ok(check(merged(parse(Path::new("no.toml"), text)?, variables)?)?)
    }
}

#[test]
fn file_environment_and_every_fault_at_once() {
    let mut written = Written::default();
    let settings = written.load(GOOD).unwrap();
    assert_eq!(settings.public_url.to_string(), "https://phone.example.com/prod");
    assert_eq!(settings.edges, ["tokyo", "roaming"]);
    assert_eq!(settings.database, Database::File(PathBuf::from("sidetone.db")));
    assert!(settings.signaling_emulator.is_none());

    // The example names every key, with its default where it has one.
    let example = written.load(include_str!("../../sidetone.example.toml")).unwrap();
    let defaults =
        Settings::new(example.public_url.clone(), example.database.clone(), example.twilio.clone());
    assert_eq!(format!("{example:?}"), format!("{defaults:?}"));

    // The environment wins, and digits stay text.
    written.set("SIDETONE_TWILIO__AUTH_TOKEN", "01234567890123456789012345678901");
    written.set("SIDETONE_TOKEN_LIFETIME_S", "120");
    written.set("SIDETONE_EDGES", "sydney, roaming");
    written.set("SIDETONE_LOG", "debug");
    let settings = written.load(GOOD).unwrap();
    assert_eq!(settings.twilio.auth_token.expose_secret(), "01234567890123456789012345678901");
    assert_eq!(settings.token_lifetime_s, 120);
    assert_eq!(settings.edges, ["sydney", "roaming"]);

    for (edges, right) in
        [("sydney,dubln", "dublin"), ("tokyo, ie1", "its edge is dublin"), ("gll", "roaming")]
    {
        written.set("SIDETONE_EDGES", edges);
        let text = written.load(GOOD).unwrap_err().to_string();
        assert!(text.contains("edges") && text.contains(right), "{edges}: {text}");
    }
    written.set("SIDETONE_EDGES", "0123456789abcdef0123456789abcdef");
    let text = written.load(GOOD).unwrap_err().to_string();
    assert!(text.contains("edges") && !text.contains("0123456789abcdef"), "{text}");
    written.set("SIDETONE_EDGES", "sydney, roaming");

    assert!(settings.twilio.auth_token_secondary.is_none());
    written.set("SIDETONE_TWILIO__AUTH_TOKEN_SECONDARY", "abcdefghijklmnopqrstuvwxyz012345");
    let secondary = written.load(GOOD).unwrap().twilio.auth_token_secondary;
    assert_eq!(secondary.unwrap().expose_secret(), "abcdefghijklmnopqrstuvwxyz012345");

    written.set("SIDETONE_TWILIO__AUTH_TOKEN", "hunter2");
    written.set("SIDETONE_TWILIO__AUTH_TOKEN_SECONDARY", "hunter5");
    written.set("SIDETONE_TWILIO__ACCOUNT_SID", "SK00000000000000000000000000000001");
    written.set("SIDETONE_TOKEN_LIFETIME_S", "59");
    written.set("SIDETONE_SESSION_LIFETIME_S", "soon");
    written.set("SIDETONE_BIND", "everywhere");
    written.set("SIDETONE_EDGES", "Tokyo!");
    let LoadError::Faults(faults) = written.load("").unwrap_err() else { panic!("expected faults") };
    let keys: Vec<_> = faults.0.iter().map(|fault| &*fault.key).collect();
    assert_eq!(
        keys,
        [
            "public_url",
            "twilio.account_sid",
            "twilio.api_key_sid",
            "twilio.application_sid",
            "twilio.auth_token",
            "twilio.auth_token_secondary",
            "twilio.api_key_secret",
            "bind",
            "edges",
            "token_lifetime_s",
            "session_lifetime_s"
        ]
    );
    let text = faults.to_string();
    assert!(text.contains("SIDETONE_TWILIO__ACCOUNT_SID"), "{text}");
    assert!(!text.contains("hunter2") && !text.contains("hunter5"), "a secret must not be printed: {text}");

    // What is misspelt or of the wrong type is listed with the rest, and its value is not repeated.
    written.set("SIDETONE_BINDD", "127.0.0.1:1");
    let wrong = "public_url = 7\n[twilio]\nauth_tokn = \"hunter3\"\napi_key_secret = 1234567890\n";
    let text = written.load(wrong).unwrap_err().to_string();
    for key in ["bindd is no", "twilio.auth_tokn is no", "api_key_secret must be", "public_url must be"] {
        assert!(text.contains(key), "{key} in: {text}");
    }
    assert!(!text.contains("hunter3") && !text.contains("1234567890"), "{text}");
    let no = "bind = \"0.0.0.0:1\"\n[twilio]\nauth_token = hunter4\n";
    let text = written.load(no).unwrap_err().to_string();
    assert!(text.starts_with("line 3 of the configuration file no.toml is not TOML"), "{text}");
    assert!(!text.contains("hunter4"), "{text}");
    assert!(matches!(load(Some(Path::new("absent.toml"))), Err(LoadError::NoFile(_))));
}
