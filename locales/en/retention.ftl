# What is kept, what is held, what went. Staff only; what a class means is also said to the
# officer before a call ends: `retention-class-<class>-means`.

nav-retention = Retention
retention-title = What is kept
retention-open = Open
retention-somebody = a colleague

# Nouns
retention-noun-incident = Incident
retention-noun-call = Call
retention-noun-recording = Recording
retention-noun-investigation = First account
retention-noun-risk = Risk assessment
retention-noun-safeguarding = Safeguarding
retention-noun-referral = Referral
retention-noun-arrest = Arrest request
retention-noun-review = Review
retention-noun-perpetrator = Offender record
retention-noun-application = Application
retention-noun-disclosure = Disclosure
retention-noun-survey = Survey
retention-noun-person = Person
retention-noun-staff = Account
retention-noun-other = Record

# Classes
retention-class = Class
retention-class-casework = Casework
retention-class-casework-means = The record of the incident: kept six years, then looked at again.
retention-class-access-log = Access log
retention-class-access-log-means = Who looked at what. It outlives what they looked at, because misuse is found late.
retention-class-service = Settings
retention-class-service-means = Hours and settings. Nobody is named in them.
retention-class-location = Where she was
retention-class-location-means = Her place, if she shared it: needed while a patrol can use it, and no longer.
retention-class-chat = Chat
retention-class-chat-means = What was written in the call: it goes when the recording goes.
retention-class-call-recording = Recording of a response
retention-class-call-recording-means = Picture and sound of the call. It goes by itself. What must become evidence is promoted before that day, by two people.
retention-class-disclosure-recording = Recording of a disclosure
retention-class-disclosure-recording-means = Kept in case what was told is misused. It goes within 30 days by itself; only a hold by two people stops that.
retention-class-application = Application without a disclosure
retention-class-application-means = An application that ended without a disclosure. It goes after a year.
retention-class-survey = Survey
retention-class-survey-means = What she thought of the service. It goes after a year.
retention-class-evidence = Evidence
retention-class-evidence-means = Made evidence by two people, for a reason: kept six years, then looked at again.
retention-class-retention-record = Record of holds
retention-class-retention-record-means = Who kept what longer, and why. It outlives what it kept.
retention-class-hold = Hold that ended
retention-class-hold-means = What a hold kept past its day, and what went when it ended.
retention-class-other = Other
retention-class-other-means = A class without words of its own.

# The page
retention-figure-week = go within 7 days
retention-figure-held = holds stand
retention-figure-waiting = wait for a second person
retention-figure-overdue = reviews overdue
retention-figure-sealed = sealed, not destroyed
retention-sealed = { $class }: unreadable, but not destroyed yet
retention-sealed-why-ahead = The wall clock is ahead of the time that has passed. Nothing is destroyed until the clocks agree. Tell the operator.
retention-sealed-why-behind = The wall clock is behind the time that has passed. Nothing is destroyed until the clocks agree. Tell the operator.
retention-sealed-why-restarted = The machine was started anew, and nobody keeps its clock right. Nothing is destroyed until two people have looked at the clock.
retention-sealed-why-store_differs = The journal's store says another time. Nothing is destroyed until the clocks agree. Tell the operator.
retention-sealed-why-unknown = Its clocks disagree. Nothing is destroyed until they agree. Tell the operator.
retention-residue = { $class }: { $count ->
    [one] one piece of residue was found
   *[other] { $count } pieces of residue were found
}
retention-residue-text = Something that should be gone was found in a file. Tell the operator now.
retention-failed = { $what } { $reference } is not kept
retention-failed-one = Not everything under this is kept
retention-failed-text = { $count ->
    [one] Its day came before it could be kept. It cannot be read any more.
   *[other] The day of { $count } of its keys came before they could be kept. They cannot be read any more.
}
retention-overdue = Review overdue: { $what } { $reference }
retention-overdue-one = The review of this hold is overdue
retention-overdue-text = { $count ->
    [0] The hold goes on. Two people must look at it again.
    [one] The hold goes on. Nobody has looked at it for a day. Two people must.
   *[other] The hold goes on. Nobody has looked at it for { $count } days. Two people must.
}
retention-waiting = Waiting for a second person
retention-waiting-none = Nothing waits
retention-waiting-none-text = Holds and promotions that somebody proposed show here until somebody else answers.
retention-case-hold = { $what } { $reference }: hold
retention-case-promotion = { $what } { $reference }: evidence
retention-asked-place = Proposed by { $by }
retention-asked-review = { $by } asks to keep it on
retention-asked-end = { $by } asks to end it
retention-ahead = What goes in the next 35 days
retention-ahead-label = Keys that are destroyed on each of the next 35 days: { $count } in all. The table has the figures.
retention-ahead-none = Nothing goes in the next 35 days
retention-ahead-none-text = What is recorded from now on shows here with its day.
retention-bar = { $day }: { $count }
retention-today = Next day
retention-week = 7 days
retention-month = 35 days
retention-first = First goes
retention-held = Held, and made evidence
retention-held-none = Nothing is held
retention-held-none-text = A hold is proposed from the page of a recording or an incident.
retention-what = What
retention-why = Why
retention-until = Until
retention-state = State
retention-late = review overdue
retention-gone = What went
retention-gone-none = Nothing has gone yet
retention-gone-none-text = When a day's key is destroyed, it shows here with its certificate.
retention-due = Its day came
retention-at = Gone
retention-keys = Keys destroyed
retention-objects = Objects deleted
retention-certificate = Certificate
retention-certificate-of = Certificate: { $class }, { $day }
retention-being-erased = being erased

