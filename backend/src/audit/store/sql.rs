pub(super) const FORGET_OLD_AUDIT: &str = "DELETE FROM audit WHERE at < $1";
pub(super) const ADD_AUDIT: &str =
    "INSERT INTO audit (at, kind, phone_number, address, detail) VALUES ($1, $2, $3, $4, $5)";
/// $1 since, $2 phone number or NULL for all
pub(super) const AUDIT: &str = "SELECT at, kind, phone_number, address, detail FROM audit \
     WHERE at >= $1 AND ($2 IS NULL OR phone_number = $2) ORDER BY at, id";
