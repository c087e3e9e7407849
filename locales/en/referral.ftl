# Referrals, agencies and their meetings. Staff only; an agency's own words are in partner.ftl.

nav-referrals = Referrals
nav-conferences = Meetings
nav-agencies = Agencies

promise-referral-acknowledge = An agency's answer
promise-referral-first_contact = First contact by an agency
promise-conference-action = An action of a meeting

referral-title = Refer
referral-made = Referrals
referral-none = Nobody has been asked yet.
referral-erased = Erased
referral-left = left
referral-withdrawn = Withdrawn
referral-overridden = Without consent
referral-escalated = Overdue
referral-without = Without her consent:
referral-withdraw = Withdraw
referral-why-withdrawn = Why?
referral-new = Ask somebody to help
referral-choose = Choose
referral-agency = Who
referral-consent = Did she agree?
referral-consent-yes = Yes
referral-consent-no = No, and it must go all the same
referral-consent-no-hint = Only to keep somebody safe. The reason is kept.
referral-override = Why without her consent
referral-summary = What they must know
referral-summary-hint = What happened, what she wants, and how she can be reached safely.
referral-due = Taken up within
referral-due-usual = As usual for this
referral-request = Refer
referral-more = Criteria, which agency, and what is left out
referral-criteria = Which of these does she meet?
referral-ground = Lawful ground, without consent
referral-to = Which agency
referral-to-usual = The one that does this here
referral-withheld = Leave out
referral-withheld-hint = The agency is told only what stands below, and nothing you tick here.
referral-shares = What each is told besides your words

referral-field-name = Name
referral-field-born = Date of birth
referral-field-contact = How to reach her safely
referral-field-contact_rules = What is safe
referral-field-place = Address
referral-field-account = What she reported
referral-field-suspect = Who she says did it
referral-field-relationship = What he is to her
referral-field-children = Children there
referral-rule-ring = It is safe to ring.
referral-rule-no_ring = Do not ring.
referral-rule-text = It is safe to text.
referral-rule-no_text = Do not text.
referral-rule-voicemail = A message may be left.
referral-rule-no_voicemail = Never leave a message.
referral-relationship-spouse = Spouse
referral-relationship-partner = Partner
referral-relationship-former_partner = Former partner
referral-relationship-co_parent = Parent of her child
referral-relationship-relative = Relative
referral-relationship-not_connected = Not connected
referral-relationship-unknown = Not known
referral-children-yes = Yes
referral-children-no = None known

referral-step-requested = Not sent yet
referral-step-sent = Sent
referral-step-seen = Seen
referral-step-accepted = Accepted
referral-step-declined = Declined
referral-step-engaged = In contact
referral-step-closed = Closed
referral-step-withdrawn = Withdrawn

referral-note-declined = Declined
referral-note-question_asked = The agency asks
referral-note-question_answered = The police answer
referral-note-contact_tried = Not reached
referral-note-engaged = First contact
referral-note-closed = Closed
referral-note-withdrawn = Withdrawn

referral-code-not_ours = Not what we do
referral-code-elsewhere = Not where we work
referral-code-no_room = Nobody free in time
referral-code-known_already = We help her already
referral-code-too_little = We need to know more
referral-code-other = Another reason
referral-code-telephone = By telephone
referral-code-video = By video
referral-code-in_person = In person
referral-code-message = By a message she answered
referral-code-helped = She was helped
referral-code-declined_by_her = She did not want it
referral-code-not_reached = She could not be reached
referral-code-passed_on = Somebody else helps her now
referral-outcome-helped = She was helped
referral-outcome-declined_by_her = She did not want it
referral-outcome-not_reached = She could not be reached
referral-outcome-passed_on = Somebody else helps her now
referral-outcome-other = Something else

referral-basis-consent = She agreed
referral-basis-override = Without her consent
referral-agency-has = Agency
referral-asked-at = Asked
referral-sent-at = Sent
referral-due-at = First contact by

referrals-title = Referrals
referrals-figures = Figures
referrals-nobody = Nobody yet
referrals-open = waiting
referrals-late = out of time
referrals-told = put before a supervisor
referrals-asked-after = asked after
referrals-questions = questions to us
referrals-by-agency = By agency
referrals-every = Every agency
referrals-of-agency = { $name } ({ $count })
referrals-late-of = { $count } late
referrals-first = For us to do
referrals-waiting = With the agencies
referrals-engaged = In contact with her
referrals-none = Nothing waits
referrals-none-text = Every referral was taken up.
referrals-question = Asks us
referrals-chased = Asked after
referrals-escalated = Overdue, told { $count ->
    [one] once
   *[other] { $count } times
}
referrals-escalated-text = Ring the agency, or send it to another one.
referrals-declined = The agency declined
referrals-declined-text = She still waits. Send it to another agency, or withdraw it.
referrals-answer = Answer the agency
referrals-answer-label = Your answer
referrals-answer-send = Answer
referrals-send = Send to another agency
referrals-send-to = Which
referrals-send-hint = The agency that has it now will not see it any more.
referrals-no-other = No other agency does this. Take one into the directory.
referrals-since = Since { $day }
referrals-unknown = not known
referrals-few = fewer than { $count }
referrals-figures-none = Nothing was referred in this time.
referrals-figure-asked = referred
referrals-figure-engaged = spoken with
referrals-figure-in-time = in time
referrals-figure-missed = missed
referrals-figure-median = typical time to first contact
referrals-figure-p95 = nineteen of twenty within

