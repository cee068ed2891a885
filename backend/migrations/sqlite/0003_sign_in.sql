-- When it is there, passcode_hash is the hash of a one-time code that is good until then. An empty passcode_hash is
-- nobody's: the line signs in by OpenID Connect only.
ALTER TABLE lines ADD COLUMN code_expires_at BIGINT;

-- Sessions from before know nothing of devices; they end.
DROP TABLE sessions;

CREATE TABLE sessions (
    digest BLOB PRIMARY KEY NOT NULL,
    -- names the session to its owner; says nothing about the secret
    id TEXT NOT NULL UNIQUE,
    phone_number TEXT NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    device TEXT NOT NULL,
    -- of the browser's long-lived secret
    device_digest BLOB NOT NULL,
    signed_in_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_line ON sessions (phone_number);

-- Browsers in which a line has been signed in: strangers' failures do not count for them.
CREATE TABLE known_devices (
    digest BLOB NOT NULL,
    phone_number TEXT NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (digest, phone_number)
);

CREATE INDEX known_devices_by_line ON known_devices (phone_number, seen_at);

-- With an id, so that one attempt can be taken back and the oldest ones forgotten.
DROP TABLE failed_sign_ins;

CREATE TABLE sign_in_attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX sign_in_attempts_by_subject ON sign_in_attempts (subject, at);
CREATE INDEX sign_in_attempts_by_time ON sign_in_attempts (at);

-- Verified addresses that may sign in to a line by OpenID Connect, in lower case.
CREATE TABLE line_emails (
    email TEXT PRIMARY KEY NOT NULL,
    phone_number TEXT NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE
);

CREATE INDEX line_emails_by_line ON line_emails (phone_number);

-- Browsers that are at the provider. The digest is that of the secret in their cookie.
CREATE TABLE openid_logins (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX openid_logins_by_time ON openid_logins (expires_at);
