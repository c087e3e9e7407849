# The disclosure scheme: the public page first, then the pages of staff. The public page exists in
# Welsh too; nothing in it is a promise about what will be found.

# The public page
ask-before-title = Before you go on
ask-before-exit = To leave this page quickly, select “Exit this page” or press the Shift key 3 times.
ask-before-history = Leaving does not erase this page from your browser history. Somebody who looks could see that it was opened.
ask-before-device = If somebody else can look at this phone or computer, use another one, or a private window.
ask-before-phone = You can also telephone us instead. You do not have to use this page.
ask-danger = Is anybody in danger now?
ask-now-title = Call 999 now
ask-now-silent = If you cannot speak on a mobile, call 999 and press 55 when you are asked to.
ask-now-contact = Or let us come to you
ask-now-contact-text = Give us a number or a place. We act on it at once, as an emergency.
ask-name-now = Name of the person in danger
ask-phone-now = A telephone number
ask-where-now = Where is it?
ask-what-now = What is happening?
ask-send-help = Send help
ask-who = Who are you asking for?
ask-who-self = For myself
ask-who-other = For somebody I worry about
ask-form-title = What we need to know
ask-you = About you
ask-name = Your full name
ask-date-of-birth = Your date of birth
ask-date-hint = Day, month and year, like 31 3 1990
ask-phone = A telephone number that is safe
ask-phone-hint = One that nobody else answers. Leave it empty if there is none.
ask-email = An e-mail address that is safe
ask-email-hint = One that nobody else reads. Leave it empty if there is none.
ask-times = When is it safe to reach you?
ask-times-hint = For example: weekdays between 9 and 12
ask-safe-words = What should we say if somebody else answers?
ask-safe-words-hint = You can leave this empty. We never say why we call.
ask-relation = What are you to the person you worry about?
ask-at-risk = About the person you worry about
ask-name-other = Their full name
ask-date-of-birth-other = Their date of birth, if you know it
ask-address-other = Where they live, if you know it
ask-subject = About the person you ask about
ask-subject-name = Their full name
ask-subject-date-of-birth = Their date of birth, if you know it
ask-subject-address = Where they live, if you know it
ask-subject-relationship = What are they to you?
ask-subject-relationship-other = What are they to the person you worry about?
ask-concern = What worries you?
ask-children = Are there children?
ask-children-hint = One on each line: name and age. You can leave this empty.
ask-show-reference = Do you want a reference at the end?
ask-show-reference-hint = You do not need one. Somebody could find it if you write it down.
ask-promise = We do not tell the person you ask about that you asked.
ask-send = Send
ask-called-title = We have it
ask-called = We are dealing with it as an emergency now. If things change, call 999.
ask-done-title = We have it
ask-done = We will contact you in the way you said is safe. You do not have to keep or write down anything.
ask-done-again = You can close this page now. To clear it from your history as well, use your browser’s settings.
ask-reference = Your reference is { $reference }. It is shown only here and only now.
ask-busy = Too many people are using this page at the moment. What you typed is still here. Try again in a minute, or telephone us.
ask-refused = We could not take this as it is. Please telephone us.
ask-need-danger = Choose yes or no
ask-need-where = Enter a number or a place, so that somebody can come
ask-need-who = Choose who you are asking for
ask-need-name = Enter the name
ask-need-date-of-birth = Enter the date of birth
ask-need-contact = Enter a telephone number or an e-mail address that is safe
ask-need-times = Enter when it is safe
ask-need-person-at-risk-name = Enter the name of the person at risk
ask-need-subject-name = Enter the name of the person you ask about
ask-need-subject-relationship = Enter what they are to the person at risk
ask-need-concern = Write what worries you, in a few words at least
ask-need-proposer = Enter which officer or agency proposes it
ask-wrong-date = Enter a date as day, month and year, like 31 3 1990
ask-wrong-phone = Enter a telephone number with at least seven digits
ask-wrong-email = Enter an e-mail address with an @
ask-too-long = This is too long. Shorten it.

# The left rail
nav-disclosures = Disclosures
nav-disclosure-new = Right to Ask

