# Words that the person who asked for help sees. Nothing here may name the reason for the call.

page-title = Your appointment
exit = Exit this page
exit-emergency = Emergency
exit-activated = Loading.
exit-timed-out = Exit this page expired.
exit-press-two = Shift, press 2 more times to exit.
exit-press-one = Shift, press 1 more time to exit.
in-danger = If you are in danger, call 999
