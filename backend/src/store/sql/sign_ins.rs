/// $1 latest time of those that count for nothing
pub(in crate::store) const FORGET_OLD_FAILURES: &str = "DELETE FROM failures WHERE last_at < $1";
/// $1 how many stay
pub(in crate::store) const FORGET_ADDRESSES: &str = "DELETE FROM failures WHERE counted_for = 'address' AND last_at <= \
     (SELECT last_at FROM failures WHERE counted_for = 'address' ORDER BY last_at DESC LIMIT 1 OFFSET $1)";
pub(in crate::store) const FAILURES: &str = "SELECT times FROM failures WHERE subject = $1";
/// $1 subject, $2 what it is, $3 times, $4 the last of them
pub(in crate::store) const SET_FAILURES: &str = "INSERT INTO failures (subject, counted_for, times, last_at) \
     VALUES ($1, $2, $3, $4) ON CONFLICT (subject) DO UPDATE SET times = excluded.times, last_at = excluded.last_at";
/// $1 times, $2 subject
pub(in crate::store) const CHANGE_FAILURES: &str = "UPDATE failures SET times = $1 WHERE subject = $2";
pub(in crate::store) const FORGET_FAILURES: &str = "DELETE FROM failures WHERE subject = $1";
