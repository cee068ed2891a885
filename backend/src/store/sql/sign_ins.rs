pub(in crate::store) const ADD_FAILED_SIGN_IN: &str =
    "INSERT INTO failed_sign_ins (subject, at) VALUES ($1, $2)";
pub(in crate::store) const FORGET_OLD_FAILED_SIGN_INS: &str = "DELETE FROM failed_sign_ins WHERE at < $1";
pub(in crate::store) const FAILED_SIGN_INS: &str =
    "SELECT count(*) FROM failed_sign_ins WHERE subject = $1 AND at >= $2";
pub(in crate::store) const FORGET_FAILED_SIGN_INS: &str = "DELETE FROM failed_sign_ins WHERE subject = $1";
