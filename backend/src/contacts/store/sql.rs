use crate::store::for_many::{ForMany, places, rows};

/// $1 phone_number, $2 and $3 sort and id of the last one that is known, $4 to $7 patterns, $8 1 for favourites only, $9 how many
pub(super) const CONTACTS: &str = "SELECT c.id, c.phone_number, c.revision, c.name, c.reading, c.note, \
         CAST(CASE WHEN f.contact_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS favourite \
     FROM contacts c LEFT JOIN contact_favourites f ON f.contact_id = c.id AND f.phone_number = $1 \
     WHERE (c.phone_number = $1 OR c.phone_number IS NULL) AND (c.sort > $2 OR (c.sort = $2 AND c.id > $3)) \
         AND c.searched LIKE $4 ESCAPE '\\' AND c.searched LIKE $5 ESCAPE '\\' \
         AND c.searched LIKE $6 ESCAPE '\\' AND c.searched LIKE $7 ESCAPE '\\' \
         AND ($8 = 0 OR f.contact_id IS NOT NULL) \
     ORDER BY c.sort, c.id LIMIT $9";
/// $1 phone_number, $2 id
pub(super) const CONTACT: &str = "SELECT c.id, c.phone_number, c.revision, c.name, c.reading, c.note, \
         CAST(CASE WHEN f.contact_id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS favourite \
     FROM contacts c LEFT JOIN contact_favourites f ON f.contact_id = c.id AND f.phone_number = $1 \
     WHERE c.id = $2 AND (c.phone_number = $1 OR c.phone_number IS NULL)";
/// $1 and so on: contact_id
pub(super) static NUMBERS: ForMany = ForMany::values(|many| {
    format!(
        "SELECT contact_id, number, kind FROM contact_numbers WHERE contact_id IN ({}) ORDER BY contact_id, position",
        places(0, many)
    )
});
/// How many there are beside each other. $1 phone_number, or NULL for those that all lines have
pub(super) const HOW_MANY: &str = "SELECT count(*) AS many FROM contacts \
     WHERE phone_number = $1 OR ($1 IS NULL AND phone_number IS NULL)";
/// id, phone_number or NULL, name, reading, note, sort, searched; and again. A row without an id is none.
pub(super) static ADD: ForMany = ForMany::rows(|many| {
    format!(
        "INSERT INTO contacts (id, phone_number, name, reading, note, sort, searched) \
         SELECT column1, column2, column3, column4, column5, column6, column7 FROM (VALUES {}) AS added \
         WHERE column1 IS NOT NULL",
        rows(7, many)
    )
});
/// contact_id, position, number, called, kind; and again. A row without an id is none.
pub(super) static ADD_NUMBERS: ForMany = ForMany::rows(|many| {
    format!(
        "INSERT INTO contact_numbers (contact_id, position, number, called, kind) \
         SELECT column1, column2, column3, column4, column5 FROM (VALUES {}) AS added WHERE column1 IS NOT NULL",
        rows(5, many)
    )
});
/// $1 id, $2 revision that is changed, $3 phone_number of who changes it, $4 phone_number from now on or NULL, $5 name, $6 reading,
/// $7 note, $8 sort, $9 searched
pub(super) const CHANGE: &str = "UPDATE contacts SET revision = revision + 1, phone_number = $4, name = $5, reading = $6, \
         note = $7, sort = $8, searched = $9 \
     WHERE id = $1 AND revision = $2 AND (phone_number = $3 OR phone_number IS NULL)";
/// $1 contact_id
pub(super) const REMOVE_NUMBERS: &str = "DELETE FROM contact_numbers WHERE contact_id = $1";
/// What is one line's is no other one's favourite. $1 contact_id, $2 phone_number
pub(super) const FORGET_OTHERS_FAVOURITES: &str =
    "DELETE FROM contact_favourites WHERE contact_id = $1 AND phone_number <> $2";
/// $1 id, $2 phone_number
pub(super) const REMOVE: &str = "DELETE FROM contacts WHERE id = $1 AND (phone_number = $2 OR phone_number IS NULL) \
     RETURNING CAST(CASE WHEN phone_number IS NULL THEN 1 ELSE 0 END AS BIGINT) AS shared";
/// $1 phone_number, $2 id
pub(super) const ADD_FAVOURITE: &str =
    "INSERT INTO contact_favourites (phone_number, contact_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
/// $1 phone_number, $2 id
pub(super) const REMOVE_FAVOURITE: &str =
    "DELETE FROM contact_favourites WHERE phone_number = $1 AND contact_id = $2";
/// The later of two rows of one number counts. $1 phone_number, $2 and so on: numbers
pub(super) static NAMES: ForMany = ForMany::values(|many| {
    format!(
        "SELECT n.called, n.kind, c.id, c.name FROM contact_numbers n JOIN contacts c ON c.id = n.contact_id \
         WHERE n.called IN ({}) AND (c.phone_number = $1 OR c.phone_number IS NULL) \
         ORDER BY CASE WHEN c.phone_number IS NULL THEN 0 ELSE 1 END, c.sort DESC, c.id DESC",
        places(1, many)
    )
});
pub(super) const LINES: &str = "SELECT phone_number FROM lines ORDER BY phone_number";
