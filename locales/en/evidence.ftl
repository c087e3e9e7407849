# Evidence that leaves: what there is, who had it, who asked, who approved, what was made.

nav-evidence = Evidence out
evidence-title = Evidence of { $reference }
evidence-link = Evidence
evidence-link-text = What can be handed on, who had it, and what was handed on.
evidence-incident = Incident
evidence-somebody = a colleague
evidence-system = Sightline
evidence-erased = No longer kept
evidence-state = State
evidence-when = When
evidence-who = Who
evidence-did = What was done
evidence-what = To what
evidence-more = More
evidence-entry = Entry

# What there is
evidence-master = The master
evidence-master-text = What was recorded stays here as it is: the master. What is handed on is a working copy with a number of its own, and names the master’s hashes.
evidence-recording-since = Recorded
evidence-recording-gone = Its day has come
evidence-recording-of = Recording of { $at }
evidence-recording-hint = { $pieces } sealed pieces, { $stills } stills.
evidence-pieces = Pieces
evidence-piece = Piece
evidence-stills = Stills
evidence-megabytes = MB
evidence-standing-kept = kept
evidence-standing-running = still recording
evidence-standing-gone = gone
evidence-no-recording = No recording
evidence-no-recording-text = This incident has no recording. What was written down can still be handed on.
evidence-check = Check every piece
evidence-checked-none = There is no piece to compare.
evidence-whole = { $count ->
    [one] One piece compared: it is as it was recorded
   *[other] { $count } pieces compared: all are as they were recorded
}
evidence-whole-text = Each piece’s hash is the one in the record.
evidence-damaged = { $count ->
    [one] One piece is not as it was recorded
   *[other] { $count } pieces are not as they were recorded
}
evidence-damaged-text = A copy leaves them out and says so. Tell the operator now.
evidence-damaged-more = And { $count } more.
evidence-piece-missing = missing
evidence-piece-altered = altered
evidence-piece-gone = gone

# The list
evidence-exports = Exports
evidence-exports-none = Nothing was handed on
evidence-exports-none-text = What is asked for, approved and made shows here.
evidence-waiting = Waiting for a second person
evidence-waiting-none = Nothing waits
evidence-waiting-none-text = An export that somebody asked for shows here until somebody else answers.
evidence-answered = Answered
evidence-answered-none = Nothing was answered yet
evidence-answered-none-text = Exports that were approved, refused or have expired show here.
evidence-row = { $reference }: { $to }
evidence-asked-by = Asked for by { $by }
evidence-stage-requested = Waiting
evidence-stage-approved = Approved
evidence-stage-refused = Refused
evidence-stage-expired = Expired

# The request
evidence-request = Ask for an export
evidence-recordings = Which recordings
evidence-recipient = Kind of receiver
evidence-recipient-prosecutor = Prosecutor
evidence-recipient-evidence_store = Store of digital evidence
evidence-recipient-investigator = Investigators
evidence-recipient-court = Court or coroner
evidence-recipient-complaints = Complaint or misconduct
evidence-to = Receiver
evidence-to-hint = The office and the person.
evidence-reason = Reason
evidence-reason-hint = What for, in a few sentences. It goes with the package.
evidence-ask = Ask for it
evidence-two = Nothing is made until somebody else approves it, within seven days.
evidence-nothing = Nothing to export
evidence-nothing-text = No recording is kept, and nothing was written down.

# One export
evidence-export-title = Export of { $reference }
evidence-back = Evidence
evidence-back-export = Export
evidence-not-yet = Nobody has approved this yet
evidence-not-yet-text = A second person must read it and approve it. It expires on { $at }.
evidence-not-yet-mine = You asked for this, so somebody else must approve it. It expires on { $at }.
evidence-expired = Nobody approved this in time
evidence-expired-text = It can be asked for again.
evidence-requested-by = Asked for by
evidence-approved-by = Approved by
evidence-nobody-yet = Nobody yet
evidence-handed = What is handed on
evidence-papers = Statement, chat, markers, custody log, and the journal’s records with their proofs
evidence-yes = Yes
evidence-no = No
evidence-approve = Approve
evidence-approve-text = You have read to whom it goes and why, and it is necessary and proportionate.
evidence-refuse = Refuse
evidence-refuse-why = Why not?
evidence-take-back = Take it back
evidence-story = What happened
evidence-copy = (copy { $number })
evidence-packaged = { $members } files, { $bytes } bytes.
evidence-sha256 = SHA-256 of the package
evidence-master-sha256 = SHA-256 of the master’s list
evidence-sealed-passphrase = Sealed to a passphrase.
evidence-sealed-recipient = Sealed to the receiver’s key.
evidence-broken-left = Whoever took it went away. What left verifies nowhere.
evidence-broken-day_come = A recording’s day came meanwhile.
evidence-broken-too_large = It is larger than a package may be.
evidence-broken-fault = It could not be made. Tell the operator.

# The copy
evidence-take = Make a copy
evidence-package-title = A working copy of { $reference }
evidence-words = Passphrase
evidence-words-hint = It is shown here only, is kept nowhere, and cannot be shown again. Copy it now, and send it another way than the file.
evidence-seal = What opens the copy
evidence-seal-passphrase = The passphrase above
evidence-seal-passphrase-hint = Whoever has the file and these words can open it.
evidence-seal-recipient = The receiver’s own key
evidence-seal-recipient-hint = Only the receiver can open it; the passphrase above is not used.
evidence-key = Receiver’s public key
evidence-key-hint = One line that begins with age1. Only for the second choice.
evidence-make = Make the copy and take it
evidence-make-note = The file comes as the answer to this button; there is no link to it. A long recording takes some minutes: leave this page open.
evidence-making = The copy is being made
evidence-making-text = { $percent } %: { $done } of { $of } MB

# The custody log
evidence-custody = Custody log
evidence-custody-title = Custody log of { $reference }
evidence-custody-text = Every playing, still and export of the evidence of { $reference }, newest first, as it stood on { $at }.
evidence-custody-proof = Each entry is a record of the journal. A package proves those up to its own making.
evidence-custody-none = Nobody has had it yet
evidence-custody-none-text = Whoever plays, looks at or hands on any of it shows here.
evidence-noun-incident = Incident
evidence-noun-recording = Recording
evidence-noun-export = Export
evidence-did-recording = Opened the player
evidence-did-recording-played = Played it
evidence-did-recording-still = Looked at stills
evidence-did-recording-checked = Checked it against the record
evidence-did-evidence = Opened the evidence page
evidence-did-evidence-checked = Checked every piece against the record
evidence-did-evidence-custody = Read this log
evidence-did-evidence-export = Read an export
evidence-did-evidence-package = Opened the page of a copy
evidence-did-export-requested = Asked for an export
evidence-did-export-approved = Approved an export
evidence-did-export-refused = Refused an export
evidence-did-export-expired = An export expired
evidence-did-export-begun = Began a working copy
evidence-did-export-packaged = A working copy was made
evidence-did-export-downloaded = A working copy was taken
evidence-did-export-broken-off = A working copy broke off
evidence-did-other = Looked at it
