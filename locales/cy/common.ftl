# Geiriau y gall pob tudalen eu defnyddio.

skip-to-content = Neidio i'r prif gynnwys
error-summary-title = Mae problem
error-prefix = Gwall
telephone-help = Ffoniwch ni
back = Yn ôl
continue = Parhau
save = Cadw
cancel = Canslo
yes = Ie
no = Na
language = Iaith

seconds = { $count ->
    [two] { $count } eiliad
   *[other] { $count } eiliad
}
minutes = { $count ->
    [zero] { $count } munud
    [one] { $count } munud
    [two] { $count } funud
    [few] { $count } munud
    [many] { $count } munud
   *[other] { $count } munud
}
hours = { $count ->
    [few] { $count } awr
   *[other] { $count } awr
}
days = { $count ->
    [two] { $count } ddiwrnod
    [few] { $count } diwrnod
   *[other] { $count } diwrnod
}

weekday-1 = Dydd Llun
weekday-2 = Dydd Mawrth
weekday-3 = Dydd Mercher
weekday-4 = Dydd Iau
weekday-5 = Dydd Gwener
weekday-6 = Dydd Sadwrn
weekday-7 = Dydd Sul
month-1 = Ionawr
month-2 = Chwefror
month-3 = Mawrth
month-4 = Ebrill
month-5 = Mai
month-6 = Mehefin
month-7 = Gorffennaf
month-8 = Awst
month-9 = Medi
month-10 = Hydref
month-11 = Tachwedd
month-12 = Rhagfyr

problem-title = Mae'n ddrwg gennym, aeth rhywbeth o'i le
problem-not-a-form = Nid oedd modd darllen yr hyn a anfonwyd. Ewch yn ôl a rhoi cynnig arall arni.
problem-too-long = Mae'r hyn a anfonwyd yn rhy hir. Ewch yn ôl a'i fyrhau.
problem-not-found = Nid oedd modd dod o hyd i'r dudalen honno.
problem-refused = Ni allwch wneud hynny.
problem-fault = Ni sydd ar fai. Rhowch gynnig arall arni mewn munud.
skip-label = Neidio