# Marks and stages
retention-mark-proposed = proposed
retention-mark-asked = not kept yet
retention-mark-kept = kept
retention-mark-failed = not kept
retention-mark-let-go = let go
retention-stage-proposed = Proposed
retention-stage-placed = Stands
retention-stage-made = Evidence
retention-stage-declined = Declined
retention-stage-ended = Ended

# Proposing
retention-new-hold = Propose a hold
retention-new-hold-text = A hold stops the clock for what you choose, until two people end it. Somebody looks at it again on the day you set.
retention-new-promotion = Propose evidence
retention-new-promotion-text = What becomes evidence is kept for six years, and is not taken back.
retention-new-none = Nothing to keep
retention-new-none-text = Open the recording or the incident and choose Hold there. What is gone cannot be held.
retention-gone-already = { $what } { $reference }: its day has come
retention-gone-already-text = It cannot be read any more and cannot be held.
retention-things = What is to be kept
retention-item = { $what } { $reference }
retention-item-hint = { $class }, goes on { $day }.
retention-item-kept = Something else keeps it longer.
retention-ground = On what ground
retention-ground-court = Asked for by a court, a coroner or a prosecutor
retention-ground-complaint = A complaint or a misconduct matter
retention-ground-misuse = What was told may have been misused
retention-ground-request = Whoever is in it asked for it
retention-ground-investigation = It may become evidence
retention-ground-evidence = Evidence
retention-reason = Reason
retention-reason-hint = What for, in a few sentences. It is sealed, and read by whoever answers for it.
retention-review-on = Review on
retention-review-on-hint = A year ahead at most.
retention-propose = Propose
retention-two = Nothing is kept until somebody else confirms it.
retention-two-short = Two people

# One hold
retention-title-hold = Hold
retention-title-promotion = Promotion to evidence
retention-not-yet = This does not keep anything yet
retention-not-yet-text = A second person must confirm it before its things go.
retention-not-yet-mine = Somebody else must confirm it before its things go. You cannot.
retention-asks-review = { $by } asks to keep it on
retention-asks-end = { $by } asks to end it
retention-asks-text = Somebody else must answer. The hold goes on meanwhile.
retention-proposed-by = Proposed by
retention-confirmed-by = Confirmed by
retention-nobody-yet = Nobody yet
retention-evidence-until = Evidence until
retention-things-held = What it is about
retention-would-go = Its own day
retention-story = What happened
retention-when = When
retention-who = Who
retention-system = Sightline
retention-step-hold-proposed = Proposed
retention-step-hold-declined = Declined
retention-step-hold-placed = Confirmed
retention-step-hold-kept = Kept
retention-step-hold-failed = Its day came first: not kept
retention-step-hold-review-proposed = Asked to keep it on
retention-step-hold-reviewed = Kept on
retention-step-hold-review-missed = Nobody looked at it again
retention-step-hold-end-proposed = Asked to end it
retention-step-hold-request-dropped = Request dropped
retention-step-hold-ended = Ended
retention-step-hold-let-go = Let go
retention-step-promotion-proposed = Proposed
retention-step-promotion-declined = Declined
retention-step-promotion-made = Confirmed
retention-step-promotion-kept = Kept
retention-step-promotion-failed = Its day came first: not kept
retention-take-back = Take it back
retention-answer = Answer
retention-review = Review
retention-end = End

