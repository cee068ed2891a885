-- No reference to lines: what happened to a line is kept when the line is gone.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    phone_number TEXT,
    address TEXT,
    detail TEXT NOT NULL
);

CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_line ON audit (phone_number, at);
