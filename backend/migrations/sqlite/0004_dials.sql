-- Calls that lines have asked to make: what the limits are held against. A row outlives its line, so that removing a line
-- gives the server no minutes back.
CREATE TABLE dials (
    call_sid TEXT PRIMARY KEY NOT NULL,
    phone_number TEXT NOT NULL,
    -- seconds, and NULL; or 0, and why the call was refused
    granted_s BIGINT NOT NULL,
    refusal TEXT,
    -- 1 when the call uses minutes, otherwise 0
    metered BIGINT NOT NULL,
    -- seconds held while the call runs, used when it has ended; full minutes
    counted_s BIGINT NOT NULL,
    -- when the call is over, even if nobody reports its end
    ends_by BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX dials_by_end ON dials (ends_by);
