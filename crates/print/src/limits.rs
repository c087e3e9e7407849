//! What a printed document refuses to grow past, and why.

/// Bytes of all its text together: some six hundred pages, more than anybody reads; what is
/// longer belongs in a file beside it.
pub const TEXT_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Pages: a document of many empty lines is small in bytes and long on paper.
pub const PAGES_MAX: usize = 2000;
/// Columns of a table: more do not fit on a page that is held upright.
pub const COLUMNS_MAX: usize = 8;
