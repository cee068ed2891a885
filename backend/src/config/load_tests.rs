#![expect(clippy::result_large_err, reason = "figment's test jail fixes the error type")]

use figment::Jail;
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

/// The environment is the process's: one test, so that no other reads it meanwhile.
#[test]
fn file_environment_and_every_fault_at_once() {
    Jail::expect_with(|jail| {
        jail.create_file("good.toml", GOOD)?;
        let settings = load(Some(Path::new("good.toml"))).unwrap();
        assert_eq!(settings.public_url.to_string(), "https://phone.example.com/prod");
        assert_eq!(settings.edges, ["tokyo", "roaming"]);
        assert_eq!(settings.database, Database::File(PathBuf::from("sidetone.db")));
        assert!(settings.signaling_emulator.is_none());

        // The example names every key, with its default where it has one.
        jail.create_file("example.toml", include_str!("../../sidetone.example.toml"))?;
        let example = load(Some(Path::new("example.toml"))).unwrap();
        let defaults =
            Settings::new(example.public_url.clone(), example.database.clone(), example.twilio.clone());
        assert_eq!(format!("{example:?}"), format!("{defaults:?}"));

        // The environment wins, and digits stay text.
        jail.set_env("SIDETONE_TWILIO__AUTH_TOKEN", "01234567890123456789012345678901");
        jail.set_env("SIDETONE_TOKEN_LIFETIME_S", "120");
        jail.set_env("SIDETONE_EDGES", "sydney, roaming");
        jail.set_env("SIDETONE_LOG", "debug");
        let settings = load(Some(Path::new("good.toml"))).unwrap();
        assert_eq!(settings.twilio.auth_token.expose_secret(), "01234567890123456789012345678901");
        assert_eq!(settings.token_lifetime_s, 120);
        assert_eq!(settings.edges, ["sydney", "roaming"]);

        for (edges, right) in
            [("sydney,dubln", "dublin"), ("tokyo, ie1", "its edge is dublin"), ("gll", "roaming")]
        {
            jail.set_env("SIDETONE_EDGES", edges);
            let text = load(Some(Path::new("good.toml"))).unwrap_err().to_string();
            assert!(text.contains("edges") && text.contains(right), "{edges}: {text}");
        }
        jail.set_env("SIDETONE_EDGES", "0123456789abcdef0123456789abcdef");
        let text = load(Some(Path::new("good.toml"))).unwrap_err().to_string();
        assert!(text.contains("edges") && !text.contains("0123456789abcdef"), "{text}");
        jail.set_env("SIDETONE_EDGES", "sydney, roaming");

        assert!(settings.twilio.auth_token_secondary.is_none());
        jail.set_env("SIDETONE_TWILIO__AUTH_TOKEN_SECONDARY", "abcdefghijklmnopqrstuvwxyz012345");
        let secondary = load(Some(Path::new("good.toml"))).unwrap().twilio.auth_token_secondary;
        assert_eq!(secondary.unwrap().expose_secret(), "abcdefghijklmnopqrstuvwxyz012345");

        jail.set_env("SIDETONE_TWILIO__AUTH_TOKEN", "hunter2");
        jail.set_env("SIDETONE_TWILIO__AUTH_TOKEN_SECONDARY", "hunter5");
        jail.set_env("SIDETONE_TWILIO__ACCOUNT_SID", "SK00000000000000000000000000000001");
        jail.set_env("SIDETONE_TOKEN_LIFETIME_S", "59");
        jail.set_env("SIDETONE_SESSION_LIFETIME_S", "soon");
        jail.set_env("SIDETONE_BIND", "everywhere");
        jail.set_env("SIDETONE_EDGES", "Tokyo!");
        let LoadError::Faults(faults) = load(None).unwrap_err() else { panic!("expected faults") };
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
        assert!(
            !text.contains("hunter2") && !text.contains("hunter5"),
            "a secret must not be printed: {text}"
        );

        // What is misspelt or of the wrong type is listed with the rest, and its value is not repeated.
        jail.set_env("SIDETONE_BINDD", "127.0.0.1:1");
        jail.create_file(
            "wrong.toml",
            "public_url = 7\n[twilio]\nauth_tokn = \"hunter3\"\napi_key_secret = 1234567890\n",
        )?;
        let text = load(Some(Path::new("wrong.toml"))).unwrap_err().to_string();
        for key in ["bindd is no", "twilio.auth_tokn is no", "api_key_secret must be", "public_url must be"] {
            assert!(text.contains(key), "{key} in: {text}");
        }
        assert!(!text.contains("hunter3") && !text.contains("1234567890"), "{text}");
        jail.create_file("no.toml", "bind = \"0.0.0.0:1\"\n[twilio]\nauth_token = hunter4\n")?;
        let text = load(Some(Path::new("no.toml"))).unwrap_err().to_string();
        assert!(text.starts_with("line 3 of the configuration file no.toml is not TOML"), "{text}");
        assert!(!text.contains("hunter4"), "{text}");
        assert!(matches!(load(Some(Path::new("absent.toml"))), Err(LoadError::NoFile(_))));
        Ok(())
    });
}
