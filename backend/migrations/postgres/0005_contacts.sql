-- Names for numbers. Without a phone_number it is all lines'.
CREATE TABLE contacts (
    id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    phone_number TEXT REFERENCES lines (phone_number) ON DELETE CASCADE,
    revision BIGINT NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    reading TEXT NOT NULL,
    note TEXT NOT NULL,
    -- By what lists are sorted, and what is looked into for a search: written so that the way of writing does not count.
    sort TEXT COLLATE "C" NOT NULL,
    searched TEXT NOT NULL
);

CREATE INDEX contacts_by_line ON contacts (phone_number, sort, id);

CREATE TABLE contact_numbers (
    contact_id TEXT COLLATE "C" NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    number TEXT NOT NULL,
    -- The number without the keys behind it: who it is that calls.
    called TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (contact_id, position)
);

CREATE INDEX contact_numbers_by_number ON contact_numbers (called);

-- Each line has favourites of its own, also among what is all lines'.
CREATE TABLE contact_favourites (
    phone_number TEXT NOT NULL REFERENCES lines (phone_number) ON DELETE CASCADE,
    contact_id TEXT COLLATE "C" NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    PRIMARY KEY (phone_number, contact_id)
);

CREATE INDEX contact_favourites_by_contact ON contact_favourites (contact_id);
