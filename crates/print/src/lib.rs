//! Documents on paper: a small model of what a certificate, a statement or a return consists of,
//! and its PDF, tagged so that a screen reader reads it in order (PDF/UA-1), its fonts inside.
//! Pure: the same document gives the same bytes. It knows no capability and no words of its own.

mod document;
mod face;
mod layout;
pub mod limits;
mod lines;
mod render;
mod structure;

pub use document::{Block, Document, Level, Table};
pub use render::render;

/// Why a document was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintFault {
    /// It is over a limit of `limits`.
    #[error("this is too long to be printed: {0}")]
    TooLong(&'static str),
    /// It has no title, by which a reader could name it.
    #[error("this document has no title")]
    Untitled,
    /// A table has no columns, too many, or a row with more cells than columns.
    #[error("this table has rows that do not fit its columns")]
    Table,
    /// The document breaks a rule of accessible documents.
    #[error("this document could not be made accessible: {0}")]
    Standard(String),
}

#[cfg(test)]
#[path = "print_tests.rs"]
mod tests;
