/// $1 call_sid
pub(super) const DIAL: &str = "SELECT granted_s, refusal FROM dials WHERE call_sid = $1";
/// $1 phone_number, $2 now, $3 a day ago, $4 seconds between a call's granted time and its end at the latest
pub(super) const DIAL_USAGE: &str = "SELECT \
         CAST(coalesce(sum(CASE WHEN ends_by > $2 + granted_s + $4 OR ended_at > $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS ahead, \
         CAST(coalesce(sum(CASE WHEN phone_number = $1 AND ended_at IS NULL AND ends_by > $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS calls, \
         CAST(coalesce(sum(CASE WHEN phone_number = $1 THEN counted_s ELSE 0 END), 0) AS BIGINT) AS line_s, \
         CAST(coalesce(sum(counted_s), 0) AS BIGINT) AS server_s \
     FROM dials WHERE coalesce(ended_at, ends_by) > $3";
/// $1 call_sid, $2 phone_number, $3 granted_s, $4 refusal or NULL, $5 metered, $6 counted_s, $7 ends_by, $8 ended_at or NULL
pub(super) const ADD_DIAL: &str = "INSERT INTO dials \
     (call_sid, phone_number, granted_s, refusal, metered, counted_s, ends_by, ended_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// $1 a day ago
pub(super) const FORGET_OLD_DIALS: &str = "DELETE FROM dials WHERE ends_by <= $1";
/// Calls that began or ended later than now: the clock was ahead. They count as if it were now, or they would count for as long
/// as it was ahead. $1 now, $2 seconds between a call's granted time and its end at the latest
pub(super) const BRING_DIALS_BACK: &str = "UPDATE dials SET \
         ends_by = CASE WHEN ends_by > $1 + granted_s + $2 THEN $1 + granted_s + $2 ELSE ends_by END, \
         ended_at = CASE WHEN ended_at > $1 THEN $1 ELSE ended_at END \
     WHERE ends_by > $1 + granted_s + $2 OR ended_at > $1";
/// Reports come in any order: the longest duration and the earliest end stay. $1 call_sid, $2 billed seconds, $3 when
pub(super) const SETTLE_DIAL: &str = "UPDATE dials SET \
         counted_s = CASE WHEN ended_at IS NULL OR counted_s < metered * $2 THEN metered * $2 ELSE counted_s END, \
         ended_at = CASE WHEN ended_at < $3 THEN ended_at WHEN $3 < ends_by THEN $3 ELSE ends_by END \
     WHERE call_sid = $1";
/// A call that was granted while the store was away. $1 call_sid, $2 billed seconds, $3 when, $4 client name or NULL, $5
/// phone number or NULL, $6 peer
pub(super) const ADD_UNKNOWN_DIAL: &str = "INSERT INTO dials \
         (call_sid, phone_number, granted_s, metered, counted_s, ends_by, ended_at) \
     SELECT $1, l.phone_number, $2, 1, $2, $3, $3 FROM lines l \
     WHERE (l.client_name = $4 OR l.phone_number = $5) \
         AND NOT EXISTS (SELECT 1 FROM lines other WHERE other.phone_number = $6) \
     ON CONFLICT (call_sid) DO NOTHING";
