use crate::store::for_many::{ForMany, places, rows};

/// $1 and so on: call_sid
pub(super) static SOME_DIALS: ForMany = ForMany::values(|many| {
    format!("SELECT call_sid, granted_s, refusal FROM dials WHERE call_sid IN ({})", places(0, many))
});
/// What all lines together use, and whether one of the calls is of a clock that was ahead (1, otherwise 0). $1 now, $2 a day ago, $3
/// seconds between a call's granted time and its end at the latest
pub(super) const SERVER_USAGE: &str = "SELECT \
         (SELECT CAST(coalesce(sum(counted_s), 0) AS BIGINT) FROM dials WHERE coalesce(ended_at, ends_by) > $2) AS server_s, \
         CAST(CASE WHEN (SELECT max(ended_at) FROM dials) > $1 OR (SELECT max(ends_by - granted_s) FROM dials) > $1 + $3 \
             THEN 1 ELSE 0 END AS BIGINT) AS ahead";
/// What lines use; none of what uses nothing. $1 now, $2 a day ago, $3 and so on: phone_number
pub(super) static LINES_USAGE: ForMany = ForMany::values(|many| {
    format!(
        "SELECT phone_number, CAST(sum(counted_s) AS BIGINT) AS line_s, \
             CAST(sum(CASE WHEN ended_at IS NULL AND ends_by > $1 THEN 1 ELSE 0 END) AS BIGINT) AS calls \
         FROM dials WHERE coalesce(ended_at, ends_by) > $2 AND phone_number IN ({}) \
         GROUP BY phone_number",
        places(2, many)
    )
});
/// call_sid, phone_number, granted_s, refusal or NULL, metered, counted_s, ends_by, ended_at or NULL; and again. A row without a
/// CallSid is none.
pub(super) static ADD_DIALS: ForMany = ForMany::rows(|many| {
    format!(
        "INSERT INTO dials (call_sid, phone_number, granted_s, refusal, metered, counted_s, ends_by, ended_at) \
         SELECT * FROM (VALUES {}) AS added WHERE column1 IS NOT NULL",
        rows(8, many)
    )
});
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
