# Arrest requests. Staff only.

arrest-title = Arrest
arrest-made = Arrest requests
arrest-none = No arrest has been requested.
arrest-erased = Erased
arrest-requested = Requested
arrest-withdrawn = Withdrawn
arrest-since = since asked
arrest-withdraw = Withdraw
arrest-why-withdrawn = Why?
arrest-new = Ask a team to arrest
arrest-suspect = Who
arrest-suspect-hint = A name, or how to recognise him
arrest-grounds = Suspected of what, and why
arrest-necessity = Why an arrest is necessary
arrest-necessity-protect = To protect a child or somebody who cannot protect herself
arrest-necessity-harm = To prevent injury or damage
arrest-necessity-investigate = To investigate promptly and well
arrest-necessity-disappear = He would disappear
arrest-necessity-name = His name is not known
arrest-necessity-address = His address is not known
arrest-necessity-words = In your own words
arrest-whereabouts = Where he is or will be
arrest-risks = What the team must know before it knocks
arrest-risks-hint = Weapons, dogs, children, drink, drugs, what he said about police. If nothing is known, write that.
arrest-request = Request the arrest
