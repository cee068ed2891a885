/// $1 phone_number, $2 kind, $3 payload
pub(super) const APPEND: &str =
    "INSERT INTO events (phone_number, kind, payload) VALUES ($1, $2, $3) RETURNING id";
/// $1 phone_number, $2 how many stay
pub(super) const FORGET_OLD: &str = "DELETE FROM events WHERE phone_number = $1 AND id <= \
     (SELECT id FROM events WHERE phone_number = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)";
/// $1 phone_number, $2 kind
pub(super) const FORGET_KIND: &str = "DELETE FROM events WHERE phone_number = $1 AND kind = $2";
/// $1 phone_number, $2 kind, $3 payload
pub(super) const TOLD: &str = "SELECT 1 FROM events WHERE phone_number = $1 AND kind = $2 AND payload = $3";
/// $1 phone_number, $2 after which one
pub(super) const EVENTS: &str =
    "SELECT id, kind, payload FROM events WHERE phone_number = $1 AND id > $2 ORDER BY id";
pub(super) const LAST: &str = "SELECT coalesce(max(id), 0) AS id FROM events";
/// $1 after which one
pub(super) const LINES: &str = "SELECT DISTINCT phone_number FROM events WHERE id > $1";
