use crate::store::for_many::{ForMany, places};

pub(super) const ADD_LINE: &str = "INSERT INTO lines \
         (phone_number, client_name, label, passcode_hash, code_expires_at, admin, calls_at_once, minutes_per_day) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (phone_number) DO NOTHING";
pub(super) const LINES: &str = "SELECT phone_number, client_name, label, passcode_hash, code_expires_at, \
         admin, calls_at_once, minutes_per_day FROM lines ORDER BY phone_number";
/// $1 and so on: phone_number
pub(super) static LINES_BY_NUMBER: ForMany = ForMany::values(|many| {
    format!(
        "SELECT phone_number, client_name, label, passcode_hash, code_expires_at, \
             admin, calls_at_once, minutes_per_day FROM lines WHERE phone_number IN ({})",
        places(0, many)
    )
});
/// $1 and so on: client_name
pub(super) static LINES_BY_CLIENT: ForMany = ForMany::values(|many| {
    format!(
        "SELECT phone_number, client_name, label, passcode_hash, code_expires_at, \
             admin, calls_at_once, minutes_per_day FROM lines WHERE client_name IN ({})",
        places(0, many)
    )
});
pub(super) const LINE_EXISTS: &str = "SELECT 1 AS there FROM lines WHERE phone_number = $1";
pub(super) const REMOVE_LINE: &str = "DELETE FROM lines WHERE phone_number = $1";
/// In a transaction, so that no two admins remove each other.
pub(super) const REMOVE_LINE_BUT_THE_LAST_ADMINS: &str = "DELETE FROM lines WHERE phone_number = $1 AND (admin = 0 \
     OR EXISTS (SELECT 1 FROM lines other WHERE other.admin = 1 AND other.phone_number <> $1))";
/// $1 phone_number, $2 label
pub(super) const RENAME_LINE: &str = "UPDATE lines SET label = $2 WHERE phone_number = $1";
/// $1 phone_number, $2 calls at once or NULL, $3 minutes or NULL
pub(super) const SET_LIMITS: &str =
    "UPDATE lines SET calls_at_once = $2, minutes_per_day = $3 WHERE phone_number = $1";
/// In a transaction, as above. $1 phone_number, $2 1 or 0, $3 1 where there may be no admin afterwards
pub(super) const SET_ADMIN: &str = "UPDATE lines SET admin = $2 WHERE phone_number = $1 AND ($2 = 1 OR $3 = 1 \
     OR admin = 0 OR EXISTS (SELECT 1 FROM lines other WHERE other.admin = 1 AND other.phone_number <> $1))";
pub(super) const SET_CREDENTIAL: &str =
    "UPDATE lines SET passcode_hash = $2, code_expires_at = $3 WHERE phone_number = $1";
/// $1 phone_number, $2 old hash, $3 new hash
pub(super) const REPLACE_PASSCODE: &str = "UPDATE lines SET passcode_hash = $3, code_expires_at = NULL \
     WHERE phone_number = $1 AND passcode_hash = $2";

/// $1 phone_number, $2 email
pub(super) const ADD_EMAIL: &str = "INSERT INTO line_emails (email, phone_number) \
     SELECT $2, phone_number FROM lines WHERE phone_number = $1 \
     ON CONFLICT (email) DO UPDATE SET phone_number = excluded.phone_number";
/// $1 phone_number of the line that gets it, $2 email
pub(super) const REMOVE_SESSIONS_OF_FORMER_LINE: &str = "DELETE FROM sessions WHERE phone_number = \
         (SELECT phone_number FROM line_emails WHERE email = $2 AND phone_number <> $1) \
     AND EXISTS (SELECT 1 FROM lines WHERE phone_number = $1) RETURNING phone_number";
pub(super) const REMOVE_EMAIL: &str = "DELETE FROM line_emails WHERE phone_number = $1 AND email = $2";
pub(super) const EMAILS: &str = "SELECT phone_number, email FROM line_emails ORDER BY phone_number, email";
pub(super) const LINE_BY_EMAIL: &str = "SELECT l.phone_number, l.client_name, l.label, l.passcode_hash, l.code_expires_at, \
         l.admin, l.calls_at_once, l.minutes_per_day \
     FROM line_emails e JOIN lines l ON l.phone_number = e.phone_number WHERE e.email = $1";
