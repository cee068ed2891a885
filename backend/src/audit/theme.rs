use shared::api::AuditTheme;

/// Kinds of entries ([`super::event::AuditEvent::kind`]) that are about something.
pub(crate) fn kinds_about(theme: AuditTheme) -> Vec<&'static str> {
    match theme {
        AuditTheme::SignIns => {
            vec!["signed_in", "sign_in_refused", "sign_in_throttled", "devices_signed_out"]
        }
        AuditTheme::Calls => vec!["call_refused"],
        AuditTheme::Changes => vec![
            "passcode_chosen",
            "passcode_changed",
            "code_made",
            "lock_lifted",
            "line_added",
            "line_renamed",
            "line_removed",
            "admin_changed",
            "limits_changed",
            "configuration_changed",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever adds a kind of entry says here what it is about, or it is found under nothing.
    #[test]
    fn every_kind_of_entry_is_about_something() {
        let source = include_str!("event.rs");
        let words = source.split("fn kind(").nth(1).unwrap().split("fn line(").next().unwrap();
        let kinds: Vec<_> =
            words.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let themed: Vec<_> = AuditTheme::ALL.into_iter().flat_map(kinds_about).collect();
        assert!(kinds.len() > 10);
        for kind in &kinds {
            assert_eq!(themed.iter().filter(|themed| *themed == kind).count(), 1, "{kind}");
        }
        assert_eq!(kinds.len(), themed.len());
    }
}