# The board
disclosure-board-title = Disclosures
disclosure-new = Take an application
disclosure-propose = Propose to tell
disclosure-find = Find
disclosure-figures = Figures
disclosure-figure-open = open
disclosure-figure-late = late
disclosure-figure-soon = warned
disclosure-figure-paused = paused
disclosure-figure-waits = wait for a second person
disclosure-filter = What is shown
disclosure-show-all = Everything
disclosure-show-late = Late
disclosure-show-soon = Warned
disclosure-show-paused = Paused
disclosure-show-waits = Second person
disclosure-none = No application is open
disclosure-none-text = One that comes in from the public page, the telephone or an agency stands here at once.
disclosure-none-here = None of the open applications is like that
disclosure-none-here-text = Another filter may show some.
disclosure-ended = Ended lately
disclosure-eats = { $count ->
    [0] Most time so far: { $stage }, less than a day
    [one] Most time so far: { $stage }, 1 day
   *[other] Most time so far: { $stage }, { $count } days
}
disclosure-days-left = { $count ->
    [one] 1 day left
   *[other] { $count } days left
}
disclosure-days-over = { $count ->
    [one] 1 day over
   *[other] { $count } days over
}
disclosure-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
disclosure-last-day = Last day
disclosure-after-days = { $count ->
    [0] The same day
    [one] After 1 day
   *[other] After { $count } days
}
disclosure-bar = { $left }. Most of the time went to: { $stage }.
disclosure-overdue = Overdue
disclosure-warned = Day { $day } has come
disclosure-stage-late = Stage late
disclosure-paused = Paused
disclosure-waits = Waits for a second person
disclosure-agreed = Agreed
disclosure-refused = Refused

# Codes
disclosure-route-ask_self = Right to Ask
disclosure-route-ask_third_party = Right to Ask, for somebody else
disclosure-route-know = Right to Know
disclosure-entry = Came in by
disclosure-entry-public = Public page
disclosure-entry-telephone = Telephone
disclosure-entry-api = Another system
disclosure-entry-officer = An officer
disclosure-entry-agency = An agency
disclosure-stage = Stage
disclosure-stage-initial = First contact and checks
disclosure-stage-conversation = Safe conversation
disclosure-stage-checks = Full checks and risk
disclosure-stage-decision = Decision
disclosure-stage-telling = Telling or closing
disclosure-state-done = Done
disclosure-state-now = Now
disclosure-state-left = To come
disclosure-channel-video = Video
disclosure-channel-in_person = In person
disclosure-channel-telephone = Telephone
disclosure-group-police_national = National police systems
disclosure-group-local = Local intelligence
disclosure-group-partner = Partner agencies
disclosure-check-national_computer = National police computer
disclosure-check-local_records = Local records
disclosure-check-national_database = National police database
disclosure-check-offender_register = Register of violent and sexual offenders
disclosure-check-local_intelligence = Local intelligence
disclosure-check-probation = Probation
disclosure-check-children_services = Children’s services
disclosure-check-specialist_service = Specialist service
disclosure-pause-unreachable_safely = She cannot be reached safely
disclosure-pause-awaiting_identity = Waiting for proof of who she is
disclosure-pause-awaiting_other_force = Waiting for another force
disclosure-pause-asked_to_wait = She asked to wait
disclosure-level-standard = Standard
disclosure-level-medium = Medium
disclosure-level-high = High
disclosure-outcome = What do you propose?
disclosure-outcome-disclose = Tell her
disclosure-outcome-no_disclosure = No disclosure
disclosure-recipient = Who is told
disclosure-recipient-person_at_risk = The person at risk
disclosure-recipient-third_party = The third party who asked
disclosure-recipient-somebody_else = Somebody else who can keep her safe
disclosure-end-made = Disclosed
disclosure-end-decided = Closed: no disclosure
disclosure-end-withdrawn = Closed: withdrawn
disclosure-end-not_in_scheme = Closed: not for the scheme
disclosure-end-unreachable = Closed: not reached safely
disclosure-end-duplicate = Closed: duplicate
disclosure-end-undertaking_refused = Closed: undertaking refused
disclosure-end-emergency = Closed: dealt with as an emergency
disclosure-who-applicant = Who asks
disclosure-who-at_risk = Person at risk
disclosure-who-subject = Whom it is about

