use std::sync::OnceLock;

use super::together::MOST_TOGETHER;

/// Numbers of places, so that an engine has few statements to remember, and one that is asked for little has little to look at.
type Sizes = [usize; 3];
/// Most rows of one statement: SQLite looks for the name of each place among all of them.
pub(crate) const MOST_ROWS: usize = 16;

/// A statement about many: the way to an engine and back costs more than most statements. Places that are left over are filled
/// ([`super::Query`]).
pub(crate) struct ForMany {
    text: fn(usize) -> String,
    sizes: Sizes,
    made: [OnceLock<String>; 3],
}

impl ForMany {
    /// `text` for so many single values, of at most [`MOST_TOGETHER`].
    pub(crate) const fn values(text: fn(usize) -> String) -> Self {
        Self::new(text, [1, 8, MOST_TOGETHER])
    }

    /// `text` for so many rows, of at most [`MOST_ROWS`].
    pub(crate) const fn rows(text: fn(usize) -> String) -> Self {
        Self::new(text, [1, 4, MOST_ROWS])
    }

    const fn new(text: fn(usize) -> String, sizes: Sizes) -> Self {
        Self { text, sizes, made: [const { OnceLock::new() }; 3] }
    }

    /// The statement for so many, and how many places it has.
    pub(super) fn of(&'static self, many: usize) -> (&'static str, usize) {
        let mut all = self.sizes.iter().zip(&self.made);
        let Some((size, made)) = all.find(|(size, _)| many <= **size) else { return ("", 0) };
        (made.get_or_init(|| (self.text)(*size)), *size)
    }
}

/// `$3, $4, $5` for three values behind two others.
pub(crate) fn places(behind: usize, many: usize) -> String {
    let places: Vec<_> = (1..=many).map(|n| format!("${}", behind + n)).collect();
    places.join(", ")
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
pub(crate) fn rows(columns: usize, many: usize) -> String {
    let rows: Vec<_> = (0..many).map(|row| format!("({})", places(row * columns, columns))).collect();
    rows.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_places_enough() {
        static SOME: ForMany = ForMany::rows(|many| format!("{} {}", places(2, many), rows(2, many)));
        assert_eq!(SOME.of(1), ("$3 ($1, $2)", 1));
        for many in 0..=MOST_ROWS {
            let (sql, size) = SOME.of(many);
            assert!(size >= many);
            assert!(sql.ends_with(&format!("(${}, ${})", size * 2 - 1, size * 2)), "{sql}");
        }
    }
}
