//! Every number of these pages, with its reason.

/// Referrals of one incident shown at once; nobody makes as many.
pub(crate) const OF_INCIDENT_MAX: i64 = 100;
/// Open referrals shown at once: two bad weekends of a large force.
pub(crate) const OPEN_MAX: i64 = 300;
/// What ended lately, shown below.
pub(crate) const ENDED_MAX: i64 = 50;
/// Agencies in the directory: a county has some hundreds.
pub(crate) const AGENCIES_MAX: i64 = 1000;
/// Partner accounts shown for choosing.
pub(crate) const ACCOUNTS_MAX: i64 = 500;
/// Meetings shown at once: two years of fortnights.
pub(crate) const MEETINGS_MAX: i64 = 60;
/// A page of the agencies' API.
pub(crate) const PAGE_MAX: i64 = 100;
/// A directory file: some thousands of organisations.
pub(crate) const DIRECTORY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Mistakes named at once; whoever mends twenty sends the file again.
pub(crate) const FAULTS_MAX: usize = 20;
/// Days over which the figures are counted.
pub(crate) const FIGURES_DAYS: u32 = 90;
/// Referrals counted in the figures.
pub(crate) const FIGURES_MAX: i64 = 20_000;
/// Engagements of fewer referrals than this are not shown by kind: somebody could be known.
pub(crate) const SMALL_NUMBER: usize = 5;
