CREATE TABLE lines (
    phone_number TEXT PRIMARY KEY NOT NULL,
    client_name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    passcode_hash TEXT NOT NULL
);

CREATE TABLE sessions (
    digest BLOB PRIMARY KEY NOT NULL,
    phone_number TEXT NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_line ON sessions (phone_number);

CREATE TABLE failed_sign_ins (
    subject TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX failed_sign_ins_by_subject ON failed_sign_ins (subject, at);

-- One row for each line that takes part in a call: two when one line of the server calls another.
CREATE TABLE calls (
    parent_sid TEXT NOT NULL,
    phone_number TEXT NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    child_sid TEXT,
    -- how the softphone names an outgoing call until it knows the CallSid
    attempt TEXT,
    direction TEXT NOT NULL,
    peer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    strength BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    duration_s BIGINT NOT NULL,
    PRIMARY KEY (parent_sid, phone_number)
);

CREATE INDEX calls_by_child ON calls (child_sid);
CREATE INDEX calls_by_attempt ON calls (attempt);
