# Słowa wspólne dla wszystkich stron.

skip-to-content = Przejdź do treści
error-summary-title = Wystąpił problem
error-prefix = Błąd
telephone-help = Zadzwoń do nas
back = Wstecz
continue = Dalej
save = Zapisz
cancel = Anuluj
yes = Tak
no = Nie
language = Język

seconds = { $count ->
    [one] { $count } sekunda
    [few] { $count } sekundy
   *[many] { $count } sekund
}
minutes = { $count ->
    [one] { $count } minuta
    [few] { $count } minuty
   *[many] { $count } minut
}
hours = { $count ->
    [one] { $count } godzina
    [few] { $count } godziny
   *[many] { $count } godzin
}
days = { $count ->
    [one] { $count } dzień
   *[many] { $count } dni
}

weekday-1 = poniedziałek
weekday-2 = wtorek
weekday-3 = środa
weekday-4 = czwartek
weekday-5 = piątek
weekday-6 = sobota
weekday-7 = niedziela
month-1 = stycznia
month-2 = lutego
month-3 = marca
month-4 = kwietnia
month-5 = maja
month-6 = czerwca
month-7 = lipca
month-8 = sierpnia
month-9 = września
month-10 = października
month-11 = listopada
month-12 = grudnia

problem-title = Przepraszamy, coś poszło nie tak
problem-not-a-form = Nie udało się odczytać tego, co wysłano. Wróć i spróbuj ponownie.
problem-too-long = To, co wysłano, jest za długie. Wróć i skróć tekst.
problem-not-found = Nie znaleziono tej strony.
problem-refused = Nie można tego zrobić.
problem-fault = Błąd jest po naszej stronie. Spróbuj ponownie za chwilę.
skip-label = Pomiń
