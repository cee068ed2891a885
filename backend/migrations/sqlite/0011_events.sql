-- What browsers of a line are told at once. AUTOINCREMENT: no number is ever given twice, so that "after" means something. No
-- reference to lines: that a line was removed is told, too.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at BIGINT NOT NULL DEFAULT (unixepoch()),
    phone_number TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- JSON, a few words
    payload TEXT NOT NULL
);

CREATE INDEX events_by_line ON events (phone_number, id);
