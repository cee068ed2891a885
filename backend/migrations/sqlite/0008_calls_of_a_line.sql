-- Whether a line is busy, and which calls it has missed, is asked by line and time.
CREATE INDEX calls_by_line ON calls (phone_number, started_at);
