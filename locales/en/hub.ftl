# The hub: staff only.
nav-hub = Hub
nav-hours = Opening hours
hub-title = Hub
hub-to-board = Board of calls
hub-state = Video response
hub-is-open = Open
hub-is-closed = Closed
hub-opens = Opens { $when }
hub-board-waiting = waiting
hub-longest = Longest wait
hub-board-free = free
hub-on-call = on a call
hub-resting = on a break
hub-responders = Responders
hub-nobody-free = Nobody is free
hub-nobody-on-call = No calls now
hub-nobody-resting = Nobody
hub-against = Open or close against the hours
hub-why = Why?
hub-reason-demand = More people ask than usual
hub-reason-staffing = Too few responders
hub-reason-technical = The service or the building cannot be used
hub-reason-exercise = Rehearsal or training
hub-reason-other = Something else
hub-for-hours = For how many hours?
hub-for-hours-hint = Leave it empty to hold until somebody says otherwise
hub-close = Close now
hub-open-now = Open now
hub-resume = Go by the hours again
hub-hours = Opening hours
hub-hours-hint = London time, like 08:00-22:00. Write several with a comma between them; leave a day empty to close it.
hub-save = Save the hours
hub-you-free = You are free
hub-you-busy = You are on a call
hub-you-rest = You are on a break
hub-you-off = You are off shift
hub-start = Come on shift
hub-rest = Take a break
hub-back = Back from the break
hub-end = Go off shift
hub-offer-closed = The hub is closed
hub-offer-nobody = Nobody is free, and nobody will be soon
hub-offer-in-person = Use the in-person route; it is as good a service as any.
hub-offer-wait = An officer is expected to be free in { $wait }
hub-offer-wait-text = { $count ->
    [0] Nobody waits before her.
    [one] One person waits before her.
   *[other] { $count } people wait before her.
}
hub-offer-now = An officer is free now
hub-offer-now-text = { $count ->
    [one] One officer is free.
   *[other] { $count } officers are free.
}
