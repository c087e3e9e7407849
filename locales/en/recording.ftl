# The recording of a call: its sign, its player, its stills. Staff only.

recording-title = Recording
recording-list-title = Recordings
recording-download = Download
recording-to-call = The call
recording-to-incident = The incident
recording-live = This call is still going on
recording-live-text = You see it as far as { $at }.
recording-live-again = Show what came since
recording-empty = Nothing is recorded yet
recording-empty-text = The first second of picture or sound shows here as soon as it is safe on disk.
recording-video-of = Recording of { $who }
recording-voice-only = Voice only
recording-none = Nothing recorded here
recording-mute = Mute { $who }
recording-mute-short = Mute
recording-controls = Player
recording-play = Play
recording-pause = Pause
recording-back-10 = Back ten seconds
recording-on-10 = On ten seconds
recording-next-mark = Next mark
recording-speed = Speed
recording-line = Place in the recording, in seconds
recording-marks = Marks
recording-stills = Stills
recording-kept = How it is kept
recording-kept-until = Kept until
recording-kept-why-disclosure = A disclosure's recording is kept for { $days } days, in case what was told is misused, and then destroyed, copies and backups included. A hold, or a promotion to evidence, outranks the clock: two people and a reason.
recording-home-disclosure = To the disclosure
recording-kept-why = A recording is kept for { $days } days and then destroyed, copies and backups included. Whatever becomes evidence must be copied to the case before then.
recording-began = Began
recording-length = Length
recording-segments = Sealed segments
recording-size = Size
recording-gaps = Gaps
recording-none-listed = None
recording-no-marks = No instant was marked, and nothing is missing.
recording-no-stills = No stills were taken.
recording-kind-picture = picture
recording-kind-sound = sound
recording-kind-still = still
recording-row = { $who }, { $kind }: { $holes ->
    [0] nothing is missing
    [one] one gap
   *[other] { $holes } gaps
}
recording-marker-account = Account
recording-marker-injury = Injury
recording-marker-scene = Scene
recording-marker-safety = Safety
recording-marker-other = Marked
recording-still-of = Still of { $who }
recording-still-alt = Still of { $who } at { $at }
recording-still-go = Go to the still at { $at }
recording-still-save = Save
recording-gap-silence = Nothing came
recording-gap-muted = Switched off
recording-gap-overflow = Lost: the recorder was too slow
recording-gap-fault = Lost: it could not be written
recording-gap-restart = Not recorded: the service restarted
recording-gap-unknown = Not recorded
recording-checking = Comparing { $count ->
    [one] one sealed segment
   *[other] { $count } sealed segments
} with the record…
recording-check-now = Show the result
recording-whole = Whole
recording-whole-text = { $count ->
    [one] The one sealed object matches
   *[other] All { $count } sealed objects match
} the record.
recording-damaged = { $count ->
    [one] One part of this recording is damaged
   *[other] { $count } parts of this recording are damaged
}
recording-damaged-text = Those parts are not played. Tell whoever runs the service, and do not rely on what surrounds them.
recording-damaged-more = And { $count } more.
recording-damage-missing = Missing
recording-damage-altered = Altered: not what was recorded
recording-damage-gone = Its key is gone
recording-gone = No longer kept
recording-gone-title = This recording is no longer kept
recording-gone-text = Recordings are kept for { $days } days. The day came, its key was destroyed, and nobody can play it again, here or from any backup.
recording-gone-rest = That the call took place, when, and what was decided is still in the record.
recording-deleted = Deleted
recording-deleted-on = Deleted { $at }
recording-being-deleted = Being deleted now
recording-sign-on = REC
recording-sign-off = NOT RECORDING
recording-sign-tracks = { $count ->
    [one] nothing comes from one camera or microphone
   *[other] nothing comes from { $count } cameras or microphones
}
recording-sign-over = Recording
recording-sign-gone = No longer kept
recording-running = Being recorded
recording-gaps-count = { $count ->
    [one] 1 gap
   *[other] { $count } gaps
}
recording-stills-count = { $count ->
    [one] 1 still
   *[other] { $count } stills
}
recording-of-at = Call of { $at }
recording-none-yet = Nothing is recorded
recording-none-yet-text = A video response of this incident will be recorded, and listed here.
recording-victim = Person who reported
recording-called = Person who was called
recording-officer = Officer
recording-interpreter = Interpreter
recording-advocate = Advocate
recording-guest = Guest
recording-recorder = Recorder
recording-still-no-picture = There is no picture to take a still of.
recording-still-too-late = The camera did not send a whole picture in time. Try again.
recording-still-busy = Too many stills are being taken. Try again in a moment.
recording-still-fault = The still could not be kept. Try again.
recording-still-damaged = This still is not what was recorded, so it is not shown. Tell whoever runs the service.
recording-hold = Hold
