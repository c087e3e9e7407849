//! Figures that may be shown: small counts kept small, and how long things usually take.
//! Pure, and it knows nothing of what it counts.

pub mod quantile;
pub mod suppression;