# The second person
retention-confirm = Confirm
retention-confirm-hold = Confirm the hold
retention-confirm-promotion = Confirm that it becomes evidence
retention-confirm-review = Confirm that the hold goes on
retention-confirm-end = Confirm that the hold ends
retention-confirm-text-hold = You have read the reason, and it justifies keeping this longer.
retention-confirm-text-promotion = You have read the reason, and it justifies keeping this as evidence.
retention-confirm-text-review = You have read the reason, and it still justifies keeping this longer.
retention-confirm-text-end = You have read the reason. What is past its own day goes at once.
retention-asked-by = Asked by
retention-yes = Yes
retention-no = No
retention-decline = Decline
retention-decline-why = Why not?
retention-drop = Leave the hold as it is
retention-drop-text = The hold goes on as it was, with its old review date.
retention-past = past
retention-end-warning = Ending a hold can destroy
retention-end-warning-text = The old deadline counts again. What is past its own day goes at once and cannot come back.
retention-end-why = Why it ends
retention-propose-end = Propose its end
retention-next-review = Next review
retention-still-why = Why it is still needed
retention-keep-on = Keep it on
retention-review-two = Its review date has passed: a second person must agree.
retention-fresh-eyes = If you proposed this hold, kept it on last, or its date has passed, a second person must agree.

# A certificate
retention-certificate-title = Certificate: { $class }
retention-certificate-words-gone = Everything of the class “{ $class }” whose day this was is gone: its keys are destroyed, so that no copy and no backup can be read, and its ciphertext is deleted.
retention-certificate-words-expired = The keys of the class “{ $class }” for this day are destroyed: no copy and no backup can be read. The ciphertext is being deleted.
retention-certificate-words-sealed = What belongs to the class “{ $class }” for this day cannot be read any more. Its keys are not destroyed yet.
retention-download-pdf = PDF
retention-download-json = JSON
retention-epoch = Epoch
retention-unknown = Not known
retention-after = Gone within
retention-ciphertexts = Ciphertexts deleted
retention-bytes = Bytes deleted
retention-kept = Kept by a hold or as evidence
retention-proof = The proof
retention-authority = Authority
retention-checkpoint = Checkpoint
retention-checkpoint-of = { $size } entries, signed { $at }
retention-signer = Signed by
retention-scan = Search for residue
retention-scan-of = { $files } files searched for { $needles } pieces: { $found } found
retention-scanned = Searched
retention-verify = Anyone can check the JSON file offline, without this service: sightline retention verify FILE.
retention-no-certificate = The certificate is not ready
retention-no-certificate-text = It is made once everything is erased and the next checkpoint is signed. Ask again in a few minutes.

# The schedule
retention-schedule = How long each class is kept
retention-version = Version { $version }
retention-days = Days
retention-limit = At most
retention-means = What it means
retention-change = Change the days of a class
retention-choose = Choose
retention-days-hint = From 1 to the most that the class allows.
retention-new-only = A change takes effect for new things only.
retention-sure = Change how long it is kept?
retention-sure-shorter = What is there already keeps the day it was born with; it does not go sooner.
retention-sure-longer = What is there already keeps the day it was born with; it goes no later.
retention-until-now = Until now
retention-from-now = From now on
retention-set = Change it

retention-clock-title = The clock
retention-clock-look = Look at the clock
retention-clock-doubted = The clock is not believed
retention-clock-believed = The clocks agree
retention-clock-believed-text = What is due is destroyed on its day.
retention-clock-wall = The wall clock says
retention-clock-steady = It should say, by the time that has passed
retention-clock-noted = Both agreed last at
retention-clock-never = Never
retention-clock-how = Compare the wall clock with another that you trust, e.g. a telephone. If it is wrong, have it set right first. If it is right, say so: what is due is then destroyed, and cannot be brought back.
retention-clock-first = { $who } has looked and says that it is right. A second person is needed.
retention-clock-yours = You have said so. Another person must look too.
retention-clock-right = The wall clock is right
