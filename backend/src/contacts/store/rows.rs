use std::collections::HashMap;

use async_trait::async_trait;
use shared::{
    PhoneNumber,
    api::contacts::{ContactNumber, MOST_CONTACTS, NameOfNumber, NumberKind},
};

use super::{Asked, ContactChanged, ContactStore, Written, sql};
use crate::{
    contacts::{
        contact::{Details, Kept},
        number,
    },
    events::store::contacts_changed,
    searched,
    store::{
        Query, Row, SqlStore, StoreError, Transaction, Value, for_many::MOST_ROWS, together::MOST_TOGETHER,
    },
};

#[async_trait]
impl ContactStore for SqlStore {
    async fn contacts(&self, asked: &Asked<'_>) -> Result<Vec<Kept>, StoreError> {
        let (sort, id) = &asked.after;
        let query = Query::new(sql::CONTACTS).bind(asked.line.as_str()).bind(sort).bind(id);
        let query = searched::patterns(asked.search).into_iter().fold(query, Query::bind);
        let query = query.bind(i64::from(asked.favourites)).bind(asked.most);
        let rows = self.fetch_all(query).await?;
        with_numbers(self, rows.iter().map(kept).collect::<Result<_, _>>()?).await
    }

    async fn contact(&self, line: &PhoneNumber, id: &str) -> Result<Option<Kept>, StoreError> {
        let row = self.fetch_optional(Query::new(sql::CONTACT).bind(line.as_str()).bind(id)).await?;
        let kept = row.as_ref().map(kept).transpose()?;
        Ok(with_numbers(self, kept.into_iter().collect()).await?.pop())
    }

    async fn write_contacts(
        &self,
        line: &PhoneNumber,
        written: &[Written],
    ) -> Result<ContactChanged, StoreError> {
        let mut transaction = self.begin().await?;
        let mut everybody = written.iter().any(|one| one.shared);
        for one in written.iter().filter(|one| one.revision.is_some()) {
            let (changed, was_shared) = change(&mut transaction, line, one).await?;
            everybody |= was_shared;
            if changed != ContactChanged::Done {
                transaction.roll_back().await?;
                return Ok(changed);
            }
        }
        let new: Vec<_> = written.iter().filter(|one| one.revision.is_none()).collect();
        for shared in [false, true] {
            let new: Vec<_> = new.iter().copied().filter(|one| one.shared == shared).collect();
            if !add(&mut transaction, line, shared, &new).await? {
                transaction.roll_back().await?;
                return Ok(ContactChanged::Full);
            }
        }
        tell(&mut transaction, line, everybody).await?;
        transaction.commit().await?;
        Ok(ContactChanged::Done)
    }

    async fn remove_contact(&self, line: &PhoneNumber, id: &str) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE).bind(id).bind(line.as_str());
        let Some(row) = transaction.fetch_optional(query).await? else {
            transaction.roll_back().await?;
            return Ok(false);
        };
        tell(&mut transaction, line, row.get::<i64>("shared")? == 1).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn set_favourite(&self, line: &PhoneNumber, id: &str, favourite: bool) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let there = Query::new(sql::CONTACT).bind(line.as_str()).bind(id);
        if transaction.fetch_optional(there).await?.is_none() {
            transaction.roll_back().await?;
            return Ok(false);
        }
        let statement = if favourite { sql::ADD_FAVOURITE } else { sql::REMOVE_FAVOURITE };
        if transaction.execute(Query::new(statement).bind(line.as_str()).bind(id)).await? > 0 {
            tell(&mut transaction, line, false).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn contact_names(
        &self,
        line: &PhoneNumber,
        numbers: &[PhoneNumber],
    ) -> Result<Vec<(String, NameOfNumber)>, StoreError> {
        let mut names = HashMap::new();
        for some in numbers.chunks(MOST_TOGETHER) {
            let query = Query::about(&sql::NAMES, some.len()).bind(line.as_str());
            let query = query.bind_some(some.iter().map(PhoneNumber::as_str));
            for row in self.fetch_all(query).await? {
                let kind = NumberKind::from_word(&row.get::<String>("kind")?);
                let name = NameOfNumber { id: row.get("id")?, name: row.get("name")?, kind };
                names.insert(row.get("called")?, name);
            }
        }
        Ok(names.into_iter().collect())
    }
}

