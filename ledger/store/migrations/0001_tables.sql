-- The tables of a ledger, their triggers, and who may do what. Every name is written with its schema: no search path
-- has a part in what is recorded. A constraint is named by the sentence that its violation says.

CREATE SCHEMA netral;

CREATE TABLE netral.migrations (
    number int PRIMARY KEY,
    name text NOT NULL,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE netral.events (
    position bigint NOT NULL CHECK (position >= 0),
    stream text COLLATE "C" NOT NULL CHECK (length(stream) BETWEEN 1 AND 50),
    version bigint NOT NULL CHECK (version >= 0),
    topic text COLLATE "C" NOT NULL CHECK (length(topic) BETWEEN 1 AND 100),
    at text COLLATE "C" NOT NULL CHECK (length(at) = 20),
    body bytea NOT NULL CHECK (length(body) <= 65023),
    CONSTRAINT "an event takes the next position" PRIMARY KEY (position),
    CONSTRAINT "an event takes a version of its own" UNIQUE (stream, version)
);

CREATE TABLE netral.vault (
    commitment text COLLATE "C" NOT NULL CHECK (length(commitment) = 64),
    stream text COLLATE "C" NOT NULL,
    of text COLLATE "C" NOT NULL,
    box bytea NOT NULL,
    CONSTRAINT "a commitment stands in the vault once" PRIMARY KEY (commitment)
);
CREATE INDEX vault_by_subject ON netral.vault (stream, of);

CREATE TABLE netral.idempotency (
    scope bytea NOT NULL CHECK (length(scope) = 32),
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    first bigint NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT "a key is used once" PRIMARY KEY (scope)
);

-- What stands, stands. Statements are refused also where they would touch no row: an attempt is heard.

CREATE FUNCTION netral.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON netral.events
    EXECUTE FUNCTION netral.refuse('events are never updated');
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON netral.events
    EXECUTE FUNCTION netral.refuse('events are never deleted');
CREATE TRIGGER events_are_not_truncated BEFORE TRUNCATE ON netral.events
    EXECUTE FUNCTION netral.refuse('events are never truncated');
CREATE TRIGGER sealed_values_are_not_updated BEFORE UPDATE ON netral.vault
    EXECUTE FUNCTION netral.refuse('sealed values are never updated');
CREATE TRIGGER sealed_values_are_not_truncated BEFORE TRUNCATE ON netral.vault
    EXECUTE FUNCTION netral.refuse('sealed values are never truncated');
CREATE TRIGGER tickets_are_not_updated BEFORE UPDATE ON netral.idempotency
    EXECUTE FUNCTION netral.refuse('tickets are never updated');

-- Once a statement, over all the rows that it inserted: they follow each other, and the first follows what stood. A
-- position is taken once, so a row whose predecessor stands and that was not there before is the next one.
CREATE FUNCTION netral.follow_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lowest bigint;
    highest bigint;
    many bigint;
BEGIN
    SELECT min(position), max(position), count(*) INTO lowest, highest, many FROM added;
    IF many = 0 OR highest - lowest + 1 <> many
        OR lowest > 0 AND NOT EXISTS (SELECT FROM netral.events WHERE position = lowest - 1)
    THEN
        RAISE EXCEPTION 'an event takes the next position and a version of its own'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER events_take_the_next_position AFTER INSERT ON netral.events
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION netral.follow_on();

-- A session that calls itself a replica passes over ordinary triggers; over these it does not.
ALTER TABLE netral.events ENABLE ALWAYS TRIGGER events_are_not_updated;
ALTER TABLE netral.events ENABLE ALWAYS TRIGGER events_are_not_deleted;
ALTER TABLE netral.events ENABLE ALWAYS TRIGGER events_are_not_truncated;
ALTER TABLE netral.events ENABLE ALWAYS TRIGGER events_take_the_next_position;
ALTER TABLE netral.vault ENABLE ALWAYS TRIGGER sealed_values_are_not_updated;
ALTER TABLE netral.vault ENABLE ALWAYS TRIGGER sealed_values_are_not_truncated;
ALTER TABLE netral.idempotency ENABLE ALWAYS TRIGGER tickets_are_not_updated;

-- Erasing a person deletes their sealed values, by this function and in no other way: the writer may not delete.
CREATE FUNCTION netral.forget(of_stream text, subject text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM netral.vault WHERE stream = of_stream AND of = subject
$$;
REVOKE ALL ON FUNCTION netral.forget(text, text) FROM PUBLIC;

-- Who may do what. The owner is whoever runs the migrations; people and services get one of these two.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'netral_writer') THEN
        CREATE ROLE netral_writer NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'netral_reader') THEN
        CREATE ROLE netral_reader NOLOGIN;
    END IF;
END $$;
GRANT USAGE ON SCHEMA netral TO netral_writer, netral_reader;
GRANT SELECT ON netral.migrations TO netral_writer, netral_reader;
GRANT SELECT, INSERT ON netral.events, netral.vault, netral.idempotency TO netral_writer;
GRANT SELECT ON netral.events, netral.vault TO netral_reader;
GRANT EXECUTE ON FUNCTION netral.forget(text, text) TO netral_writer;
