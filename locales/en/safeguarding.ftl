# How she may be reached, advice, children and their schools, actions owed. Staff only.

safeguarding-title = Safety
safeguarding-advice = Advice given
safeguarding-none-given = None noted yet.
safeguarding-note = What else you agreed
safeguarding-actions = Actions
safeguarding-no-actions = Nobody owes anything yet.
safeguarding-erased = Erased
safeguarding-left = left
safeguarding-done = Done
safeguarding-dropped = Dropped
safeguarding-mark-done = Done
safeguarding-drop = Drop it
safeguarding-drop-why = Why is it owed no more?
safeguarding-what = What has to be done
safeguarding-owner = Who owes it
safeguarding-due = Within
safeguarding-choose = Choose
safeguarding-add = Add the action
safeguarding-owner-responder = You
safeguarding-owner-control_room = Control room
safeguarding-owner-local_team = Local team
safeguarding-owner-investigator = Investigator
safeguarding-owner-partner = Partner agency
safeguarding-advice-silent_emergency_call = Ring 999, and how to do it without a word
safeguarding-advice-way_out = Which rooms to keep out of, and her way out
safeguarding-advice-code_word = A word that tells somebody to fetch help
safeguarding-advice-locks_and_keys = Doors, windows, and who has keys
safeguarding-advice-injuries = Injuries that do not show: when to see a doctor now
safeguarding-advice-ready_to_leave = Papers, money, keys and medicine within reach
safeguarding-advice-devices = Her telephone, shared accounts, location and cameras
safeguarding-advice-keep_evidence = Keep messages and pictures where he cannot delete them
safeguarding-advice-children = School, nursery, and contact with the children
safeguarding-advice-orders = Protection notices and court orders
safeguarding-advice-right_to_ask = The right to ask about a partner's past
safeguarding-advice-support = Who supports people like her, near her and by telephone

nav-safeguarding = Schools
promise-safeguarding-action = Safety action
promise-safeguarding-school = School told before the bell
safeguarding-contact = How to reach her safely
safeguarding-contact-text = Asked again by whatever sends or rings, at the moment it does.
safeguarding-ways = What is safe
safeguarding-safe-from = Safe from
safeguarding-safe-until = until
safeguarding-safe-number-hint = Leave it empty when every number she gave is safe.
safeguarding-children = Children
safeguarding-children-text = The school, or the authority's officer for a child taught at home, must know before the next school day begins.
safeguarding-no-children = No child is recorded yet.
safeguarding-add-child = Add a child
safeguarding-child-name = Name
safeguarding-child-born = Day of birth
safeguarding-child-school = School
safeguarding-child-present = Was the child there?
safeguarding-child-voice = What the child said or showed
safeguarding-born = born { $day }
safeguarding-was-there = was there
safeguarding-was-not-there = was not there
safeguarding-bell = until the bell
safeguarding-assumed = The terms of that day are not known: the earliest day it can be is taken.
safeguarding-assumed-short = terms not known
safeguarding-bell-missed = The bell has rung
safeguarding-bell-missed-text = Nobody at the school has said that they know. Ring now.
safeguarding-notice-owed = School not told
safeguarding-notice-told = Written to, not yet acknowledged
safeguarding-notice-acknowledged = School knows
safeguarding-notice-withdrawn = Not owed
safeguarding-school-phone = Telephone { $phone } · e-mail { $email }
safeguarding-told-how = How
safeguarding-told-telephone = By telephone
safeguarding-told-in_person = In person
safeguarding-told-email = By e-mail that says only: ring us
safeguarding-spoke-with = Whom you spoke with
safeguarding-told = The school was told
safeguarding-who-knows = Who there said that they know
safeguarding-acknowledge = They know
safeguarding-not-owed = Not owed after all
safeguarding-not-owed-why = Why is it not owed?
safeguarding-late = { $count ->
    [one] One school has not confirmed before the bell
   *[other] { $count } schools have not confirmed before the bell
 }
safeguarding-late-text = A child sits in class and nobody there knows. Ring first, type afterwards.
safeguarding-figure-untold = to tell
safeguarding-figure-open = open
safeguarding-figure-late = past the bell
safeguarding-figure-next = next bell
safeguarding-schools = Schools that must hear
safeguarding-none = Every school knows
safeguarding-none-text = A child who is added to a safety plan appears here, with the time until the bell.
safeguarding-done-lately = Told in the last three days
safeguarding-known = Before the bell
safeguarding-known-late = After the bell

# How she may be reached, wherever somebody rings or writes.
contact-rule = Read this before you ring or write
contact-way-ring = Ringing her
contact-way-text = A text
contact-way-voicemail = Words on voicemail
contact-way-email = An e-mail
contact-hours = Only from { $from } to { $until }
contact-number = The one safe number
contact-say = Who to say you are, and what never to say
contact-others = Who else may answer, and what then
contact-codeword = Codeword
contact-codeword-means = When she says it
contact-safe = safe
contact-not-safe = NOT safe

safeguarding-codeword-hint = A word that she can say with him in the room

promise-safeguarding-marker = Look again at a marker on an address
promise-safeguarding-code = Tell her what she is owed to hear

updates-title = What she is owed to hear
update-confirmation = Her report is confirmed
update-outcome = What was decided, and why
update-text-confirmation = In writing, unless a letter would give her away.
update-text-outcome = And how she can have it looked at again.
update-late = Late
update-missed = She has not heard in time
update-tried = { $count ->
    [one] tried once
   *[other] tried { $count } times
 }
update-how = How she heard
update-note = What she said
update-heard = She heard
update-try = Could not reach her
update-try-why = Why not
heard-writing = In writing
heard-telephone = By telephone
heard-in_person = In person
heard-adviser = Through her adviser
heard-not_wanted = She does not want it, or it would give her away

markers-title = Markers on her address
markers-none = None.
marker-set = Mark her address
marker-kind = What it says
marker-urgent = Treat every call from here as urgent
marker-at_risk = Somebody at risk lives here
marker-weapons = Weapons
marker-officers = Officers were hurt or threatened here
marker-children = Children live here
marker-alarm = An alarm is fitted: a silent call is a call for help
marker-words = What whoever takes the next call must know
marker-words-hint = Read aloud before anybody is sent
marker-look = Somebody looks at it again on
marker-until = looked at on { $day }
marker-keep = Keep it on
marker-end = Take it off
marker-ended = Taken off
marker-why = Why

known-title = Codeword and markers
known-idle = Shown once a number, a name with its date of birth, or a postcode is typed.
known-none = Nothing is known of this person or address.
known-codeword = Codeword: { $word }
