//! Every number of the pages, with its reason.

/// Reviews in the queue shown at once: more than a force leaves over a bank holiday weekend.
pub(crate) const QUEUE_MAX: i64 = 200;
/// Reviews that left tasks, shown at once.
pub(crate) const TASKS_MAX: i64 = 50;
/// People who had a part in one incident; nobody has as many.
pub(crate) const PARTS_MAX: i64 = 200;
/// What a week's sample is drawn from: more than the largest force handles in a week.
pub(crate) const POOL_MAX: i64 = 20_000;
/// Items of samples shown at once: some two months of them.
pub(crate) const SAMPLES_MAX: i64 = 150;
