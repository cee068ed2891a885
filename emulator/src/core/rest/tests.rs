use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::core::account::{Account, AccountState, Number};
use crate::core::call::Past;
use crate::core::ids::Ids;
use crate::core::recordings::Recordings;

fn account() -> AccountState {
    let number = Number { phone_number: "+815031234567".into(), ..Number::default() };
    AccountState::new(&Account { numbers: vec![number], ..Account::default() })
}

fn ask(account: &mut AccountState, request: &Request) -> Answer {
    let books = Books {
        account,
        ids: &mut Ids::new(1),
        calls: &BTreeMap::new(),
        past: &Past::default(),
        recordings: &mut Recordings::default(),
    };
    answer(books, Timestamp::UNIX_EPOCH, request).0
}

fn owner() -> Option<(String, String)> {
    let account = Account::default();
    Some((account.sid, account.auth_token))
}

proptest! {
    /// No request makes it panic, and one that is refused changes nothing.
    #[test]
    fn a_refused_request_changes_nothing(
        method in prop::sample::select(vec!["GET", "POST", "DELETE", "PUT"]),
        resource in prop::sample::select(vec!["", "/Keys", "/Applications", "/IncomingPhoneNumbers", "/Balance", "/Calls", "/Recordings"]),
        rest in "(/[A-Za-z0-9]{0,36})?(\\.json)?",
        form in prop::collection::vec(("(VoiceUrl|VoiceMethod|FriendlyName|StatusCallback|SmsUrl|X)", ".{0,70}"), 0..4),
        query in prop::collection::vec(("(PageSize|Page|PageToken|PhoneNumber)", ".{0,20}"), 0..3),
    ) {
        let mut account = account();
        let path = format!("/2010-04-01/Accounts/{}{resource}{rest}", account.sid);
        let request = Request { method: method.into(), path, query, form, credentials: owner() };
        let before = format!("{account:?}");
        let answer = ask(&mut account, &request);
        if answer.status >= 400 || method == "GET" {
            prop_assert_eq!(before, format!("{account:?}"));
        }
    }

    /// Without credentials there is one answer to everything.
    #[test]
    fn nobody_is_told_nothing(path in "/.{0,60}", user in ".{0,34}", password in ".{0,34}") {
        let credentials = Some((user, password));
        let request = Request { method: "GET".into(), path, credentials, ..Request::default() };
        let answer = ask(&mut account(), &request);
        prop_assert_eq!(answer, RestError::unauthorized().answer());
    }
}
