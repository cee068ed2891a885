pub(super) const FORGET_OLD_AUDIT: &str = "DELETE FROM audit WHERE at < $1";
pub(super) const ADD_AUDIT: &str = "INSERT INTO audit (at, kind, phone_number, address, detail, actor) \
     VALUES ($1, $2, $3, $4, $5, $6)";
/// $1 since, $2 phone number or NULL for all
pub(super) const AUDIT: &str = "SELECT at, kind, phone_number, address, detail, actor FROM audit \
     WHERE at >= $1 AND ($2 IS NULL OR phone_number = $2) ORDER BY at, id";
/// $1 and $2 time and id of the first entry that is too late, $3 phone number or NULL for all, $4 kinds with commas around
/// them or NULL for all, $5 how many
pub(super) const AUDIT_PAGE: &str = "SELECT id, at, kind, phone_number, address, detail, actor FROM audit \
     WHERE at <= $1 AND (at < $1 OR id < $2) AND ($3 IS NULL OR phone_number = $3 OR actor = $3) \
         AND ($4 IS NULL OR $4 LIKE '%,' || kind || ',%') ORDER BY at DESC, id DESC LIMIT $5";
