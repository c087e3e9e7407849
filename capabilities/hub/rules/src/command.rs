//! What can be asked of the hub.

use crate::event::Reason;
use crate::hours::Hours;
use kernel::At;
use kernel::id::StaffId;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Set the week's hours.
    SetHours { hours: Hours },
    /// Open outside the hours.
    Open { reason: Reason, until: Option<At> },
    /// Close within them.
    Close { reason: Reason, until: Option<At> },
    /// Go by the hours again.
    ResumeHours,
    /// Come on.
    StartShift { staff: StaffId, name: String },
    /// Go off.
    EndShift { staff: StaffId },
    /// Take a call. Whoever takes one is on shift, whatever was said before.
    TakeCall { staff: StaffId, call: String },
    /// Have no call any more.
    LeaveCall { call: String },
    /// Rest.
    StartBreak { staff: StaffId },
    /// Come back.
    EndBreak { staff: StaffId },
}
