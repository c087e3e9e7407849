# The account, the statement, the decision, and the case that follows. Staff only.

nav-investigations = Investigations
promise-investigation-crime-recording = Crime or no crime
promise-investigation-enquiry = Line of enquiry
promise-investigation-records = Records system takes the case in

investigation-title = Account
investigation-account = First account
investigation-in-her-words = In her words
investigation-account-hint = A blank line starts a new paragraph, with its own time. Read it back before you finish.
investigation-times = { $count ->
    [one] { $count } paragraph with its time
   *[other] { $count } paragraphs with their times
}
investigation-in-recording = in the recording
investigation-marks = { $count ->
    [one] { $count } marker of the call
   *[other] { $count } markers of the call
}
investigation-mark-account = Account
investigation-mark-injury = Injury
investigation-mark-scene = Scene
investigation-mark-safety = Safety
investigation-mark-other = Other
investigation-nothing = Nothing is written yet.
investigation-erased = Erased
investigation-crime = Crime or no crime
investigation-to-decide = to decide
investigation-missed = Nobody decided in time
investigation-missed-text = Whether it is a crime should have been recorded within a day of the report. Decide now.
investigation-recorded = Recorded as
investigation-crime-yes = A crime
investigation-crime-no = No crime
investigation-crime-no-hint = Somebody else reviews every one of these.
investigation-code = Offence, by the force's table
investigation-code-none = Not coded yet
investigation-offence = Or the offence in words, until it is coded
investigation-which = Offence
investigation-from = When it happened or began
investigation-until = When it ended, if that is known
investigation-reason = Why
investigation-record = Record
investigation-choose = Choose
investigation-outcome = Outcome of the crime
investigation-outcome-why = Why this outcome
investigation-outcome-record = Record the outcome
investigation-decisions = { $count ->
    [one] { $count } decision so far
   *[other] { $count } decisions so far
}

statement-title = Statement
statement-hint = In her words, in the first person. Saved as you type.
statement-draft = Begin with the account
statement-nothing = No statement is written yet.
statement-section-background = Who they are to each other
statement-section-events = What happened
statement-section-words = What was said
statement-section-harm = Injuries and damage
statement-section-others = Who else was there
statement-section-before = What happened before
statement-section-wishes = How it has left her, and what she wants
statement-stands-none = not begun
statement-stands-draft = not read to her yet
statement-stands-offered = before her now
statement-stands-acknowledged = she says it is right
statement-stands-disputed = she says something is wrong
statement-stands-taken_back = taken back
statement-stands-voided = changed since she agreed
statement-voided = Changed since she agreed
statement-voided-text = Her word covers the version that she had before her. Read the new one to her.
statement-read-back = Read it back
statement-waits = She has it before her
statement-waits-text = Wait for her answer. A change takes it off her screen.
statement-take-back = Take it off her screen
statement-as-she-reads = As she will read it
statement-offer = Put it on her screen
statement-offer-hint = Only while she is safe and alone. She answers there; leaving the page takes it away.
statement-aloud = Or read it to her aloud
statement-spoken-at = When she said that it is right
statement-spoken-hint = The recording of the call has her words at that second.
statement-said-right = She said that it is right
statement-versions = What she was asked about
statement-version = Version { $number }
statement-way-screen = on her screen
statement-way-aloud = read to her
statement-changed-at = changed { $day }
statement-text = The text and its digest

enquiries-title = Enquiries
enquiries-none = No line of enquiry is open.
enquiries-new = Something to find out
enquiries-what = What is to be found out
enquiries-owner = Who does it
enquiries-me = I do
enquiries-nobody = Whoever takes it
enquiries-due = By when
enquiries-left = left
enquiries-open-one = Open it
enquiries-open = open
enquiries-take = I take it
enquiries-finish = It is done
enquiries-found = What was found
enquiries-drop = Drop it
enquiries-why = Why it is not followed any more
enquiries-done = done
enquiries-dropped = dropped
enquiries-board = Whoever takes one over on the board has it here too:

parties-people = Their records across incidents
parties-title = Suspects and witnesses
parties-none = Nobody is named yet.
parties-new = Somebody else
parties-role = As what
parties-role-suspect = Suspect
parties-role-witness = Witness
parties-name = Name
parties-name-hint = Or leave it empty and describe the person.
parties-looks = What the person looks like
parties-reach = How and when to reach the person safely
parties-account = What the person did, saw or heard
parties-add = Add
parties-change = Change
parties-keep = Keep
parties-remove = Take out
parties-removed = taken out
parties-why = Why

exhibits-title = Exhibits
exhibits-none = Nothing is put in yet.
exhibits-from-file = File
exhibits-from-still = Still of the call
exhibits-from-thing = Thing
exhibits-put-in = put in by
exhibits-withdrawn = withdrawn
exhibits-open = Open
exhibits-gone = The file is gone with its key.
exhibits-move = It changes hands
exhibits-to = To whom
exhibits-what-for = What for
exhibits-withdraw = Withdraw it
exhibits-why = Why it is no exhibit of this incident
exhibits-new-file = Put a file in
exhibits-new-still = Put a still of the call in
exhibits-new-thing = Put a thing in that somebody holds
exhibits-which-still = Which still
exhibits-name = What it is
exhibits-found = Where and how it was found
exhibits-hands = Hands
exhibits-file = File
exhibits-file-hint = A picture, PDF, sound or film; 32 MB at most.
exhibits-put = Put it in

hand-off-title = Records system
hand-off-none = The records system has not been told yet.
hand-off-hint = It is told that the case is ready, and nothing else. It fetches the case itself and says under which reference it has it.
hand-off-tell = Tell the records system
hand-off-changed = The case has changed
hand-off-changed-text = The records system was told of an earlier state. Tell it again.
hand-off-serial = Told { $number ->
    [one] once
   *[other] { $number } times
}
hand-off-left = to take it in
hand-off-taken = taken in
hand-off-record = Its reference
hand-off-system = System
hand-off-pack = The case on paper (PDF)

pack-title = Case
pack-subject = Account, statement, decisions, enquiries, people and exhibits of one incident
pack-footer = Police case file. Keep it closed and give it to nobody who need not have it.
pack-incident = Incident
pack-record = Reference of the records system
pack-printed = Printed
pack-account = First account
pack-when = When
pack-words = Words
pack-none = Nothing is recorded.
pack-statement = Statement
pack-word = Her word for it
pack-no-word = She has not said that the statement as it stands is right.
pack-version = Version
pack-how = How it stands
pack-digest = SHA-256
pack-decisions = Crime or no crime
pack-undecided = Nobody has decided.
pack-code = Code
pack-happened = Happened
pack-number = No.
pack-came-of-it = What came of it

investigations-title = Investigations
investigations-missed = { $count ->
    [one] One report is undecided after its day
   *[other] { $count } reports are undecided after their day
}
investigations-empty = Nothing waits
investigations-empty-text = Every report is decided, every enquiry done, every statement agreed.
investigations-lane-undecided = Not decided yet
investigations-lane-uncoded = No code yet
investigations-lane-enquiries = Enquiries
investigations-lane-statements = Statements
investigations-lane-hand-offs = Not taken in yet
investigations-lane-empty = None.
investigations-uncoded = in words alone
investigations-left = left
investigations-enquiry = No. { $number }
investigations-more = and { $count } more
