use crate::store::for_many::{ForMany, places};

/// $1 digest, $2 id, $3 phone_number, $4 device, $5 device_digest, $6 signed_in_at, $7 expires_at, $8 the line's
/// passcode_hash or NULL, $9 its e-mail address or NULL: one statement, so that nobody changes them in between
pub(crate) const ADD_SESSION: &str = "INSERT INTO sessions \
         (digest, id, phone_number, device, device_digest, signed_in_at, last_seen_at, expires_at) \
     SELECT $1, $2, l.phone_number, $4, $5, $6, $6, $7 FROM lines l WHERE l.phone_number = $3 AND (l.passcode_hash = $8 \
         OR EXISTS (SELECT 1 FROM line_emails e WHERE e.email = $9 AND e.phone_number = l.phone_number))";
/// $1 now, $2 latest time of use of those that are idle
pub(crate) const FORGET_ENDED_SESSIONS: &str =
    "DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2";
/// $1 and so on: digests
pub(super) static SOME_SESSIONS: ForMany = ForMany::values(|many| {
    format!(
        "SELECT l.phone_number, l.client_name, l.label, l.passcode_hash, l.code_expires_at, \
             l.admin, l.calls_at_once, l.minutes_per_day, s.digest, s.id, s.device, s.signed_in_at, s.last_seen_at, s.expires_at \
         FROM sessions s JOIN lines l ON l.phone_number = s.phone_number \
         WHERE s.digest IN ({})",
        places(0, many)
    )
});
/// A session that began later than now, when the clock was ahead, begins now. $1 digest, $2 now
pub(crate) const TOUCH_SESSION: &str = "UPDATE sessions SET last_seen_at = $2, \
         expires_at = CASE WHEN signed_in_at > $2 THEN $2 + expires_at - signed_in_at ELSE expires_at END, \
         signed_in_at = CASE WHEN signed_in_at > $2 THEN $2 ELSE signed_in_at END \
     WHERE digest = $1 AND last_seen_at <> $2";
pub(crate) const REMOVE_SESSION: &str = "DELETE FROM sessions WHERE digest = $1 RETURNING phone_number";
/// $1 phone_number, $2 now, $3 latest time of use of those that are idle
pub(crate) const SESSIONS: &str = "SELECT digest, id, device, signed_in_at, last_seen_at, expires_at FROM sessions \
     WHERE phone_number = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, signed_in_at DESC, id";
/// $1 phone_number, $2 id
pub(crate) const REMOVE_SESSION_OF: &str =
    "DELETE FROM sessions WHERE phone_number = $1 AND id = $2 RETURNING device_digest";
pub(crate) const REMOVE_SESSIONS: &str = "DELETE FROM sessions WHERE phone_number = $1";
/// $1 phone_number, $2 digest of the one that stays
pub(crate) const REMOVE_OTHER_SESSIONS: &str =
    "DELETE FROM sessions WHERE phone_number = $1 AND digest <> $2";

/// $1 digest, $2 phone_number, $3 now
pub(crate) const REMEMBER_DEVICE: &str = "INSERT INTO known_devices (digest, phone_number, seen_at) \
     VALUES ($1, $2, $3) ON CONFLICT (digest, phone_number) DO UPDATE SET seen_at = excluded.seen_at";
/// $1 phone_number, $2 how many stay
pub(crate) const FORGET_MANY_DEVICES: &str = "DELETE FROM known_devices WHERE phone_number = $1 AND digest NOT IN \
     (SELECT digest FROM known_devices WHERE phone_number = $1 ORDER BY seen_at DESC LIMIT $2)";
pub(crate) const LINES_OF_DEVICE: &str = "SELECT phone_number FROM known_devices WHERE digest = $1";
/// $1 phone_number, $2 digest
pub(crate) const FORGET_DEVICE: &str = "DELETE FROM known_devices WHERE phone_number = $1 AND digest = $2";
pub(crate) const FORGET_DEVICES: &str = "DELETE FROM known_devices WHERE phone_number = $1";
/// $1 phone_number, $2 digest of the session whose device stays
pub(crate) const FORGET_OTHER_DEVICES: &str = "DELETE FROM known_devices WHERE phone_number = $1 \
     AND digest NOT IN (SELECT device_digest FROM sessions WHERE digest = $2)";
