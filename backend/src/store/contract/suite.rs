/// The whole suite for an engine: `empty` opens a new store, `three` opens another new one three times; so many
/// random cases.
macro_rules! suite {
    ($empty:path, $three:path, $cases:expr) => {
        use $crate::{
            audit::store::contract as audit,
            calls::store::{contract as calls, contract_busy as busy},
            contacts::store::contract as contacts,
            dialling::store::contract as dials,
            events::store::contract as events,
            lines::store::contract as lines,
            sign_in::store::{attempts::contract as attempts, sessions::contract as sessions},
            store::contract::random,
        };

        suite!(on $empty => {
            lines: lines::lines,
            emails: lines::emails,
            admins: lines::admins,
            line_names_and_limits: lines::names_and_limits,
            sessions_end: sessions::ends,
            sessions_of_a_clock_that_was_ahead: sessions::clock_ahead,
            devices: sessions::devices,
            stale_proofs: sessions::stale_proofs,
            passcodes: sessions::passcodes,
            sign_in_attempts: attempts::attempts,
            sign_in_attempts_from_the_future: attempts::attempts_from_the_future,
            a_flood_of_sign_in_attempts: attempts::a_flood_of_attempts,
            audit_log: audit::audit,
            audit_log_by_pages: audit::pages,
            call_log: calls::calls,
            ratings: calls::ratings,
            calls_between_lines: calls::calls_between_lines,
            busy_lines: busy::busy,
            busy_lines_whose_calls_never_end: busy::ends_that_nobody_reports,
            missed_calls: busy::missed,
            ends_of_sessions_are_told: events::ends_of_sessions,
            missed_calls_are_told: events::missed_calls,
            gaps_in_what_is_told: events::gaps,
            contacts_and_their_owners: contacts::owners,
            contacts_are_changed: contacts::changes,
            favourites_of_each_line: contacts::favourites,
            contacts_by_pages: contacts::pages,
            contacts_are_found: contacts::searches,
            changed_contacts_are_told: contacts::told,
            dial_limits: dials::limits,
            ends_of_dials: dials::ends,
            dials_of_a_clock_that_was_ahead: dials::clock_ahead,
        });

        #[tokio::test]
        async fn callers_at_once() {
            busy::at_once($three().await).await;
        }

        #[tokio::test]
        async fn admins_who_remove_each_other_at_once() {
            lines::at_once($three().await).await;
        }

        #[tokio::test]
        async fn dials_at_once() {
            dials::at_once($three().await).await;
        }

        #[tokio::test]
        async fn events_at_once() {
            events::at_once($three().await).await;
        }

        #[test]
        fn dials_agree_with_the_ledger() {
            random::run($cases, &dials::steps(), async |steps| {
                dials::agrees_with_the_ledger(&*$empty().await, steps).await;
            });
        }

        #[test]
        fn reports_in_any_order() {
            random::run($cases, &random::reports(), async |reports| {
                random::reports_add_up(&*$empty().await, reports).await;
            });
        }
    };
    (on $empty:path => { $($name:ident: $rule:path,)* }) => {
        $(#[tokio::test]
        async fn $name() {
            $rule(&*$empty().await).await;
        })*
    };
}

pub(super) use suite;
