# Words that every page may use.

skip-to-content = Skip to main content
error-summary-title = There is a problem
error-prefix = Error
telephone-help = Telephone us
back = Back
continue = Continue
save = Save
cancel = Cancel
yes = Yes
no = No
language = Language

seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

problem-title = Sorry, something went wrong
problem-not-a-form = We could not read what was sent. Go back and try again.
problem-too-long = What was sent is too long. Go back and shorten it.
problem-not-found = We could not find that page.
problem-refused = You cannot do that.
problem-fault = The fault is ours. Try again in a moment.
skip-label = Skip
