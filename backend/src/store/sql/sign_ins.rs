/// $1 latest time of those that count for nothing, $2 how many stay
pub(in crate::store) const FORGET_OLD_ATTEMPTS: &str = "DELETE FROM sign_in_attempts \
     WHERE at < $1 OR id <= (SELECT coalesce(max(id), 0) FROM sign_in_attempts) - $2";
pub(in crate::store) const ADD_ATTEMPT: &str =
    "INSERT INTO sign_in_attempts (subject, at) VALUES ($1, $2) RETURNING id";
pub(in crate::store) const ATTEMPTS: &str =
    "SELECT count(*) FROM sign_in_attempts WHERE subject = $1 AND at > $2";
pub(in crate::store) const FORGET_ATTEMPT: &str = "DELETE FROM sign_in_attempts WHERE id = $1";
pub(in crate::store) const FORGET_ATTEMPTS_OF: &str = "DELETE FROM sign_in_attempts WHERE subject = $1";
