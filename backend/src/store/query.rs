use std::borrow::Cow;

use sqlx::{Database, Encode, Type};

/// A statement and the values of its `$1`, `$2`, and so on, in this order. Every engine takes it.
#[derive(Clone)]
pub(crate) struct Query<'v> {
    sql: &'static str,
    values: Vec<Value<'v>>,
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
        Self { sql, values: Vec::new() }
    }

    pub(crate) fn bind(mut self, value: impl Into<Value<'v>>) -> Self {
        self.values.push(value.into());
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
