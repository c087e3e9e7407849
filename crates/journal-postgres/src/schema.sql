-- The journal's own tables, in the schema that the search path names. Nothing here is ever
-- edited; the one thing that may go is the ciphertext of an event, when its time is up. Times are
-- microseconds since 1970 in UTC. The service's role needs SELECT and INSERT and, on events,
-- UPDATE of sealed; the owner of the tables can be somebody else.

CREATE TABLE events (
    position    bigint PRIMARY KEY CHECK (position > 0),
    stream      text   NOT NULL,
    version     bigint NOT NULL CHECK (version > 0),
    kind        text   NOT NULL,
    at          bigint NOT NULL,
    actor       text   NOT NULL,
    purpose     text   NOT NULL,
    clear       text   NOT NULL,
    sealed      bytea,
    sealed_hash bytea  CHECK (length(sealed_hash) = 32),
    prev        bytea  NOT NULL CHECK (length(prev) = 32),
    hash        bytea  NOT NULL CHECK (length(hash) = 32),
    UNIQUE (stream, version),
    CHECK (sealed IS NULL OR sealed_hash IS NOT NULL)
);
-- Ciphertext does not compress.
ALTER TABLE events ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE appends (
    key     text   PRIMARY KEY,
    first   bigint NOT NULL,
    last    bigint NOT NULL,
    version bigint NOT NULL
);

CREATE FUNCTION events_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
        OR NEW.version <>
            (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
        OR NEW.prev <> coalesce(
            (SELECT hash FROM events ORDER BY position DESC LIMIT 1),
            decode(repeat('00', 32), 'hex'))
    THEN
        RAISE EXCEPTION 'an event follows the one before it';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER events_follow BEFORE INSERT ON events
    FOR EACH ROW EXECUTE FUNCTION events_follow();

CREATE FUNCTION events_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bare events := OLD;
BEGIN
    bare.sealed := NULL;
    IF OLD.sealed IS NULL OR NEW.sealed IS NOT NULL OR NEW IS DISTINCT FROM bare THEN
        RAISE EXCEPTION 'what happened is never edited';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER events_stand BEFORE UPDATE ON events
    FOR EACH ROW EXECUTE FUNCTION events_stand();

CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what happened is never edited or deleted';
END $$;
CREATE TRIGGER events_stay BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION never();
CREATE TRIGGER events_keep BEFORE TRUNCATE ON events EXECUTE FUNCTION never();
CREATE TRIGGER appends_stay BEFORE UPDATE OR DELETE ON appends
    FOR EACH ROW EXECUTE FUNCTION never();
CREATE TRIGGER appends_keep BEFORE TRUNCATE ON appends EXECUTE FUNCTION never();

CREATE TABLE journal_schema (version bigint NOT NULL);
INSERT INTO journal_schema VALUES (1);
