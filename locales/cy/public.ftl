# Geiriau y mae'r person a ofynnodd am help yn eu gweld.

page-title = Eich apwyntiad
exit = Gadael y dudalen hon
exit-emergency = Argyfwng
exit-activated = Yn llwytho.
exit-timed-out = Mae'r cyfle i adael y dudalen hon wedi dod i ben.
exit-press-two = Shift, pwyswch 2 waith eto i adael.
exit-press-one = Shift, pwyswch 1 waith eto i adael.
in-danger = Os ydych mewn perygl, ffoniwch 999
