use std::collections::BTreeSet;

use shared::PhoneNumber;

use super::finding::Finding;
use crate::lines::{Credential, Line};

/// Somebody can sign in to each line. `by_email`: the lines that have an e-mail address for OpenID Connect.
pub(super) fn credentials(lines: &[Line], by_email: &BTreeSet<PhoneNumber>, now_s: i64) -> Vec<Finding> {
    let mut findings: Vec<_> = lines
        .iter()
        .filter(|line| !by_email.contains(&line.phone_number))
        .filter_map(|line| without_credential(line, now_s))
        .collect();
    if findings.is_empty() && !lines.is_empty() {
        findings.push(Finding::fine("sign_in", "every line can be signed in to"));
    }
    findings
}

fn without_credential(line: &Line, now_s: i64) -> Option<Finding> {
    let why = match line.credential {
        Credential::Passcode { .. } => return None,
        Credential::OneTimeCode { expires_at, .. } if expires_at > now_s => return None,
        Credential::OneTimeCode { .. } => "its one-time code has ended unused",
        Credential::Nothing => "it has neither a passcode nor an e-mail address",
    };
    Some(Finding::warning(
        "sign_in",
        format!("nobody can sign in to {}: {why}", line.phone_number.international()),
        format!("Make a one-time code: sidetone line passcode {}", line.phone_number),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn a_line_without_a_way_in_is_found() {
        let number = PhoneNumber::from_e164("+815031234567").unwrap();
        let verdict = |credential, emails: &[PhoneNumber]| {
            let line = Line::with_credential(number.clone(), String::new(), credential).unwrap();
            credentials(&[line], &emails.iter().cloned().collect(), 1000)[0].verdict
        };
        let code = |expires_at| Credential::OneTimeCode { hash: "x".into(), expires_at };
        assert_eq!(verdict(Credential::Passcode { hash: "x".into() }, &[]), Verdict::Fine);
        assert_eq!(verdict(code(1001), &[]), Verdict::Fine);
        assert_eq!(verdict(code(1000), &[]), Verdict::Warning);
        assert_eq!(verdict(Credential::Nothing, &[]), Verdict::Warning);
        assert_eq!(verdict(Credential::Nothing, std::slice::from_ref(&number)), Verdict::Fine);
    }
}
