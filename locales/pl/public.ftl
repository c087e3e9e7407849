# Słowa, które widzi osoba prosząca o pomoc.

page-title = Twoje spotkanie
exit = Opuść tę stronę
exit-emergency = Nagły wypadek
in-danger = Jeśli grozi Ci niebezpieczeństwo, zadzwoń pod numer 999
exit-activated = Wczytywanie.

visit-wait = Chwileczkę.
visit-gone-title = Ten link już nie działa
visit-gone = Jeśli nadal nas potrzebujesz, zadzwoń do nas albo otwórz najnowszy link.
visit-start-title = Zanim zaczniesz
visit-start-look = Zadamy dwa krótkie pytania. Potem ktoś z Tobą tutaj porozmawia.
visit-start-exit = Aby szybko wyjść, wybierz „Opuść tę stronę” albo naciśnij 3 razy klawisz Shift.
visit-start-history = Wyjście nie usuwa tej strony z historii przeglądarki.
visit-start-more = Jak bezpiecznie wyjść
visit-safe-title = Czy możesz teraz bezpiecznie rozmawiać?
visit-alone-title = Czy nikogo przy Tobie nie ma?
visit-not-now-title = Wszystko w porządku
visit-call-later = Zadzwońcie później
visit-talk-now = Mogę teraz rozmawiać
visit-later-title = Zadzwonimy później
visit-media-title = Kamera i mikrofon
visit-media = Potrzebujemy Twojej zgody. Telefon o nią zapyta. Nic nie jest wysyłane, dopóki ktoś nie odbierze.
visit-media-both = Użyj kamery i mikrofonu
visit-media-sound = Użyj tylko dźwięku
visit-waiting-title = Jesteś we właściwym miejscu
visit-waiting = Ktoś się tu pojawi. Nie musisz nic robić.
visit-waiting-next = Twoja kolej jest następna.
visit-ended-title = To na razie wszystko
visit-ended = Możesz zamknąć tę stronę. Link przestał działać.
