//! Why something may not be, in words for an officer at 3 a.m. Each names the rule.

use calendar::NoCalendar;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such application, or not for this person: the two look alike.
    #[error("There is no such application.")]
    NotFound,
    /// Twice.
    #[error("This application is in already.")]
    AlreadyApplied,
    /// The gate.
    #[error("Ask first whether anybody is in danger now.")]
    EmergencyGateFirst,
    /// It became an incident.
    #[error("This left the scheme as an emergency. Work on it as an incident.")]
    LeftTheScheme,
    /// Over.
    #[error("This application has ended. Nothing can be added.")]
    Ended,
    /// The way in does not fit the route or who hands it in.
    #[error("This application cannot come in this way.")]
    WrongEntry,
    /// Only staff.
    #[error("Only an officer may do this.")]
    StaffOnly,
    /// A field is empty.
    #[error("Fill this in: {}.", .0.replace('_', " "))]
    Missing(&'static str),
    /// A field is too long.
    #[error("This is too long: {}.", .0.replace('_', " "))]
    TooLong(&'static str),
    /// No day of any calendar.
    #[error("Write the date of birth as year, month, day: {}.", .0.replace('_', " "))]
    NotADate(&'static str),
    /// No safe way.
    #[error("Enter a number or an address that is safe, and when it is safe.")]
    NoSafeContact,
    /// A third party, but nobody at risk.
    #[error("Say who is at risk.")]
    NobodyAtRisk,
    /// A limit of the application.
    #[error("This application has as many of these as it may have.")]
    TooMany,
    /// The force's table cannot be worked with.
    #[error("The table of stages cannot be used. Tell the administrator.")]
    TableUnsound,
    /// A year of which no holidays are known.
    #[error("{0}")]
    NoCalendar(#[from] NoCalendar),
    /// Not at this stage.
    #[error("This is not the stage for it. See where the application stands.")]
    WrongStage,
    /// The clock stands still.
    #[error("The application is paused. Let it go on first.")]
    Paused,
    /// It does not.
    #[error("The application is not paused.")]
    NotPaused,
    /// No reason of the table.
    #[error("The rules permit no pause for that reason.")]
    PauseNotPermitted,
    /// No such kind.
    #[error("There is no such kind of check.")]
    UnknownCheck,
    /// No such check, or it was answered.
    #[error("That check is not open.")]
    CheckNotOpen,
    /// A stage with checks that wait.
    #[error("A check of this stage is open. Answer it, or say why it is left out.")]
    ChecksOpen,
    /// Nobody was reached.
    #[error("Record that she was reached safely first.")]
    ContactFirst,
    /// Nobody knows who she is.
    #[error("Record the safe conversation and the proof of who she is first.")]
    IdentityFirst,
    /// No assessment.
    #[error("Assess the risk first.")]
    RiskFirst,
    /// One person as two.
    #[error("Two people are needed: somebody who wrote none of it must approve.")]
    TwoPeople,
    /// Not waiting.
    #[error("That is not waiting for an answer.")]
    NotWaiting,
    /// Out of range.
    #[error("That departure cannot be asked: only the present stage, or up to 28 days.")]
    DeviationWrong,
    /// No concern, and yet a disclosure.
    #[error("No concern was found: there is nothing to disclose.")]
    NoConcern,
    /// Told already.
    #[error("The words have been told. They cannot be changed.")]
    AlreadyTold,
    /// Nothing proposed, or another one since.
    #[error("That decision is not before the panel any more.")]
    NoDecision,
    /// Nobody else voted for it.
    #[error("Somebody besides the author must have voted for it, and more for it than against.")]
    PanelNotFor,
    /// Other words.
    #[error("The words have changed since. Read them again.")]
    WordsChanged,
    /// Not approved.
    #[error("Two people must have decided to tell, with these words. That is not so.")]
    NotApproved,
    /// The call.
    #[error("A disclosure by video needs its call, and no other has one.")]
    CallWrong,
    /// It runs.
    #[error("The telling has begun already.")]
    AlreadyTelling,
    /// It does not.
    #[error("The telling has not begun.")]
    NotTelling,
    /// First, who.
    #[error("Confirm first that it is she.")]
    ConfirmIdentityFirst,
    /// Not safe or not alone.
    #[error("Ask whether she is safe and alone. Without both, tell nothing.")]
    NotSafeAndAlone,
    /// Too long ago.
    #[error("Her answer that she is safe and alone is older than ten minutes. Ask again.")]
    SafetyStale,
    /// No undertaking.
    #[error("Ask for the undertaking first.")]
    UndertakingFirst,
    /// Refused.
    #[error("She did not give the undertaking. Two people must decide anew whether to tell.")]
    ReconsiderFirst,
    /// Decided not to.
    #[error("Two people decided not to tell without the undertaking.")]
    DecidedNotToTell,
    /// Other version or no such line.
    #[error("That line is not in the script as it stands.")]
    NoSuchLine,
    /// Lines left.
    #[error("Some lines of this part of the script have not been read out.")]
    LinesFirst,
    /// Other words than the approved ones.
    #[error("These are not the words that were approved. Read out only those.")]
    WordsAltered,
    /// Not told.
    #[error("The words have not been told.")]
    NotTold,
    /// Not understood.
    #[error("Ask first whether she has understood, and record what she says.")]
    AcknowledgeFirst,
    /// No plan.
    #[error("Make a safety plan with her first.")]
    SafetyPlanFirst,
    /// No offer.
    #[error("Offer her a specialist service first, and record her answer.")]
    SpecialistFirst,
    /// Somebody waits for an answer.
    #[error("Whoever asked has had no answer. Give the neutral one, or say why it is not safe.")]
    AnswerFirst,
    /// Another text.
    #[error("Only the approved text may be told, word for word.")]
    NotTheApprovedText,
    /// The reason needs a decision.
    #[error("That needs a decision by two people first.")]
    DecisionFirst,
    /// It was decided to tell.
    #[error("It was decided to tell her. Tell her, or have it decided anew.")]
    DecidedToTell,
    /// Themself.
    #[error("You cannot do this for yourself.")]
    NotForYourself,
}