# Taking one
disclosure-new-title = Right to Ask, on the telephone
disclosure-propose-title = Right to Know: propose to tell
disclosure-gate = First
disclosure-danger-now = Is anybody in danger now?
disclosure-danger-now-hint = Yes makes an incident at once. Nothing else need be filled in but where, a number and what is said.
disclosure-where-now = Where is it?
disclosure-asks = Who is it asked for?
disclosure-asks-self = For the caller
disclosure-asks-other = For somebody else
disclosure-proposes = Who proposes it?
disclosure-proposes-officer = An officer
disclosure-proposes-agency = An agency
disclosure-proposer = Name and team, or agency
disclosure-proposer-hint = Who can be asked about it
disclosure-name = Full name
disclosure-date-of-birth = Date of birth
disclosure-phone = Telephone number
disclosure-safe-phone = Safe telephone number
disclosure-safe-email = Safe e-mail address
disclosure-times = When it is safe
disclosure-times-hint = Days and hours, as said
disclosure-place = Safe place
disclosure-safe-words = What to say if somebody else answers
disclosure-relation = Relation to the person at risk
disclosure-relation-hint = Only if the caller asks for somebody else
disclosure-at-risk-hint = Only if it is asked for somebody else
disclosure-address = Address
disclosure-relationship = What they are to the person at risk
disclosure-concern = What worries them
disclosure-children = Children
disclosure-children-hint = One on each line: name and age
disclosure-language = Language in which she is told
disclosure-conflicts-new = Colleagues who must not know
disclosure-conflicts-hint = Whoever manages the subject, or knows one of them. For them it will not exist.
disclosure-take = Take the application
disclosure-take-note = The 28 days begin now.
disclosure-taken = The application is in
disclosure-taken-text = A disclosure officer has it now.
disclosure-taken-say = Say that we will be in touch in the way that is safe. Do not say what will happen with it.
disclosure-taken-danger = An incident was made
disclosure-taken-danger-text = It stands on the control room’s board, Immediate. Stay on the line.

# Finding
disclosure-find-title = Find applications
disclosure-find-text = By first and last name with the date of birth, or by a number. Each one shown is noted.
disclosure-find-name = First and last name
disclosure-find-none = Nothing found
disclosure-find-none-text = No application names this person.

# One application
disclosure-erased = What was said has been erased
disclosure-erased-text = Its time is up. What is left names nobody.
disclosure-overdue-text = Most of the time went to: { $stage }.
disclosure-warned-text = Time runs out. Most of it went to: { $stage }.
disclosure-paused-total = All clocks stand still until { $day } at the latest.
disclosure-paused-stage = The clock of the stage stands still until { $day } at the latest; the days in all go on.
disclosure-specialist-owed = High risk
disclosure-specialist-owed-text = The conference of agencies and an independent adviser are owed to her now.
disclosure-figure-left = days left
disclosure-figure-took = days in all
disclosure-figure-stage = stage now
disclosure-figure-eats = took the most
disclosure-last-day-is = Last day
disclosure-recording = Recording
disclosure-identity = Identity proved
disclosure-people = People
disclosure-related = Other applications that name them
disclosure-stages = Stages
disclosure-stage-state = State
disclosure-took = Took
disclosure-due = Due
disclosure-stage-complete = Complete: { $stage }
disclosure-contact = Contact
disclosure-contact-how = How did you talk?
disclosure-identity-proved = Proved who she is
disclosure-contact-note = What was said
disclosure-contact-record = Record contact
disclosure-pause = Pause
disclosure-pause-why = Why does the clock stand still?
disclosure-pause-total = { $count ->
    [one] All clocks, 1 day at most
   *[other] All clocks, { $count } days at most
}
disclosure-pause-stage = { $count ->
    [one] The stage’s clock only, 1 day at most
   *[other] The stage’s clock only, { $count } days at most
}
disclosure-pause-note = What happened
disclosure-resume = Go on
disclosure-departures = Departures from the table
disclosure-departures-none = None was asked for.
disclosure-depart = What departs?
disclosure-depart-skip = Leave out: { $stage }
disclosure-depart-extend = More days in all
disclosure-depart-extend-by = { $count ->
    [one] 1 day more in all
   *[other] { $count } days more in all
}
disclosure-depart-days = How many days ({ $count } at most)
disclosure-depart-ask = Ask for it
disclosure-two-people = A second person must approve.
disclosure-agree = Agree
disclosure-refuse = Refuse
disclosure-refuse-why = Why not
disclosure-reason = Reason
disclosure-checks = Checks
disclosure-check-skipped = Left out
disclosure-check-holds = The stage waits for it
disclosure-check-unasked = Not asked yet
disclosure-check-waits = Waits for an answer
disclosure-check-asked = Asked { $when }
disclosure-check-ask = Ask
disclosure-check-ask-again = Ask again
disclosure-check-answer = What came back?
disclosure-check-nothing = Nothing found
disclosure-check-something = Something found
disclosure-check-result = What was found
disclosure-check-record = Record the answer
disclosure-check-skip = Leave it out
disclosure-risk = Risk
disclosure-risk-none = Not assessed yet.
disclosure-risk-concern = Is there a concern?
disclosure-concern-yes = Concern
disclosure-concern-no = No concern
disclosure-risk-level = How great is the risk?
disclosure-risk-record = Record the risk
disclosure-decision = Decision
disclosure-decision-none = None was proposed yet.
disclosure-decision-write = Write the decision
disclosure-decision-text = The panel and the second person read this exactly as you write it.
disclosure-decision-propose = Put it to the panel
disclosure-decision-not-yet = No decision is due here
disclosure-decision-not-yet-text = Checks and risk come first; after the words are told nothing is decided any more.
disclosure-sent-back = Sent back
disclosure-approved-by = Approved by { $name }
disclosure-votes = Votes that count: { $agreed } for, { $against } against
disclosure-vote = Vote
disclosure-vote-yes = For
disclosure-vote-no = Against
disclosure-vote-author = You wrote some of it: your vote is kept and does not count.
disclosure-agency-vote = Record an agency’s vote
disclosure-agency = Agency
disclosure-agency-name = Who votes for it
disclosure-agency-said = They are
disclosure-ground-pressing_need = Pressing need
disclosure-ground-pressing_need-hint = Why she must know now
disclosure-ground-necessity = Necessity
disclosure-ground-necessity-hint = Why nothing less would do
disclosure-ground-proportionality = Proportionality
disclosure-ground-proportionality-hint = Why it is no more than is needed
disclosure-ground-subject_rights = His rights
disclosure-ground-subject_rights-hint = What weighs for him, and how it was weighed
disclosure-tell-subject = Is he told?
disclosure-tell-subject-why = Why so
disclosure-recipient-words = Who that is, and why
disclosure-words = The exact words
disclosure-words-hint = Read out word for word. Leave it empty when there is no disclosure: then the neutral answer is given.
disclosure-words-change = Change the words
disclosure-words-change-hint = Whatever was approved is void then.
disclosure-words-exact = These words, version { $version }, will be read out word for word.
disclosure-words-neutral = Nobody is told anything. Whoever asked hears the neutral answer.
disclosure-authors = Written by
disclosure-approval = Approve the decision
disclosure-approval-author = You wrote some of it. Somebody else approves it.
disclosure-approval-read = I have read all of it, word for word
disclosure-approve = Approve
disclosure-send-back = Send it back
disclosure-send-back-why = What must change
disclosure-call = Video call
disclosure-telling = Telling
disclosure-closing = Answer and close
disclosure-danger = Danger now
disclosure-danger-open = Somebody is in danger
disclosure-danger-text = Makes an incident at once. The application goes on; the incident does not name it.
disclosure-danger-words = What is said
disclosure-danger-raise = Make an incident now
disclosure-conflicts = Who must not know
disclosure-conflicts-text = For these colleagues the application does not exist.
disclosure-conflicts-none = Nobody is kept out.
disclosure-conflict-who = Colleague
disclosure-conflict-choose = Choose
disclosure-conflict-declare = Keep out
disclosure-conflict-lift = Let in again
disclosure-history = History

