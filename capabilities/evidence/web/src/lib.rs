//! The front door of evidence.
