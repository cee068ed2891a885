pub(in crate::store) const ADD_SESSION: &str =
    "INSERT INTO sessions (digest, phone_number, expires_at) VALUES ($1, $2, $3)";
pub(in crate::store) const FORGET_ENDED_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1";
pub(in crate::store) const SESSION: &str = "SELECT l.phone_number, l.client_name, l.label, l.passcode_hash \
     FROM sessions s JOIN lines l ON l.phone_number = s.phone_number WHERE s.digest = $1 AND s.expires_at > $2";
pub(in crate::store) const REMOVE_SESSION: &str = "DELETE FROM sessions WHERE digest = $1";
pub(in crate::store) const REMOVE_SESSIONS_OF_LINE: &str = "DELETE FROM sessions WHERE phone_number = $1";
