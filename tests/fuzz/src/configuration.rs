use backend::{config::PublicUrl, testing::settings_from_text};

/// The secret of the inputs. It may be printed nowhere.
const SECRET: &str = "s3crets3crets3crets3crets3crets3";

/// Input: a configuration file.
pub fn configuration(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let said = match settings_from_text(&text) {
        Ok(settings) => {
            let url = settings.public_url.to_string();
            assert_eq!(PublicUrl::parse(&url).as_ref(), Ok(&settings.public_url), "{url}");
            assert!(settings.public_url.join("x").ends_with("/x"));
            assert!(!settings.edges.is_empty());
            assert!((60..=86_400).contains(&settings.token_lifetime_s));
            format!("{settings:?}")
        }
        Err(error) => error.to_string(),
    };
    assert!(!said.is_empty());
    // Names are repeated in faults, values of secrets never.
    let is_value_only = text.matches(SECRET).count() == text.matches(&format!("= \"{SECRET}\"\n")).count();
    let of_secrets = ["token", "secret"];
    let of_secrets = text
        .lines()
        .filter(|line| line.contains(SECRET))
        .all(|line| of_secrets.iter().any(|s| line.contains(s)));
    assert!(!(is_value_only && of_secrets && said.contains(SECRET)), "a secret is printed: {said}");
}
