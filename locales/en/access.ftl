# Signing in and accounts: staff only.
access-sign-in = Sign in
access-login = Login
access-password = Password
access-code = Code from your authenticator
access-code-hint = Six digits
access-demo = This is a demonstration: choose a person to play
access-accounts = Accounts
access-none = No accounts yet
access-none-text = Make the first one below.
access-new = New account
access-name = Name
access-name-hint = Colleagues see it, and so does the person on the call
access-roles = Roles
access-make = Make the account
access-disabled = Out of use
access-in-use = In use
access-live = { $count ->
    [one] signed in
   *[other] signed in { $count } times
}
access-erased = Erased account
access-state = State
access-sessions = Live sessions
access-rests = Resting after too many tries
access-rests-text = It opens by itself after five minutes; renewing the secrets opens nothing sooner.
access-save = Save
access-secure = Security
access-revoke = End all sessions
access-renew = New password and code
access-disable = Take out of use
access-enable = Put back into use
access-shown-once = Shown once
access-shown-once-text = Hand these over in person now. They cannot be shown again.
access-code-secret = Authenticator secret
access-code-address = Authenticator address
access-back = Back to accounts
nav-accounts = Accounts