agencies-title = Agencies
agencies-count = { $count ->
    [one] One agency
   *[other] { $count } agencies
}
agencies-import = Import
agencies-none = No agencies yet
agencies-none-text = Import a directory, or add one below.
agencies-nobody = Nobody gives this kind of help:
agencies-no-kinds = No kind of help chosen
agencies-closed = Nothing is sent here
agencies-closed-text = What it has already stays with it.
agencies-workers = { $count ->
    [0] nobody signs in
    [one] one worker
   *[other] { $count } workers
}
agencies-new = Add an agency
agencies-name = Name
agencies-description = What it does
agencies-email = Mailbox for notices
agencies-email-hint = A shared one. Notices say only that something waits.
agencies-no-email = None
agencies-add = Add
agencies-save = Save
agencies-services = Services
agencies-services-none = The directory names none.
agencies-kinds = Kinds of help
agencies-kinds-label = What can be referred to it?
agencies-workers-head = Workers
agencies-workers-none = Nobody can sign in for this agency yet.
agencies-worker = Account
agencies-worker-hint = Only accounts whose one role is Partner agency, and that work for no other.
agencies-worker-add = Let it work here
agencies-worker-remove = Take off { $name }
agencies-worker-none = Every partner's account works for an agency. Make a new one under Accounts.
agencies-system = Its own system
agencies-keys = { $count ->
    [0] It has no key.
    [one] One key holds.
   *[other] { $count } keys hold.
}
agencies-key-new = New key
agencies-keys-revoke = Let no key hold
agencies-key-title = A key for { $name }
agencies-key-once = Shown only now
agencies-key-once-text = Hand it over safely. It opens what is referred to this agency, and nothing else.
agencies-key-kept = I have it
agencies-webhook = Where its system is told
agencies-webhook-hint = Begins with https:// . It is told that a referral came, never whose.
agencies-secret = What its notices are signed with
agencies-standing = In the directory
agencies-close = Send nothing here any more
agencies-reopen = Send here again
agencies-import-text = A directory in the form of Open Referral UK. All of it is taken in, or nothing.
agencies-import-json = Directory (JSON)
agencies-import-organizations = Or a table of organisations (CSV)
agencies-import-organizations-hint = Columns: id, name, email, description
agencies-import-services = And a table of services (CSV)
agencies-import-services-hint = Columns: id, organization_id, name, description, status, kinds
agencies-import-do = Import

conferences-title = Meetings of agencies
conferences-none = No meeting yet
conferences-none-text = Plan one, and put cases on its list.
conferences-cases = { $count ->
    [0] nobody on the list
    [one] one case
   *[other] { $count } cases
}
conferences-repeats = { $count ->
    [one] one repeat
   *[other] { $count } repeats
}
conferences-actions = { $done } of { $all } actions done
conferences-held = Over
conferences-plan = Plan a meeting
conferences-plan-do = Plan it
conference-title = Meeting of { $day }
conference-meets = When
conference-place = Where, or how to join
conference-cases = Cases
conference-pack = Pack
conference-pack-subject = The list of a meeting of agencies, with minutes and actions
conference-pack-footer = For members of the meeting only
conference-pdf = PDF
conference-back = Back to the meeting
conference-repeat = Repeat within twelve months
conference-none = Nobody is on the list
conference-none-text = Put a case on it.
conference-referral = The referral
conference-minutes = Minutes
conference-minutes-save = Save the minutes
conference-minutes-none = Nothing was written yet.
conference-actions = Actions
conference-action-what = What
conference-action-who = Who
conference-action-due = By when
conference-action-came-of-it = What came of it
conference-action-new = New action
conference-action-set = Set it
conference-action-note = What came of it
conference-action-done = Done
conference-action-late = Late
conference-police = The police
conference-list = Put a case on the list
conference-list-which = Case
conference-list-do = Put it on
conference-list-none = No other referral waits for a meeting.
conference-take-off = Take it off
conference-take-off-why = Why?
conference-held = The meeting is over