/// And whether all lines had it until now.
async fn change(
    transaction: &mut Transaction<'_>,
    line: &PhoneNumber,
    Written { id, revision, shared, details }: &Written,
) -> Result<(ContactChanged, bool), StoreError> {
    let there = Query::new(sql::CONTACT).bind(line.as_str()).bind(id);
    let Some(before) = transaction.fetch_optional(there).await? else {
        return Ok((ContactChanged::NoContact, false));
    };
    let was_shared = before.get::<Option<String>>("phone_number")?.is_none();
    if *shared != was_shared && places_left(transaction, line, *shared).await? == 0 {
        return Ok((ContactChanged::Full, was_shared));
    }
    let query = Query::new(sql::CHANGE)
        .bind(id)
        .bind(revision.unwrap_or_default())
        .bind(line.as_str())
        .bind(owner(line, *shared))
        .bind(&details.name)
        .bind(&details.reading)
        .bind(&details.note)
        .bind(details.sort())
        .bind(details.searched());
    if transaction.execute(query).await? == 0 {
        return Ok((ContactChanged::Newer, was_shared));
    }
    if was_shared && !shared {
        let query = Query::new(sql::FORGET_OTHERS_FAVOURITES).bind(id).bind(line.as_str());
        transaction.execute(query).await?;
    }
    transaction.execute(Query::new(sql::REMOVE_NUMBERS).bind(id)).await?;
    add_numbers(transaction, &[(id, details)]).await?;
    Ok((ContactChanged::Done, was_shared))
}

/// False when they would be too many.
async fn add(
    transaction: &mut Transaction<'_>,
    line: &PhoneNumber,
    shared: bool,
    new: &[&Written],
) -> Result<bool, StoreError> {
    if new.is_empty() {
        return Ok(true);
    }
    if places_left(transaction, line, shared).await? < new.len() as u64 {
        return Ok(false);
    }
    for some in new.chunks(MOST_ROWS) {
        let rows = some.iter().map(|Written { id, details, .. }| -> [Value<'_>; 7] {
            [
                id.into(),
                owner(line, shared).into(),
                (&details.name).into(),
                (&details.reading).into(),
                (&details.note).into(),
                details.sort().into(),
                details.searched().into(),
            ]
        });
        transaction.execute(Query::about(&sql::ADD, some.len()).bind_rows(rows)).await?;
    }
    let details: Vec<_> = new.iter().map(|one| (&one.id, &one.details)).collect();
    add_numbers(transaction, &details).await?;
    Ok(true)
}

async fn add_numbers(
    transaction: &mut Transaction<'_>,
    contacts: &[(&String, &Details)],
) -> Result<(), StoreError> {
    let numbers: Vec<_> = contacts
        .iter()
        .flat_map(|(id, details)| {
            (0_i64..).zip(&details.numbers).map(move |(position, number)| (*id, position, number))
        })
        .collect();
    for some in numbers.chunks(MOST_ROWS) {
        let rows = some.iter().map(|(id, position, ContactNumber { number, kind })| -> [Value<'_>; 5] {
            [
                (*id).into(),
                (*position).into(),
                number.into(),
                number::called(number).into(),
                kind.word().into(),
            ]
        });
        transaction.execute(Query::about(&sql::ADD_NUMBERS, some.len()).bind_rows(rows)).await?;
    }
    Ok(())
}

async fn places_left(
    transaction: &mut Transaction<'_>,
    line: &PhoneNumber,
    shared: bool,
) -> Result<u64, StoreError> {
    let query = Query::new(sql::HOW_MANY).bind(owner(line, shared));
    let many: i64 = transaction.fetch_one(query).await?.get("many")?;
    Ok(u64::try_from(i64::from(MOST_CONTACTS) - many).unwrap_or(0))
}

/// The browsers that show it.
async fn tell(
    transaction: &mut Transaction<'_>,
    line: &PhoneNumber,
    everybody: bool,
) -> Result<(), StoreError> {
    if !everybody {
        return contacts_changed(transaction, line.as_str()).await;
    }
    for row in transaction.fetch_all(Query::new(sql::LINES)).await? {
        contacts_changed(transaction, &row.get::<String>("phone_number")?).await?;
    }
    Ok(())
}

fn owner(line: &PhoneNumber, shared: bool) -> Option<&str> {
    (!shared).then_some(line.as_str())
}

/// Without the numbers.
fn kept(row: &Row) -> Result<Kept, StoreError> {
    Ok(Kept {
        id: row.get("id")?,
        revision: row.get("revision")?,
        shared: row.get::<Option<String>>("phone_number")?.is_none(),
        favourite: row.get::<i64>("favourite")? == 1,
        details: Details {
            name: row.get("name")?,
            reading: row.get("reading")?,
            numbers: Vec::new(),
            note: row.get("note")?,
        },
    })
}

async fn with_numbers(store: &SqlStore, mut all: Vec<Kept>) -> Result<Vec<Kept>, StoreError> {
    for some in all.chunks_mut(MOST_TOGETHER) {
        let query = Query::about(&sql::NUMBERS, some.len()).bind_some(some.iter().map(|kept| &kept.id));
        let mut numbers: HashMap<String, Vec<ContactNumber>> = HashMap::new();
        for row in store.fetch_all(query).await? {
            let kind = NumberKind::from_word(&row.get::<String>("kind")?);
            let number = ContactNumber { number: row.get("number")?, kind };
            numbers.entry(row.get("contact_id")?).or_default().push(number);
        }
        for kept in some {
            kept.details.numbers = numbers.remove(&kept.id).unwrap_or_default();
        }
    }
    Ok(all)
}
