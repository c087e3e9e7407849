# People, their records, and sealed incidents. Staff only.

nav-people = People
nav-sealed = Sealed

promise-seal-broken_seal = Look at why a seal was broken

person-find-title = People
person-find = Find a person
person-find-text = Names are found however they are spelt. Every person that is shown leaves a trace.
person-name = Name
person-name-hint = First and last name
person-born = Date of birth
person-born-hint = Like 1990-03-31
person-born-unknown = date of birth not known
person-born-known = Said so far: { $said }. What you write here outranks it.
person-phone = Telephone number
person-email = E-mail address
person-postcode = Postcode
person-looks = Description
person-found = Found
person-cut = Only the most alike are shown. Say more of whom you look for.
person-none = Nobody like that is known
person-none-text = Try another spelling, a number, or the date of birth alone.
person-incidents = { $count ->
    [one] 1 incident
   *[other] { $count } incidents
 }
person-victims = { $count ->
    [one] 1 victim
   *[other] { $count } victims
 }
person-repeats = Repeat victims
person-repeats-text = More than one incident in { $months } months.
person-repeats-none = Nobody reported twice.
person-serials = Serial suspects
person-serials-text = Named by { $victims } victims or more. A count of what was said, and no finding.
person-serials-none = Nobody is named by more than one victim.
person-last = last on { $day }

person-role-victim = Victim
person-role-suspect = Suspect
person-role-child = Child
person-role-witness = Witness
person-role-third_party = Third party
person-by-exact = name and date of birth
person-by-name = name
person-by-sound = name sounds alike
person-by-sound_born = part of the name, date of birth
person-by-born = date of birth
person-by-phone = number
person-by-email = e-mail
person-by-place = postcode
person-like-name = Name
person-like-sound = Names that sound alike
person-like-born = Date of birth
person-like-born_nearly = Date of birth, but for a digit or the order
person-like-phone = Telephone number
person-like-email = E-mail address
person-like-place = Postcode

person-repeat = Repeat victim
person-serial = Serial suspect
person-figure-victim = incidents as the victim, { $months } months
person-figure-suspect = incidents as the suspect
person-figure-victims = victims in those
person-appears = Where this person appears
person-appears-none = In no incident that you can open.
person-more = { $count ->
    [one] One more, older, is not shown.
   *[other] { $count } more, older, are not shown.
 }
person-unnamed = No name said
person-nothing = Erased when its time was up, or taken out of the investigation
person-gone = Erased when its time was up
person-why = Why
person-why-two = How it is known
person-role-change = Change the role
person-role-label = In this incident
person-part = Somebody else
person-part-text = Takes this appearance out of the record, into one of its own.
person-records = Records of this person
person-records-since = merged on { $day }
person-release = Take apart
person-release-text = That record stands by itself again, with all that it brought.
person-alike = May be the same person
person-alike-text = Compare them before you merge. Both records are kept.
person-alike-none = Nobody else shares enough.
person-known = What is known
person-also = Other names
person-phones = Telephone numbers
person-places = Addresses
person-language = Language and interpreter
person-warning = Before anybody meets this person
person-warning-label = What an officer must know first
person-warning-hint = Shown in red at the top
person-references = References in other systems
person-keep = Keep
person-unsaid = Not said
person-plan = His plan
person-choose = Choose
person-colleague = One of us
person-colleague-text = A colleague cannot open her own record, nor any incident in which she is a party, nor anything that hangs on it.
person-colleague-is = A colleague
person-colleague-is-text = Her own incidents are closed to her. Seal them where others would look.
person-colleague-who = Whose account
person-colleague-how = How it is known
person-colleague-mark = Mark as a colleague
person-colleague-none = Not a colleague

person-merge-title = One person, or two?
person-elder = Elder record
person-younger = Younger record
person-in-common = In common:
person-against = These are two people
person-against-born = Their dates of birth differ. If one is wrong, put it right in its record first.
person-against-one_incident = In one incident one is the suspect and the other the victim or a child.
person-against-colleagues = Two colleagues with accounts of their own.
person-against-told_apart = Somebody said so. A supervisor or a specialist can merge them all the same.
person-alike-nothing = Nothing in common
person-alike-nothing-text = Write down what you know in their records first.
person-alike-few = Only one thing in common
person-alike-few-text = A supervisor or a specialist decides.
person-merge = Merge
person-merge-text = The elder record then stands for both. Both are kept, and can be taken apart.
person-apart = Two people
person-apart-text = They are not proposed as one again.

person-people = People in { $reference }
person-namesake = Has a colleague’s name
person-people-none = Nobody is named
person-people-none-text = Whoever is named in the report, the investigation or the safeguarding plan appears here.

seal-title = Sealed incidents
seal-list = Sealed
seal-none = No incident is sealed
seal-none-text = Seal one in which a colleague is a party, or that others would look at out of curiosity.
seal-new = Seal an incident
seal-which = The incident
seal-which-hint = Paste its address from the browser
seal-go = On to its seal
seal-admitted = { $count ->
    [one] one officer admitted
   *[other] { $count } officers admitted
 }
seal-mine = You can open it
seal-not-mine = Closed to you
seal-lifted = Lifted
seal-breaks = { $count ->
    [one] Broken once
   *[other] Broken { $count } times
 }
seal-look = to look at why
seal-one = Seal on { $reference }
seal-seal = Seal it
seal-open = The seal
seal-is = Sealed
seal-is-text = Only who is admitted can open this incident. For everybody else it does not exist.
seal-text = For everybody who is not named here the incident, and all that hangs on it, looks like one that does not exist.
seal-who = Who may open it
seal-who-hint = Yourself too, if you go on with it
seal-now = As it stands
seal-since = Since
seal-closed = You are not admitted. Ask somebody who is, or break the seal.
seal-incident = Open the incident
seal-dismiss = Not any more
seal-admit = Admit
seal-admit-who = Whom
seal-break = Break the seal
seal-break-text = The incident opens to you for { $hours } hours. Everybody admitted sees it, and somebody else looks at why.
seal-break-why = Why it cannot wait
seal-until = The broken seal is open to you until
seal-broken = Broken, and not looked at
seal-own-break = Somebody else looks at why.
seal-finding = What you found
seal-looked = Looked at
seal-lift = Lift the seal
