//! An invitation: the part of a link that brings a line's number and one-time code to the page. It stands behind a `#`, which
//! browsers keep to themselves: it reaches no server, no log and no other site.

use crate::phone::PhoneNumber;

/// What the part begins with.
pub const MARK: &str = "invite=";

/// Whom a link invites.
#[derive(Clone, Eq, PartialEq)]
pub struct Invitation {
    pub number: PhoneNumber,
    /// The one-time code.
    pub code: String,
}

impl Invitation {
    /// The link, at the page's address, which ends with a slash. Letters, digits and hyphens: nothing on its way takes any of it for
    /// something else, or for the end of the link.
    pub fn link(&self, page: &str) -> String {
        let code: String = self.code.chars().filter(char::is_ascii_alphanumeric).collect();
        [page, "#", MARK, self.number.as_str().trim_start_matches('+'), "-", &code].concat()
    }

    /// Reads what stands behind the `#`; `None` when it is no invitation.
    pub fn parse(fragment: &str) -> Option<Self> {
        let (digits, code) = fragment.strip_prefix(MARK)?.split_once('-')?;
        let number = PhoneNumber::from_e164(&["+", digits].concat()).ok()?;
        let fine =
            (1..=LONGEST_CODE).contains(&code.len()) && code.bytes().all(|c| c.is_ascii_alphanumeric());
        fine.then(|| Self { number, code: code.to_owned() })
    }
}

/// Longer is no code of ours.
const LONGEST_CODE: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_brings_number_and_code() {
        let number = PhoneNumber::from_e164("+815031234567").unwrap();
        let invitation = Invitation { number: number.clone(), code: "k3fmz-9qaxe".into() };
        let link = invitation.link("https://phone.example.com/prod/");
        assert_eq!(link, "https://phone.example.com/prod/#invite=815031234567-k3fmz9qaxe");
        let read = Invitation::parse(link.split_once('#').unwrap().1).unwrap();
        assert!(read == Invitation { number, code: "k3fmz9qaxe".into() });
    }

    #[test]
    fn what_is_none_is_left_alone() {
        let long = format!("invite=815031234567-{}", "a".repeat(41));
        for fragment in [
            "",
            "invite=",
            "invite=815031234567",
            "invite=815031234567-",
            "invite=-k3fmz9qaxe",
            "invite=abc-k3fmz9qaxe",
            "invite=+815031234567-k3fmz9qaxe",
            "invite=815031234567-k3fmz 9qaxe",
            "invite=815031234567-<b>",
            "to=815031234567-k3fmz9qaxe",
            &long,
        ] {
            assert!(Invitation::parse(fragment).is_none(), "{fragment}");
        }
    }
}
