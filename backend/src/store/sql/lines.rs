pub(in crate::store) const ADD_LINE: &str = "INSERT INTO lines (phone_number, client_name, label, passcode_hash) \
     VALUES ($1, $2, $3, $4) ON CONFLICT (phone_number) DO NOTHING";
pub(in crate::store) const LINES: &str =
    "SELECT phone_number, client_name, label, passcode_hash FROM lines ORDER BY phone_number";
pub(in crate::store) const LINE_BY_NUMBER: &str =
    "SELECT phone_number, client_name, label, passcode_hash FROM lines WHERE phone_number = $1";
pub(in crate::store) const LINE_BY_CLIENT: &str =
    "SELECT phone_number, client_name, label, passcode_hash FROM lines WHERE client_name = $1";
pub(in crate::store) const REMOVE_LINE: &str = "DELETE FROM lines WHERE phone_number = $1";
pub(in crate::store) const SET_PASSCODE: &str = "UPDATE lines SET passcode_hash = $2 WHERE phone_number = $1";
