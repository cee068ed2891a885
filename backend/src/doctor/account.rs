use super::finding::Finding;
use crate::twilio::rest::{Account, AccountStatus, CallerId, RestError};

/// Account SID and auth token belong together, and the account works.
pub(super) fn credentials(account: &Result<&Account, &RestError>) -> Finding {
    match account {
        Ok(account) => match account.status {
            AccountStatus::Active => {
                Finding::fine("credentials", format!("the account {} takes its credentials", account.sid))
            }
            AccountStatus::Suspended => Finding::wrong(
                "credentials",
                format!("the account {} is suspended: no call works", account.sid),
                "Pay an open bill, or ask Twilio's support for the reason.",
            ),
            AccountStatus::Closed => Finding::wrong(
                "credentials",
                format!("the account {} is closed", account.sid),
                "Use another account: sidetone connect.",
            ),
        },
        Err(error) => Finding::failed("credentials", error),
    }
}

/// A trial account does less.
pub(super) fn trial(account: &Account, caller_ids: &Result<Vec<CallerId>, RestError>) -> Finding {
    if !account.is_trial() {
        return Finding::fine("trial", "the account is a full one");
    }
    let verified = caller_ids.as_ref().map_or_else(|_| "?".to_owned(), |ids| ids.len().to_string());
    Finding::warning(
        "trial",
        format!(
            "this is a trial account: it calls verified numbers only (there are {verified}), and who is called hears \
             Twilio's announcement first"
        ),
        "Verify the numbers you want to call (Twilio's console: Phone Numbers > Verified Caller IDs), or upgrade the \
         account.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    fn account(status: AccountStatus, kind: &str) -> Account {
        Account { sid: "AC1".into(), friendly_name: String::new(), status, kind: kind.into(), date: None }
    }

    #[test]
    fn only_an_active_full_account_is_fine() {
        let verdict = |status| credentials(&Ok(&account(status, "Full"))).verdict;
        assert_eq!(verdict(AccountStatus::Active), Verdict::Fine);
        assert_eq!(verdict(AccountStatus::Suspended), Verdict::Wrong);
        assert_eq!(verdict(AccountStatus::Closed), Verdict::Wrong);
        let active = |kind| trial(&account(AccountStatus::Active, kind), &Ok(Vec::new())).verdict;
        assert_eq!((active("Full"), active("Trial")), (Verdict::Fine, Verdict::Warning));
    }
}
