# Geiriau'r consol nad ydynt yn perthyn i un gallu.

console-home = Hafan
console-demo = Arddangosiad
hub-open = Hyb ar agor
hub-shut = Hyb ar gau
hub-waiting = yn aros
hub-free = yn rhydd
keys-title = Bysellau
keys-show = Dangos y bysellau
keys-hint = Wrth deipio mewn maes, daliwch Alt.
close = Cau
sign-out = Allgofnodi
rail-label = Prif ddewislen
stage-label = Yr alwad
side-label = Gwaith
timer-due = bron yn hwyr
timer-late = hwyr
lane-empty = Dim byd yma.
saving = Yn cadw…
saved = Cadwyd
not-sent = Ni chyrhaeddodd hynny. Rhowch gynnig arall arni.
not-saved = Heb ei gadw – yn rhoi cynnig arall arni
problem-reference = Dyfynnwch hyn wrth roi gwybod:
