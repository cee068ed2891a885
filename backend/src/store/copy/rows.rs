use std::fmt::Write;

use sqlx::{
    Decode, Row, Sqlite, TypeInfo, ValueRef,
    error::BoxDynError,
    sqlite::{SqliteRow, SqliteValueRef},
};

/// Rows in the text format of PostgreSQL's COPY (<https://www.postgresql.org/docs/current/sql-copy.html>), in which each type of
/// column reads its values itself.
#[derive(Default)]
pub(super) struct Rows {
    text: String,
    /// In how many texts there was U+0000, which PostgreSQL has no place for and nobody reads.
    pub(super) without_nul: u64,
}

impl Rows {
    pub(super) fn add(&mut self, row: &SqliteRow) -> Result<(), BoxDynError> {
        for column in 0..row.len() {
            if column > 0 {
                self.text.push('\t');
            }
            self.value(row.try_get_raw(column)?)?;
        }
        self.text.push('\n');
        Ok(())
    }

    /// SQLite has types for values, not for columns.
    fn value(&mut self, value: SqliteValueRef<'_>) -> Result<(), BoxDynError> {
        if value.is_null() {
            self.text.push_str("\\N");
            return Ok(());
        }
        let kind = value.type_info().name().to_owned();
        match &*kind {
            "INTEGER" => write!(self.text, "{}", <i64 as Decode<Sqlite>>::decode(value)?)?,
            "REAL" => write!(self.text, "{}", <f64 as Decode<Sqlite>>::decode(value)?)?,
            "TEXT" => self.escaped(<&str as Decode<Sqlite>>::decode(value)?),
            _ => {
                self.text.push_str("\\\\x");
                for byte in <&[u8] as Decode<Sqlite>>::decode(value)? {
                    write!(self.text, "{byte:02x}")?;
                }
            }
        }
        Ok(())
    }

    fn escaped(&mut self, text: &str) {
        self.without_nul += u64::from(text.contains('\0'));
        for letter in text.chars() {
            match letter {
                '\0' => {}
                '\\' => self.text.push_str("\\\\"),
                '\t' => self.text.push_str("\\t"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                other => self.text.push(other),
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What there is so far.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }
}
