-- One small row for each count instead of a row for each attempt: a flood of attempts pushes no other count out. The counts
-- begin anew: their names are other ones.
DROP TABLE sign_in_attempts;

CREATE TABLE failures (
    subject TEXT PRIMARY KEY NOT NULL,
    -- "number", "device", "address"
    counted_for TEXT NOT NULL,
    -- seconds since the Unix epoch, 8 bytes each, the highest first
    times BLOB NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE INDEX failures_by_time ON failures (last_at);
CREATE INDEX failures_of_addresses ON failures (last_at) WHERE counted_for = 'address';
