use thiserror::Error;

/// Why nothing of a file is read.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(in crate::contacts) enum FileFault {
    #[error("The file is empty.")]
    Empty,
    #[error(
        "The first line names no column with phone numbers. Write a header such as: Name,Phone,Note — or export a vCard (.vcf)."
    )]
    NoColumns,
    #[error(
        "This is neither a vCard (.vcf) nor a table in text (.csv). Export one of these from your other program."
    )]
    NoText,
    #[error(
        "The table has more than {0} columns. Leave out those that have nothing to do with names and numbers."
    )]
    ManyColumns(usize),
}
