//! Who may see and work plans. Whoever works them never learns that anybody asked about one of
//! these people under the disclosure scheme: there is no arrow to it.

use kernel::{Permit, Purpose, Role};

const MANAGERS: &[Role] = &[Role::OffenderManager];
const READERS: &[Role] = &[Role::OffenderManager, Role::Supervisor, Role::Specialist];
const MANAGEMENT: &[Purpose] = &[Purpose::OffenderManagement];

/// See the list, by counts alone.
pub const BOARD: &str = "perpetrator.board";
/// Read one person's plan.
pub const READ: &str = "perpetrator.read";
/// Open a plan and work it.
pub const WORK: &str = "perpetrator.work";
/// Look at a plan whole, decide a breach, hand it over, close it.
pub const REVIEW: &str = "perpetrator.review";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(BOARD, READERS, MANAGEMENT).and_client(),
    Permit::staff(READ, READERS, MANAGEMENT),
    Permit::staff(WORK, MANAGERS, MANAGEMENT),
    Permit::staff(REVIEW, READERS, MANAGEMENT),
];
