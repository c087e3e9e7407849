-- The journal's own tables. Nothing here is ever edited; the one thing that may go is the
-- ciphertext of an event, when its time is up. Times are microseconds since 1970 in UTC.

CREATE TABLE events (
    position    INTEGER PRIMARY KEY CHECK (position > 0),
    stream      TEXT    NOT NULL,
    version     INTEGER NOT NULL CHECK (version > 0),
    kind        TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    purpose     TEXT    NOT NULL,
    clear       TEXT    NOT NULL,
    sealed      BLOB,
    sealed_hash BLOB    CHECK (length(sealed_hash) = 32),
    prev        BLOB    NOT NULL CHECK (length(prev) = 32),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    UNIQUE (stream, version),
    CHECK (sealed IS NULL OR sealed_hash IS NOT NULL)
) STRICT;

CREATE TABLE appends (
    key     TEXT    PRIMARY KEY,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Also keeps INSERT OR REPLACE away: a replaced row would not ask the trigger on DELETE.
CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR NEW.version <> (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
  OR NEW.prev <> coalesce(
         (SELECT hash FROM events ORDER BY position DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'an event follows the one before it'); END;

CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'what happened is never deleted'); END;

-- IS, not =: with NULL on either side the comparison must still say no.
CREATE TRIGGER events_stand BEFORE UPDATE ON events
WHEN NOT (
    OLD.sealed IS NOT NULL AND NEW.sealed IS NULL
    AND NEW.position IS OLD.position AND NEW.stream IS OLD.stream
    AND NEW.version IS OLD.version AND NEW.kind IS OLD.kind AND NEW.at IS OLD.at
    AND NEW.actor IS OLD.actor AND NEW.purpose IS OLD.purpose AND NEW.clear IS OLD.clear
    AND NEW.sealed_hash IS OLD.sealed_hash AND NEW.prev IS OLD.prev AND NEW.hash IS OLD.hash
)
BEGIN SELECT RAISE(ABORT, 'what happened is never edited'); END;

CREATE TRIGGER appends_once BEFORE INSERT ON appends
WHEN EXISTS (SELECT 1 FROM appends WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'a key means one append'); END;

CREATE TRIGGER appends_stay BEFORE DELETE ON appends
BEGIN SELECT RAISE(ABORT, 'what happened is never deleted'); END;

CREATE TRIGGER appends_stand BEFORE UPDATE ON appends
BEGIN SELECT RAISE(ABORT, 'what happened is never edited'); END;

PRAGMA user_version = 1;
