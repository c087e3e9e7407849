//! The front door of disclosure: the public page, the board, one application from the asking to
//! the decision, and beside it the telling, the neutral answer and the yearly figures.
//! Everything here goes through `seen`: whoever must not know finds nothing.

mod call;
mod closing;
mod emergency;
mod figures;
mod seen;
mod telling;
mod telling_kept;

use ::disclosure::{PERMITS, StageTable, permit};
use engine::Parts;
use kernel::Purpose;
use ui::{Access, Capability, Hushed};

const PAGES: ui::PageTemplates = ui::page_templates!(
    "disclosure": "board", "telling", "call", "closing", "figures",
);

pub(crate) const READ: Access = Access::Staff(permit::READ, Purpose::Disclosure);
pub(crate) const WORK: Access = Access::Staff(permit::WORK, Purpose::Disclosure);
pub(crate) const APPROVE: Access = Access::Staff(permit::APPROVE, Purpose::Disclosure);
pub(crate) const TELL: Access = Access::Staff(permit::TELL, Purpose::Disclosure);

/// What the application hands in.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The force's table of stages, pauses and checks.
    pub table: StageTable,
    /// By which an emergency is graded.
    pub grades: incident::GradeTable,
}

impl Settings {
    /// The scheme's own table, and these grades.
    pub fn new(grades: incident::GradeTable) -> Self {
        Self { table: StageTable::default(), grades }
    }
}

/// The capability.
pub fn capability(settings: Settings) -> Capability {
    let mut routes = vec![];
    routes.extend(telling::routes());
    routes.extend(call::routes());
    routes.extend(closing::routes());
    routes.extend(figures::routes());
    let mut reactions = emergency::reactions(settings.grades);
    reactions.extend(telling_kept::reactions());
    Capability {
        name: "disclosure",
        routes,
        templates: Some(PAGES),
        permits: PERMITS,
        parts: Parts { models: figures::models(), reactions, ..Parts::default() },
        api: Some(figures::document()),
        matter_panels: vec![telling::PANEL],
        hushed: ["disclosure.applied.v1", "disclosure.left_for_emergency.v1"]
            .map(|first| Hushed { first, action: permit::READ, purpose: Purpose::Disclosure })
            .into(),
        ..Capability::default()
    }
}
