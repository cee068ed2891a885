use crate::store::for_many::{ForMany, places, rows};

/// parent_sid, child_sid, direction, peer, outcome, strength, started_at, duration_s, attempt, and the line: client name or NULL,
/// phone number or NULL; and again. A row without a line is none. The earliest report tells the peer: it comes from the request for
/// TwiML, which has normalised it. Of one call there may be one report only: PostgreSQL adds to no row twice.
pub(super) static REPORT_CALLS: ForMany = ForMany::rows(|many| {
    format!(
        "INSERT INTO calls \
             (parent_sid, child_sid, direction, peer, outcome, strength, started_at, duration_s, attempt, phone_number) \
         SELECT column1, column2, column3, column4, column5, column6, column7, column8, column9, l.phone_number \
         FROM (VALUES {}) AS reported JOIN lines l ON l.client_name = column10 OR l.phone_number = column11 WHERE true \
         ON CONFLICT (parent_sid, phone_number) DO UPDATE SET \
             child_sid = coalesce(calls.child_sid, excluded.child_sid), \
             attempt = coalesce(calls.attempt, excluded.attempt), \
             peer = CASE WHEN excluded.started_at < calls.started_at THEN excluded.peer ELSE calls.peer END, \
             outcome = CASE WHEN excluded.strength > calls.strength THEN excluded.outcome ELSE calls.outcome END, \
             strength = CASE WHEN excluded.strength > calls.strength THEN excluded.strength ELSE calls.strength END, \
             started_at = CASE WHEN excluded.started_at < calls.started_at THEN excluded.started_at ELSE calls.started_at END, \
             duration_s = CASE WHEN excluded.duration_s > calls.duration_s THEN excluded.duration_s ELSE calls.duration_s END",
        rows(11, many)
    )
});
/// What is known of a call of a line that was asked for before. $1 parent_sid, and the line: $2 client name or NULL, $3 phone
/// number or NULL
pub(super) const RUNG: &str = "SELECT c.outcome, c.child_sid FROM calls c JOIN lines l USING (phone_number) \
     WHERE c.parent_sid = $1 AND (l.client_name = $2 OR l.phone_number = $3)";
/// A call that was answered, and whose end nobody has reported, is over all the same when its line has had another one since.
/// $1 client name or NULL, $2 phone number or NULL, $3 and $4 since when a call that rings, or runs, counts, $5 the latest
pub(super) const LINE_IS_BUSY: &str = "SELECT 1 FROM calls c JOIN lines l USING (phone_number) \
     WHERE (l.client_name = $1 OR l.phone_number = $2) AND c.started_at > $4 AND c.started_at <= $5 AND c.left_at IS NULL AND ( \
         (c.outcome = 'ringing' AND c.started_at > $3) \
         OR (c.outcome = 'in_progress' AND NOT EXISTS ( \
             SELECT 1 FROM calls later WHERE later.phone_number = c.phone_number \
                 AND later.started_at > c.started_at AND later.started_at <= $5 \
                 AND (later.direction = 'outgoing' OR later.outcome IN ('in_progress', 'completed'))))) \
     LIMIT 1";
/// Those that rang in vain, and those that were not put through. One that was declined is busy as well, but has a child leg,
/// which rang. $1 phone_number, $2 after when, $3 before when a call that is said to ring does not any more, $4 how many
pub(super) const MISSED_CALLS: &str = "SELECT coalesce(child_sid, parent_sid) AS call_sid, peer, started_at, \
         CAST(CASE WHEN outcome = 'busy' THEN 1 ELSE 0 END AS BIGINT) AS busy FROM calls \
     WHERE phone_number = $1 AND started_at > $2 AND direction = 'incoming' AND ( \
         outcome IN ('no_answer', 'canceled', 'failed') \
         OR (outcome = 'busy' AND child_sid IS NULL) \
         OR (outcome = 'ringing' AND started_at <= $3)) \
     ORDER BY started_at DESC LIMIT $4";
/// Which of some calls nobody took, as far as is known, and whose they were. $1 and so on: parent_sid
pub(super) static MISSED_BY: ForMany = ForMany::values(|many| {
    format!(
        "SELECT parent_sid, phone_number FROM calls WHERE parent_sid IN ({}) AND direction = 'incoming' \
         AND (outcome IN ('no_answer', 'canceled', 'failed') OR (outcome = 'busy' AND child_sid IS NULL))",
        places(0, many)
    )
});
/// $1 phone_number, $2 since when a call that rings counts, $3 the latest
pub(super) const RINGING_SINCE: &str = "SELECT min(started_at) AS since FROM calls \
     WHERE phone_number = $1 AND direction = 'incoming' AND outcome = 'ringing' AND started_at > $2 AND started_at <= $3";
/// When a line calls another, both learn what either was told; a call of one line has nothing to learn. $1 and so on: parent_sid
pub(super) static LEVEL_CALLS: ForMany = ForMany::values(|many| {
    format!(
        "UPDATE calls SET \
             outcome = (SELECT c.outcome FROM calls c WHERE c.parent_sid = calls.parent_sid ORDER BY c.strength DESC LIMIT 1), \
             strength = (SELECT max(c.strength) FROM calls c WHERE c.parent_sid = calls.parent_sid), \
             duration_s = (SELECT max(c.duration_s) FROM calls c WHERE c.parent_sid = calls.parent_sid), \
             child_sid = (SELECT max(c.child_sid) FROM calls c WHERE c.parent_sid = calls.parent_sid) \
         WHERE parent_sid IN ({}) AND EXISTS (SELECT 1 FROM calls c \
             WHERE c.parent_sid = calls.parent_sid AND c.phone_number <> calls.phone_number)",
        places(0, many)
    )
});
/// A row when what is reported is there, or there is no line to have it. $1 parent_sid, $2 client name or NULL, $3 phone
/// number or NULL, $4 strength, $5 duration_s
pub(super) const HAS_REPORT: &str = "SELECT 1 \
     WHERE NOT EXISTS (SELECT 1 FROM lines WHERE client_name = $2 OR phone_number = $3) \
     OR EXISTS (SELECT 1 FROM calls c JOIN lines l ON l.phone_number = c.phone_number \
         WHERE c.parent_sid = $1 AND (l.client_name = $2 OR l.phone_number = $3) \
             AND c.strength >= $4 AND c.duration_s >= $5)";
/// $1 phone_number, $2 CallSid of either leg, or attempt
pub(super) const CALL: &str = "SELECT direction, peer, outcome, started_at, duration_s, score, issue FROM calls \
     WHERE phone_number = $1 AND (parent_sid = $2 OR child_sid = $2 OR attempt = $2)";
/// $1 phone_number, $2 CallSid of either leg, or attempt, $3 now
pub(super) const LEAVE_CALL: &str = "UPDATE calls SET left_at = coalesce(left_at, $3) \
     WHERE phone_number = $1 AND (parent_sid = $2 OR child_sid = $2 OR attempt = $2)";
/// $1 phone_number, $2 CallSid of either leg, or attempt, $3 score, $4 issue or NULL
pub(super) const RATE_CALL: &str = "UPDATE calls SET score = $3, issue = $4 \
     WHERE phone_number = $1 AND (parent_sid = $2 OR child_sid = $2 OR attempt = $2)";