# What happened
disclosure-did-applied = Application
disclosure-did-left-for-emergency = Left the scheme as an emergency
disclosure-did-danger-raised = Danger: an incident was made
disclosure-did-contact-held = Contact
disclosure-did-check-asked = Check asked
disclosure-did-check-answered = Check answered
disclosure-did-check-skipped = Check left out
disclosure-did-stage-completed = Stage completed
disclosure-did-risk-assessed = Risk assessed
disclosure-did-paused = Paused
disclosure-did-resumed = Went on
disclosure-did-deviation-requested = Departure asked for
disclosure-did-deviation-approved = Departure agreed
disclosure-did-deviation-refused = Departure refused
disclosure-did-decision-proposed = Decision proposed
disclosure-did-voted = Vote
disclosure-did-words-changed = Words changed
disclosure-did-decision-approved = Decision approved
disclosure-did-decision-sent-back = Decision sent back
disclosure-did-telling-started = Telling began
disclosure-did-identity-confirmed = Identity confirmed
disclosure-did-safety-answered = Asked whether safe and alone
disclosure-did-undertaking-given = Undertaking given
disclosure-did-undertaking-refused = Undertaking refused
disclosure-did-reconsideration-proposed = Reconsideration proposed
disclosure-did-reconsidered = Reconsidered
disclosure-did-line-read = Line read out
disclosure-did-words-told = Words told
disclosure-did-acknowledged = She has understood
disclosure-did-safety-plan-made = Safety plan
disclosure-did-specialist-referred = Specialist service offered
disclosure-did-telling-interrupted = Telling interrupted
disclosure-did-made = Disclosure made
disclosure-did-notice-given = Neutral answer given
disclosure-did-notice-withheld = No answer could be given safely
disclosure-did-closed = Closed
disclosure-did-conflict-declared = A colleague is kept out
disclosure-did-conflict-lifted = A colleague is let in again
disclosure-did-warned = Warning: day
disclosure-did-fell-overdue = Overdue: day
disclosure-did-stage-fell-overdue = Stage overdue
