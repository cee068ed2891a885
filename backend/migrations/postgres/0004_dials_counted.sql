-- What a line, and all together, have used of the last 24 hours is asked for each call, and must not be the slower for what was
-- dialled before. Each index has all that is asked of it.
CREATE INDEX dials_of_line ON dials (phone_number, (coalesce(ended_at, ends_by)), ended_at, ends_by, counted_s);
CREATE INDEX dials_counted ON dials ((coalesce(ended_at, ends_by)), counted_s, ended_at, ends_by);
-- The latest: whether a clock was ahead.
CREATE INDEX dials_latest_end ON dials (ended_at);
CREATE INDEX dials_latest_start ON dials ((ends_by - granted_s));
