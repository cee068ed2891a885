/// $1 latest time of those that count for nothing
pub(super) const FORGET_OLD_FAILURES: &str = "DELETE FROM failures WHERE last_at < $1";
/// $1 how many stay
pub(super) const FORGET_ADDRESSES: &str = "DELETE FROM failures WHERE counted_for = 'address' AND last_at <= \
     (SELECT last_at FROM failures WHERE counted_for = 'address' ORDER BY last_at DESC LIMIT 1 OFFSET $1)";
pub(super) const FAILURES: &str = "SELECT times FROM failures WHERE subject = $1";
/// $1 subject, $2 what it is, $3 times, $4 the last of them
pub(super) const SET_FAILURES: &str = "INSERT INTO failures (subject, counted_for, times, last_at) \
     VALUES ($1, $2, $3, $4) ON CONFLICT (subject) DO UPDATE SET times = excluded.times, last_at = excluded.last_at";
/// $1 times, $2 subject
pub(super) const CHANGE_FAILURES: &str = "UPDATE failures SET times = $1 WHERE subject = $2";
pub(super) const FORGET_FAILURES: &str = "DELETE FROM failures WHERE subject = $1";
