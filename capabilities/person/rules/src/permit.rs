//! Who may find people, work on their records, and seal an incident.

use kernel::{Permit, Purpose, Role};

const FINDERS: &[Role] = &[
    Role::CallHandler,
    Role::Responder,
    Role::Supervisor,
    Role::Specialist,
    Role::OffenderManager,
];
const WORKERS: &[Role] = &[Role::Responder, Role::Supervisor, Role::Specialist];
const SUPERVISORS: &[Role] = &[Role::Supervisor];
const SAFEGUARDING: &[Purpose] = &[Purpose::Safeguarding];
const SUPERVISION: &[Purpose] = &[Purpose::Supervision];

/// Look for somebody.
pub const FIND: &str = "person.find.read";
/// Read a record.
pub const READ: &str = "person.read";
/// Write down what is known, merge, take apart.
pub const WORK: &str = "person.work";
/// Mark a record as a colleague's.
pub const COLLEAGUE: &str = "person.colleague";
/// See which incidents are sealed, by reference alone; seal, admit, lift, break.
pub const SEAL: &str = "seal.hold";

/// The table.
pub const PERMITS: &[Permit] = &[
    Permit::staff(FIND, FINDERS, SAFEGUARDING),
    Permit::staff(READ, FINDERS, SAFEGUARDING).and_client(),
    Permit::staff(WORK, WORKERS, SAFEGUARDING),
    Permit::staff(COLLEAGUE, SUPERVISORS, SAFEGUARDING),
    Permit::staff(SEAL, SUPERVISORS, SUPERVISION),
];
