# Words of the gallery alone.

gallery-board = Board
gallery-queue = Queue
gallery-reports = Reports
gallery-recordings = Recordings
gallery-people = People
gallery-audit = Audit
