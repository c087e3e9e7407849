//! Whole calls in rehearsal: invented people go from report to outcome over the public HTTP
//! interface and real media, and what they saw becomes figures. A client like any other: it
//! knows nothing of the service but its addresses and forms.
//! Read: handler, caller, officer (the three actors), call (one call), rehearsal (many); and
//! applicant, discloser, disclosure (one application), forgetting (many, and their end); and
//! weekend_case (one incident after the call), weekend (many, and the board of promises).

mod alive;
mod applicant;
mod call;
mod caller;
mod card;
mod clock;
mod discloser;
mod disclosure;
pub mod figures;
mod forgetting;
mod forgot;
mod handler;
pub mod limits;
mod machine;
mod officer;
pub mod picture;
mod process;
mod recording;
mod rehearsal;
mod report;
mod room;
mod server;
mod statistics;
mod tally;
mod watch;
mod web;
mod weekend;
mod weekend_case;

pub use alive::keep_alive;
pub use call::Played;
pub use disclosure::Disclosed;
pub use forgetting::{Certified, Forgotten, applications};
pub use forgot::Forgot;
pub use machine::Machine;
pub use process::Process;
pub use recording::Judged;
pub use rehearsal::{Plan, Stage, journal, rehearse};
pub use report::Report;
pub use server::Server;
pub use statistics::Percentiles;
pub use tally::Tally;
pub use watch::Watch;
pub use web::Site;
pub use weekend::Weekend;

/// Why an actor could not go on. Names the step, never a person, a link or an address.
#[derive(Debug, thiserror::Error)]
pub enum Stumble {
    /// No answer at all.
    #[error("{0}: no answer")]
    Unreachable(&'static str),
    /// An answer that is no yes.
    #[error("{0}: answered {1} {2}")]
    Answered(&'static str, u16, String),
    /// Something is not in the answer.
    #[error("{0}: the answer has not {1}")]
    Missing(&'static str, &'static str),
    /// It took too long.
    #[error("{0}: took too long")]
    Late(&'static str),
    /// The room did not let somebody in.
    #[error("{0}: {1}")]
    Media(&'static str, room_peer::PeerFault),
    /// The server is gone.
    #[error("the server ended with a fault; its log is server.log in its data directory")]
    Gone,
}
