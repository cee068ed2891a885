//! What Twilio's API has below an account and this one lacks: every path with the methods that it takes.
//!
//! Source: Twilio's Node library 6.2 (`lib/rest/api/v2010/account`), which Twilio makes of its OpenAPI description, in which
//! the same paths are; and four that only lead to others, and the feedback on calls, which both have dropped.

/// Paths without the account and `.json`; `{}` is one part of any kind.
#[rustfmt::skip]
const LACKED: &[(&str, &str)] = &[
    ("Addresses", "GET POST"),
    ("Addresses/{}", "DELETE GET POST"),
    ("Addresses/{}/DependentPhoneNumbers", "GET"),
    ("AuthorizedConnectApps", "GET"),
    ("AuthorizedConnectApps/{}", "GET"),
    ("AvailablePhoneNumbers", "GET"),
    ("AvailablePhoneNumbers/{}", "GET"),
    ("AvailablePhoneNumbers/{}/Local", "GET"),
    ("AvailablePhoneNumbers/{}/MachineToMachine", "GET"),
    ("AvailablePhoneNumbers/{}/Mobile", "GET"),
    ("AvailablePhoneNumbers/{}/National", "GET"),
    ("AvailablePhoneNumbers/{}/SharedCost", "GET"),
    ("AvailablePhoneNumbers/{}/TollFree", "GET"),
    ("AvailablePhoneNumbers/{}/Voip", "GET"),
    ("Calls", "GET POST"),
    ("Calls/FeedbackSummary", "POST"),
    ("Calls/FeedbackSummary/{}", "DELETE GET"),
    ("Calls/{}", "DELETE GET POST"),
    ("Calls/{}/Events", "GET"),
    ("Calls/{}/Feedback", "GET POST"),
    ("Calls/{}/Notifications", "GET"),
    ("Calls/{}/Notifications/{}", "GET"),
    ("Calls/{}/Payments", "POST"),
    ("Calls/{}/Payments/{}", "POST"),
    ("Calls/{}/Recordings", "GET POST"),
    ("Calls/{}/Recordings/{}", "DELETE GET POST"),
    ("Calls/{}/Siprec", "POST"),
    ("Calls/{}/Siprec/{}", "POST"),
    ("Calls/{}/Streams", "POST"),
    ("Calls/{}/Streams/{}", "POST"),
    ("Calls/{}/Transcriptions", "POST"),
    ("Calls/{}/Transcriptions/{}", "POST"),
    ("Calls/{}/UserDefinedMessageSubscriptions", "POST"),
    ("Calls/{}/UserDefinedMessageSubscriptions/{}", "DELETE"),
    ("Calls/{}/UserDefinedMessages", "POST"),
    ("Conferences", "GET"),
    ("Conferences/{}", "GET POST"),
    ("Conferences/{}/Participants", "GET POST"),
    ("Conferences/{}/Participants/{}", "DELETE GET POST"),
    ("Conferences/{}/Recordings", "GET"),
    ("Conferences/{}/Recordings/{}", "DELETE GET POST"),
    ("ConnectApps", "GET"),
    ("ConnectApps/{}", "DELETE GET POST"),
    ("IncomingPhoneNumbers/Local", "GET POST"),
    ("IncomingPhoneNumbers/Mobile", "GET POST"),
    ("IncomingPhoneNumbers/TollFree", "GET POST"),
    ("IncomingPhoneNumbers/{}/AssignedAddOns", "GET POST"),
    ("IncomingPhoneNumbers/{}/AssignedAddOns/{}", "DELETE GET"),
    ("IncomingPhoneNumbers/{}/AssignedAddOns/{}/Extensions", "GET"),
    ("IncomingPhoneNumbers/{}/AssignedAddOns/{}/Extensions/{}", "GET"),
    ("Messages", "GET POST"),
    ("Messages/{}", "DELETE GET POST"),
    ("Messages/{}/Feedback", "POST"),
    ("Messages/{}/Media", "GET"),
    ("Messages/{}/Media/{}", "DELETE GET"),
    ("Notifications", "GET"),
    ("Notifications/{}", "GET"),
    ("Queues", "GET POST"),
    ("Queues/{}", "DELETE GET POST"),
    ("Queues/{}/Members", "GET"),
    ("Queues/{}/Members/{}", "GET POST"),
    ("Recordings", "GET"),
    ("Recordings/{}", "DELETE GET"),
    ("Recordings/{}/AddOnResults", "GET"),
    ("Recordings/{}/AddOnResults/{}", "DELETE GET"),
    ("Recordings/{}/AddOnResults/{}/Payloads", "GET"),
    ("Recordings/{}/AddOnResults/{}/Payloads/{}", "DELETE GET"),
    ("Recordings/{}/AddOnResults/{}/Payloads/{}/Data", "GET"),
    ("Recordings/{}/Transcriptions", "GET"),
    ("Recordings/{}/Transcriptions/{}", "DELETE GET"),
    ("SIP", "GET"),
    ("SIP/CredentialLists", "GET POST"),
    ("SIP/CredentialLists/{}", "DELETE GET POST"),
    ("SIP/CredentialLists/{}/Credentials", "GET POST"),
    ("SIP/CredentialLists/{}/Credentials/{}", "DELETE GET POST"),
    ("SIP/Domains", "GET POST"),
    ("SIP/Domains/{}", "DELETE GET POST"),
    ("SIP/Domains/{}/Auth", "GET"),
    ("SIP/Domains/{}/Auth/Calls", "GET"),
    ("SIP/Domains/{}/Auth/Calls/CredentialListMappings", "GET POST"),
    ("SIP/Domains/{}/Auth/Calls/CredentialListMappings/{}", "DELETE GET"),
    ("SIP/Domains/{}/Auth/Calls/IpAccessControlListMappings", "GET POST"),
    ("SIP/Domains/{}/Auth/Calls/IpAccessControlListMappings/{}", "DELETE GET"),
    ("SIP/Domains/{}/Auth/Registrations", "GET"),
    ("SIP/Domains/{}/Auth/Registrations/CredentialListMappings", "GET POST"),
    ("SIP/Domains/{}/Auth/Registrations/CredentialListMappings/{}", "DELETE GET"),
    ("SIP/Domains/{}/CredentialListMappings", "GET POST"),
    ("SIP/Domains/{}/CredentialListMappings/{}", "DELETE GET"),
    ("SIP/Domains/{}/IpAccessControlListMappings", "GET POST"),
    ("SIP/Domains/{}/IpAccessControlListMappings/{}", "DELETE GET"),
    ("SIP/IpAccessControlLists", "GET POST"),
    ("SIP/IpAccessControlLists/{}", "DELETE GET POST"),
    ("SIP/IpAccessControlLists/{}/IpAddresses", "GET POST"),
    ("SIP/IpAccessControlLists/{}/IpAddresses/{}", "DELETE GET POST"),
    ("SMS/ShortCodes", "GET"),
    ("SMS/ShortCodes/{}", "GET POST"),
    ("SigningKeys", "GET POST"),
    ("SigningKeys/{}", "DELETE GET POST"),
    ("Tokens", "POST"),
    ("Transcriptions", "GET"),
    ("Transcriptions/{}", "DELETE GET"),
    ("Usage", "GET"),
    ("Usage/Records", "GET"),
    ("Usage/Records/AllTime", "GET"),
    ("Usage/Records/Daily", "GET"),
    ("Usage/Records/LastMonth", "GET"),
    ("Usage/Records/Monthly", "GET"),
    ("Usage/Records/ThisMonth", "GET"),
    ("Usage/Records/Today", "GET"),
    ("Usage/Records/Yearly", "GET"),
    ("Usage/Records/Yesterday", "GET"),
    ("Usage/Triggers", "GET POST"),
    ("Usage/Triggers/{}", "DELETE GET POST"),
];

/// The methods that Twilio takes on a path that is lacking here.
pub(super) fn methods(names: &[&str]) -> Option<&'static str> {
    // What is named goes before what may be anything.
    let fits = |path: &str| {
        let parts = || path.split('/');
        parts().count() == names.len()
            && parts().zip(names).all(|(part, name)| part == *name || part == "{}" && !name.is_empty())
    };
    let found = LACKED.iter().filter(|(path, _)| fits(path));
    found.min_by_key(|(path, _)| path.matches("{}").count()).map(|(_, methods)| *methods)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_known_by_each_of_its_parts() {
        assert_eq!(methods(&["Calls", "CA1"]), Some("DELETE GET POST"));
        assert_eq!(methods(&["Calls", "FeedbackSummary"]), Some("POST"));
        assert_eq!(methods(&["IncomingPhoneNumbers", "TollFree"]), Some("GET POST"));
        for names in [&["Calls", "CA1", "Nonsense"][..], &["Calls", ""], &["Events"], &["ShortCodes"], &[]] {
            assert_eq!(methods(names), None, "{names:?}");
        }
    }
}
