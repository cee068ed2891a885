/// $1 now, $2 how many stay
pub(in crate::store) const FORGET_OLD_LOGINS: &str = "DELETE FROM openid_logins \
     WHERE expires_at <= $1 OR id <= (SELECT coalesce(max(id), 0) FROM openid_logins) - $2";
pub(in crate::store) const ADD_LOGIN: &str =
    "INSERT INTO openid_logins (digest, state, nonce, verifier, expires_at) VALUES ($1, $2, $3, $4, $5)";
/// $1 digest, $2 now
pub(in crate::store) const TAKE_LOGIN: &str = "DELETE FROM openid_logins WHERE digest = $1 AND expires_at > $2 \
     RETURNING state, nonce, verifier, expires_at";
