-- 1 when the line's user may look after the others, otherwise 0.
ALTER TABLE lines ADD COLUMN admin BIGINT NOT NULL DEFAULT 0;
-- NULL: what the configuration says.
ALTER TABLE lines ADD COLUMN calls_at_once BIGINT;
ALTER TABLE lines ADD COLUMN minutes_per_day BIGINT;
-- Who did it, where it was not the line itself: the number of an admin's line, or "command line".
ALTER TABLE audit ADD COLUMN actor TEXT COLLATE "C";
