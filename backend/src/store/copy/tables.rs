use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, SqliteConnection};

/// A table as SQLite describes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// Tables whose rows must be there before its own.
    needs: BTreeSet<String>,
}

/// Of the engine's own, or nobody's.
const NOT_COPIED: [&str; 2] = ["_sqlx_migrations", "moved_to"];

/// The names of all tables.
pub(super) async fn names(connection: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    sqlx::query_scalar(names).fetch_all(connection).await
}

/// All that are copied, those first that others refer to.
pub(super) async fn tables(connection: &mut SqliteConnection) -> Result<Vec<Table>, sqlx::Error> {
    let mut tables = Vec::new();
    for name in names(connection).await? {
        if NOT_COPIED.contains(&&*name) {
            continue;
        }
        let columns = "SELECT name FROM pragma_table_info($1) ORDER BY name";
        let columns = sqlx::query_scalar(columns).bind(&name).fetch_all(&mut *connection).await?;
        let needs = "SELECT \"table\" FROM pragma_foreign_key_list($1)";
        let needs: Vec<String> = sqlx::query_scalar(needs).bind(&name).fetch_all(&mut *connection).await?;
        let needs = needs.into_iter().filter(|other| *other != name).collect();
        tables.push(Table { name, columns, needs });
    }
    Ok(in_order(tables))
}

/// The highest number that a table has given to a row, where it counts them.
pub(super) async fn last_id(
    connection: &mut SqliteConnection,
    table: &str,
) -> Result<Option<i64>, sqlx::Error> {
    let highest = format!("SELECT max(id) FROM {}", quoted(table));
    let highest: Option<i64> = sqlx::query_scalar(AssertSqlSafe(highest)).fetch_one(&mut *connection).await?;
    // Where numbers are never given again, of rows that are gone, too.
    let given = "SELECT max(seq) FROM sqlite_sequence WHERE name = $1";
    let given: Option<i64> = sqlx::query_scalar(given).bind(table).fetch_one(connection).await?;
    Ok(highest.max(given))
}

fn in_order(mut tables: Vec<Table>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::new();
    while !tables.is_empty() {
        let free = |table: &Table| !tables.iter().any(|other| table.needs.contains(&other.name));
        // Where all wait for each other, the engine says what is wrong.
        let next = tables.iter().position(free).unwrap_or(0);
        ordered.push(tables.remove(next));
    }
    ordered
}

/// A name in a statement of either engine.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) fn listed(columns: &[String]) -> String {
    columns.iter().map(|column| quoted(column)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_refer_to_comes_first() {
        let table = |name: &str, needs: &[&str]| Table {
            name: name.to_owned(),
            columns: Vec::new(),
            needs: needs.iter().map(|name| (*name).to_owned()).collect(),
        };
        let tables = vec![table("a", &["c"]), table("b", &["a", "c"]), table("c", &[])];
        let names: Vec<_> = in_order(tables).into_iter().map(|table| table.name).collect();
        assert_eq!(names, ["c", "a", "b"]);
        assert_eq!(in_order(vec![table("a", &["b"]), table("b", &["a"])]).len(), 2);
    }
}
