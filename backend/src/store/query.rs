use std::borrow::Cow;

use sqlx::{Database, Encode, Type};

use super::for_many::ForMany;

/// A statement and the values of its `$1`, `$2`, and so on, in this order. Every engine takes it.
#[derive(Clone)]
pub(crate) struct Query<'v> {
    sql: &'static str,
    values: Vec<Value<'v>>,
    /// How many there may be of what the statement is about.
    places: usize,
}

/// The kinds of values that there are in tables. One that is absent has a kind, too: engines ask for it.
#[derive(Clone)]
pub(crate) enum Value<'v> {
    Text(Option<Cow<'v, str>>),
    Whole(Option<i64>),
    Bytes(Cow<'v, [u8]>),
}

impl<'v> Query<'v> {
    pub(crate) fn new(sql: &'static str) -> Self {
        Self { sql, values: Vec::new(), places: 1 }
    }

    pub(crate) fn bind(mut self, value: impl Into<Value<'v>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// A statement about some of one kind, of which [`Query::bind_some`] or [`Query::bind_rows`] gives the values.
    pub(crate) fn about(statement: &'static ForMany, many: usize) -> Self {
        let (sql, places) = statement.of(many);
        Self { sql, values: Vec::new(), places }
    }

    /// The last value stands in the places that are left over.
    pub(crate) fn bind_some<V: Into<Value<'v>>>(mut self, some: impl Iterator<Item = V>) -> Self {
        let before = self.values.len();
        self.values.extend(some.map(Into::into));
        if let Some(last) = self.values.get(before..).and_then(<[_]>::last).cloned() {
            self.values.resize(before + self.places, last);
        }
        self
    }

    /// Rows without values stand in the places that are left over.
    pub(crate) fn bind_rows<const N: usize>(mut self, rows: impl Iterator<Item = [Value<'v>; N]>) -> Self {
        let before = self.values.len();
        for row in rows {
            self.values.extend(row);
        }
        let absent: Vec<_> = self.values.iter().skip(before).take(N).map(Value::absent).collect();
        while self.values.len() < before + self.places * N && !absent.is_empty() {
            self.values.extend(absent.iter().cloned());
        }
        self
    }

    /// For one engine.
    pub(super) fn of<DB>(self) -> sqlx::query::Query<'static, DB, DB::Arguments>
    where
        DB: Database,
        for<'t> Option<&'t str>: Encode<'t, DB> + Type<DB>,
        for<'t> Option<i64>: Encode<'t, DB> + Type<DB>,
        for<'t> &'t [u8]: Encode<'t, DB> + Type<DB>,
    {
        self.values.into_iter().fold(sqlx::query(self.sql), |query, value| match value {
            // PostgreSQL refuses it, and nobody reads it.
            Value::Text(Some(text)) if text.contains('\0') => query.bind(Some(&*text.replace('\0', ""))),
            Value::Text(text) => query.bind(text.as_deref()),
            Value::Whole(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(&*bytes),
        })
    }
}

impl Value<'_> {
    /// None of this kind.
    fn absent(&self) -> Value<'static> {
        match self {
            Self::Text(_) => Value::Text(None),
            Self::Whole(_) => Value::Whole(None),
            Self::Bytes(_) => Value::Bytes(Cow::Borrowed(&[])),
        }
    }
}

macro_rules! values {
    ($($kind:ty: $value:ident => $made:expr;)*) => {
        $(impl<'v> From<$kind> for Value<'v> {
            fn from($value: $kind) -> Self {
                $made
            }
        })*
    };
}

values! {
    &'v str: text => Self::Text(Some(text.into()));
    String: text => Self::Text(Some(text.into()));
    &'v String: text => Self::Text(Some(text.into()));
    Option<&'v str>: text => Self::Text(text.map(Into::into));
    Option<String>: text => Self::Text(text.map(Into::into));
    &'v Option<String>: text => Self::Text(text.as_deref().map(Into::into));
    i64: number => Self::Whole(Some(number));
    u32: number => Self::Whole(Some(number.into()));
    Option<i64>: number => Self::Whole(number);
    &'v [u8]: bytes => Self::Bytes(bytes.into());
    &'v Vec<u8>: bytes => Self::Bytes(bytes.into());
    Vec<u8>: bytes => Self::Bytes(bytes.into());
}
