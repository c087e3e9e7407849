# The first account, and crime or no crime. Staff only.

investigation-title = Account
investigation-account = First account
investigation-in-her-words = In her words
investigation-account-hint = A blank line starts a new paragraph, with its own time. Read it back before you finish.
investigation-times = { $count ->
    [one] { $count } paragraph with its time
   *[other] { $count } paragraphs with their times
}
investigation-nothing = Nothing is written yet.
investigation-crime = Crime or no crime
investigation-recorded = Recorded as
investigation-non_crime = No crime
investigation-crime-yes = A crime
investigation-crime-no = No crime
investigation-crime-no-hint = Somebody else reviews every one of these.
investigation-offence = Offence, if it is a crime
investigation-reason = Why
investigation-record = Record
