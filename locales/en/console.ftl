# Words of the console that belong to no capability.

console-home = Home
console-demo = Demonstration
hub-open = Hub open
hub-shut = Hub closed
hub-waiting = waiting
hub-free = free
keys-title = Keys
keys-show = Show the keys
keys-hint = While you type in a field, hold Alt.
close = Close
sign-out = Sign out
rail-label = Main
stage-label = The call
side-label = Work
timer-due = due
timer-late = late
lane-empty = Nothing here.
saving = Saving…
saved = Saved
not-sent = That did not get through. Try again.
not-saved = Not saved – trying again
problem-reference = Quote this when you report it:
