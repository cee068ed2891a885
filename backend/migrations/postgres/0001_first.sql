-- What SQLite has after its ninth step; the steps before it there had no PostgreSQL.
-- COLLATE "C": in order of bytes, as in SQLite, whatever the database's own order.
CREATE TABLE lines (
    phone_number TEXT COLLATE "C" PRIMARY KEY,
    client_name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    -- of the passcode, or of a one-time code when code_expires_at is there; empty: the line signs in by OpenID Connect only
    passcode_hash TEXT NOT NULL,
    code_expires_at BIGINT
);

CREATE TABLE line_emails (
    -- in lower case
    email TEXT COLLATE "C" PRIMARY KEY,
    phone_number TEXT COLLATE "C" NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE
);

CREATE INDEX line_emails_by_line ON line_emails (phone_number);

CREATE TABLE sessions (
    digest BYTEA PRIMARY KEY,
    -- names the session to its owner; says nothing about the secret
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    phone_number TEXT COLLATE "C" NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    device TEXT NOT NULL,
    -- of the browser's long-lived secret
    device_digest BYTEA NOT NULL,
    signed_in_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_line ON sessions (phone_number);

-- Browsers in which a line has been signed in: strangers' failures do not count for them.
CREATE TABLE known_devices (
    digest BYTEA NOT NULL,
    phone_number TEXT COLLATE "C" NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (digest, phone_number)
);

CREATE INDEX known_devices_by_line ON known_devices (phone_number, seen_at);

CREATE TABLE failures (
    subject TEXT COLLATE "C" PRIMARY KEY,
    -- "number", "device", "address"
    counted_for TEXT NOT NULL,
    -- seconds since the Unix epoch, 8 bytes each, the highest first
    times BYTEA NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE INDEX failures_by_time ON failures (last_at);
CREATE INDEX failures_of_addresses ON failures (last_at) WHERE counted_for = 'address';

-- One row for each line that takes part in a call: two when one line of the server calls another.
CREATE TABLE calls (
    parent_sid TEXT COLLATE "C" NOT NULL,
    phone_number TEXT COLLATE "C" NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    child_sid TEXT COLLATE "C",
    -- how the softphone names an outgoing call until it knows the CallSid
    attempt TEXT COLLATE "C",
    direction TEXT NOT NULL,
    peer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    strength BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    duration_s BIGINT NOT NULL,
    -- 1 to 5, and Twilio's word for what was wrong; NULL where nobody has rated it
    score BIGINT,
    issue TEXT,
    -- when the softphone that had it said that it has it no more: the end that Twilio reports may never come
    left_at BIGINT,
    PRIMARY KEY (parent_sid, phone_number)
);

CREATE INDEX calls_by_child ON calls (child_sid);
CREATE INDEX calls_by_attempt ON calls (attempt);
CREATE INDEX calls_by_line ON calls (phone_number, started_at);

-- Calls that lines have asked to make: what the limits are held against. A row outlives its line, so that removing a line
-- gives the server no minutes back.
CREATE TABLE dials (
    call_sid TEXT COLLATE "C" PRIMARY KEY,
    phone_number TEXT COLLATE "C" NOT NULL,
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

-- No reference to lines: what happened to a line is kept when the line is gone.
CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    phone_number TEXT COLLATE "C",
    address TEXT,
    detail TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_line ON audit (phone_number, at);

-- Says nothing: whether the database can be written is tried by writing it.
CREATE TABLE written (id BIGINT PRIMARY KEY);
