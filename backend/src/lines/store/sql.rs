use crate::store::for_many::{ForMany, places};

pub(super) const ADD_LINE: &str = "INSERT INTO lines (phone_number, client_name, label, passcode_hash, code_expires_at) \
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (phone_number) DO NOTHING";
pub(super) const LINES: &str = "SELECT phone_number, client_name, label, passcode_hash, code_expires_at FROM lines ORDER BY phone_number";
/// $1 and so on: phone_number
pub(super) static LINES_BY_NUMBER: ForMany = ForMany::values(|many| {
    format!(
        "SELECT phone_number, client_name, label, passcode_hash, code_expires_at FROM lines WHERE phone_number IN ({})",
        places(0, many)
    )
});
/// $1 and so on: client_name
pub(super) static LINES_BY_CLIENT: ForMany = ForMany::values(|many| {
    format!(
        "SELECT phone_number, client_name, label, passcode_hash, code_expires_at FROM lines WHERE client_name IN ({})",
        places(0, many)
    )
});
pub(super) const REMOVE_LINE: &str = "DELETE FROM lines WHERE phone_number = $1";
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
     AND EXISTS (SELECT 1 FROM lines WHERE phone_number = $1)";
pub(super) const REMOVE_EMAIL: &str = "DELETE FROM line_emails WHERE phone_number = $1 AND email = $2";
pub(super) const EMAILS: &str = "SELECT phone_number, email FROM line_emails ORDER BY phone_number, email";
pub(super) const LINE_BY_EMAIL: &str = "SELECT l.phone_number, l.client_name, l.label, l.passcode_hash, l.code_expires_at \
     FROM line_emails e JOIN lines l ON l.phone_number = e.phone_number WHERE e.email = $1";
