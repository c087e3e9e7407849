# Słowa, które widzi osoba prosząca o pomoc.

page-title = Twoje spotkanie
exit = Opuść tę stronę
exit-emergency = Nagły wypadek
in-danger = Jeśli grozi Ci niebezpieczeństwo, zadzwoń pod numer 999
