# Plans for people who do harm, and the list for proactive teams. Staff only.

nav-perpetrators = Perpetrators

promise-perpetrator-review = Look at a plan whole
promise-perpetrator-action = An action of a plan
promise-perpetrator-programme = A programme completed or failed
promise-perpetrator-condition = Say whether he kept a condition
promise-perpetrator-breach = Decide about a breach

perpetrators-title = Perpetrators
perpetrators-kicker = Counted by table { $version }
perpetrators-csv = As a file
perpetrators-filter = Which of them
perpetrators-show-all = All
perpetrators-show-serial = Serial
perpetrators-show-high = High harm
perpetrators-show-plan = With a plan
perpetrators-show-none = Without a plan
perpetrators-show-late = Late
perpetrators-order = An order, not a verdict
perpetrators-order-text = It counts what was said and recorded, so that a team knows whom to look at first. It is no finding about anybody, and nothing is decided by it.
perpetrators-late = { $count ->
    [one] One plan owes something that is late
   *[other] { $count } plans owe something that is late
 }
perpetrators-figure-all = on the list
perpetrators-figure-serial = with { $victims } victims or more
perpetrators-figure-high = with { $points } points or more
perpetrators-figure-none = without a plan
perpetrators-cut = Only the first are shown. Choose which of them.
perpetrators-points = { $count ->
    [one] 1 point
   *[other] { $count } points
 }
perpetrators-unknown = { $count ->
    [one] 1 not known
   *[other] { $count } not known
 }
perpetrators-serial = Serial
perpetrators-planned = Plan
perpetrators-no-plan = No plan
perpetrators-breach = Breach undecided
perpetrators-none = Nobody is on the list
perpetrators-none-text = Whoever is named by several victims, or of whom much harm was said, appears here; and whoever has a plan.
perpetrators-none-here = Nobody like this is on the list

perpetrator-person = The person
perpetrator-incidents = Incidents as the suspect
perpetrator-incidents-none = None that you can open.

harm-title = Harm that was said
harm-text = Table { $version }; { $points } points or more put somebody on the list. It orders a list, and is no finding about him.
harm-what = What
harm-when = When
harm-points = Points
harm-age = Still counts
harm-adds = Adds
harm-always = at any time
harm-unknown = not known
harm-none = Nothing was recorded.
harm-was-crime = Crime
harm-was-breach = Order breached
harm-was-high_risk = Risk graded high
harm-was-undecided = Not decided whether it is a crime
harm-was-victim = Every different victim

strategy-prosecution = Prosecution
strategy-prevention = Prevention
strategy-education = Education
strategy-alternative = Alternative outcome
why-serial = Several victims
why-high_harm = Much harm
why-conference = Agencies asked for it
why-officer = An officer asked for it
why-other = Something else
came-open = –
came-attended = came
came-excused = excused
came-absent = absent
holding-holds = Holds
holding-ran_out = Its day came: did he keep it?
holding-kept = Kept
holding-breached = Breached
holding-decided = Decided
decision-prosecute = Prosecute for the offence
decision-vary = Change the condition
decision-no_action = No action
outcome-reached = What it aimed at was reached
outcome-prison = In prison
outcome-transferred = With another force
outcome-nothing_more = It does nothing more
outcome-died = Died

safety-asked = Are those he harmed safe?
safety-yes = Yes, as far as is known
safety-no = No
safety-how = How it is known, and what they were told
safety-safe = They are safe
safety-not = Not safe

plan-open = Open a plan
plan-open-text = One person, one plan. You answer for it, and it is looked at whole every { $days } days.
plan-none = No plan
plan-none-text = An offender manager opens one.
plan-choose = Choose
plan-why-open = Why
plan-in-words = In words
plan-now = The plan
plan-since = Since
plan-owner = Answers for it
plan-review-due = Looked at by
plan-review-missed = Nobody has looked at this plan in time
plan-take = I answer for it
plan-why = Why
plan-gone = Erased when its time was up
plan-closed-on = Closed on { $day }
plan-strategies = Strategies
plan-strategies-none = None yet. Begin with one.
plan-strategy-set = Make a strategy part of it
plan-strategy = Strategy
plan-aim = What it is to reach
plan-runs = Runs
plan-over = Over
plan-end = End it
plan-result = What came of it
plan-actions = Actions
plan-actions-none = Nothing is owed.
plan-action-set = Set an action
plan-what = What
plan-who = Who
plan-police = The police
plan-by = By the end of
plan-by-day = by { $day }
plan-owed = Owed
plan-done = Done
plan-dropped = Dropped
plan-done-it = It is done
plan-drop-it = Drop it
plan-programmes = Programmes
plan-programmes-none = He is on none.
plan-programme-set = Put him on a programme
plan-provider = Provider
plan-how-many = Sessions
plan-sessions = Sessions
plan-attended = Sessions attended
plan-attended-of = came to { $came } of { $sessions }
plan-completed = Completed
plan-failed = Failed
plan-complete-it = He completed it
plan-fail-it = He failed it
plan-session = Record a session
plan-session-number = Session
plan-held = Held on
plan-came = Did he come?
plan-session-note = What the provider says
plan-conditions = Conditions of a caution
plan-conditions-none = None.
plan-condition-set = Set a condition
plan-condition = What he must or must not do
plan-condition-until = Until the end of
plan-until = until { $day }
plan-kept-it = He kept it
plan-breached-it = He broke it
plan-known-how = How it is known
plan-breach-what = How
plan-breaches = { $count ->
    [one] broken once
   *[other] broken { $count } times
 }
plan-decide = Decide
plan-decide-by = to decide
plan-decision = What is done about it
plan-varied-until = If changed, until the end of
plan-looks = Reviews and contacts
plan-looks-none = Nobody has looked at it yet.
plan-review = Review the plan
plan-reviewed = Reviewed
plan-finding = What you found
plan-contact = Note a contact with him
plan-contact-text = First whether those he harmed are safe: he will know that the police are looking.
plan-contact-words = What was said
plan-spoke = Spoken with
plan-close = Close the plan
plan-outcome = How it ended
