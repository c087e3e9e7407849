# Słowa wspólne dla wszystkich stron.

skip-to-content = Przejdź do treści
error-summary-title = Wystąpił problem
telephone-help = Zadzwoń do nas
back = Wstecz
continue = Dalej
yes = Tak
no = Nie
language = Język
minutes = { $count ->
    [one] { $count } minuta
    [few] { $count } minuty
   *[many] { $count } minut
}
