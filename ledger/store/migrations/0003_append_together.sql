-- What is recorded together, in few statements. A group of commands of which none stands in another's way is recorded by
-- netral.append_together: one look at head, tickets and guards, one statement that writes. Where anything at all speaks
-- against it, that function records nothing and says nothing, or fails by a constraint; netral.append_each then takes the
-- commands one by one and finds out whose fault it is.

-- The conditions on columns become their types' own: PostgreSQL reads a table's conditions anew for each statement, and a
-- type's once in a session. That was a tenth of the server's work for a group of one.
CREATE DOMAIN netral.ordinal AS bigint CHECK (value >= 0);
CREATE DOMAIN netral.stream AS text COLLATE "C" CHECK (length(value) BETWEEN 1 AND 50);
CREATE DOMAIN netral.topic AS text COLLATE "C" CHECK (length(value) BETWEEN 1 AND 100);
CREATE DOMAIN netral.instant AS text COLLATE "C" CHECK (length(value) = 20);
CREATE DOMAIN netral.body AS bytea CHECK (length(value) <= 65023);
CREATE DOMAIN netral.commitment AS text COLLATE "C" CHECK (length(value) = 64);
CREATE DOMAIN netral.digest AS bytea CHECK (length(value) = 32);
ALTER TABLE netral.events
    ALTER position TYPE netral.ordinal,
    ALTER stream TYPE netral.stream,
    ALTER version TYPE netral.ordinal,
    ALTER topic TYPE netral.topic,
    ALTER at TYPE netral.instant,
    ALTER body TYPE netral.body,
    DROP CONSTRAINT events_position_check,
    DROP CONSTRAINT events_stream_check,
    DROP CONSTRAINT events_version_check,
    DROP CONSTRAINT events_topic_check,
    DROP CONSTRAINT events_at_check,
    DROP CONSTRAINT events_body_check;
ALTER TABLE netral.vault
    ALTER commitment TYPE netral.commitment,
    DROP CONSTRAINT vault_commitment_check;
ALTER TABLE netral.idempotency
    ALTER scope TYPE netral.digest,
    ALTER fingerprint TYPE netral.digest,
    DROP CONSTRAINT idempotency_scope_check,
    DROP CONSTRAINT idempotency_fingerprint_check;

-- The same rule as before in one statement instead of two.
CREATE OR REPLACE FUNCTION netral.follow_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT count(*) = 0
            OR max(a.position) - min(a.position) + 1 <> count(*)
            OR min(a.position) > 0
                AND NOT EXISTS (SELECT FROM netral.events e WHERE e.position = min(a.position) - 1)
        FROM added AS a
    ) THEN
        RAISE EXCEPTION 'an event takes the next position and a version of its own'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

DROP FUNCTION netral.append;

-- `latest` is the last instant for which a command of the group was decided, `turning` the first one on other legal
-- days, `room` the last position at which the group may begin. `firsts` and `lasts` say, for each ticket, which events of
-- the group are its command's. The answer is the group's first position and its instant; no row where nothing was
-- recorded.
CREATE FUNCTION netral.append_together(
    told text, latest text, turning text, room bigint,
    guarded text[], seen bigint[],
    streams text[], versions bigint[], topics text[], bodies bytea[],
    commitments text[], sealed_in text[], about text[], boxes bytea[],
    scopes bytea[], fingerprints bytea[], firsts bigint[], lasts bigint[]
) RETURNS TABLE (first bigint, at text)
LANGUAGE plpgsql VOLATILE
-- A connection plans each statement once, perhaps while the tables are empty, and keeps the plan: it must be the one for
-- millions of rows, which always goes by an index.
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_variable
DECLARE
    previous text COLLATE "C";
    now_ text COLLATE "C";
    free boolean;
    nothing text;
BEGIN
    -- Each statement of this function takes a snapshot of its own, so what follows the lock sees what its last holder
    -- committed; at any other level all of them would see the trail as it was before the wait.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a group is appended under READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    nothing := pg_advisory_xact_lock(5642820473862741)::text;  -- an assignment costs less than a statement
    SELECT coalesce(h.position + 1, 0), h.at,
        NOT EXISTS (SELECT FROM netral.idempotency i WHERE i.scope = ANY (scopes))
        AND NOT EXISTS (
            SELECT FROM unnest(guarded, seen) AS g (stream, version)
            WHERE g.version <> coalesce((SELECT max(e.version) FROM netral.events e WHERE e.stream = g.stream), 0)
        )
    INTO first, previous, free
    FROM (SELECT) AS always
        LEFT JOIN (SELECT e.position, e.at FROM netral.events e ORDER BY e.position DESC LIMIT 1) AS h ON true;
    now_ := coalesce(told, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
    IF previous > now_ THEN
        IF now_::timestamptz < previous::timestamptz - interval '60 seconds' THEN
            RETURN;
        END IF;
        now_ := previous;
    END IF;
    IF NOT free OR now_ < latest OR now_ >= turning OR first > room THEN
        RETURN;
    END IF;
    WITH recorded AS (
        INSERT INTO netral.events (position, stream, version, topic, at, body)
        SELECT first + n.ord - 1, n.stream, n.version, n.topic, now_, n.body
        FROM unnest(streams, versions, topics, bodies) WITH ORDINALITY AS n (stream, version, topic, body, ord)
    ), sealed AS (
        INSERT INTO netral.vault (commitment, stream, of, box)
        SELECT * FROM unnest(commitments, sealed_in, about, boxes)
    )
    INSERT INTO netral.idempotency (scope, fingerprint, first, last)
    SELECT t.scope, t.fingerprint, first + t.first, first + t.last
    FROM unnest(scopes, fingerprints, firsts, lasts) AS t (scope, fingerprint, first, last);
    nothing := pg_notify('netral', (first + cardinality(streams) - 1)::text)::text;
    at := now_;
    RETURN NEXT;
END $$;

-- The commands one by one, each all or nothing, in the order given. The lists of all commands stand one after another in
-- the arrays; an `..._ends` array says, for each command, where its part of a list ends. What is refused comes back as a
-- row, never as an error, so that it undoes its own part only:
--   recorded (first, last, at) · replayed (first, last) · reused · moved (first: which guard, last: the version now) ·
--   behind (at: the clock, detail: the last instant) · turned · overtaken (first: the next position) ·
--   refused (detail: what the database said)
CREATE FUNCTION netral.append_each(
    told text,
    guarded text[], seen bigint[], guard_ends int[],
    streams text[], versions bigint[], topics text[], bodies bytea[], event_ends int[],
    commitments text[], sealed_in text[], about text[], boxes bytea[], vault_ends int[],
    scopes bytea[], fingerprints bytea[],
    decided text[], turning text[], back boolean[], below bigint[]
) RETURNS TABLE (outcome text, first bigint, last bigint, at text, detail text)
LANGUAGE plpgsql VOLATILE
SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_variable
DECLARE
    commands CONSTANT int := cardinality(event_ends);
    next bigint;
    previous text COLLATE "C";
    now_ text COLLATE "C";
    at_ text COLLATE "C";
    events_from int := 0;
    guards_from int := 0;
    vault_from int := 0;
    print_ bytea;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a group is appended under READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    PERFORM pg_advisory_xact_lock(5642820473862741);
    SELECT e.position + 1, e.at INTO next, previous FROM netral.events e ORDER BY e.position DESC LIMIT 1;
    next := coalesce(next, 0);
    now_ := coalesce(told, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
    FOR c IN 1..commands LOOP
        outcome := NULL;
        first := NULL;
        last := NULL;
        at := NULL;
        detail := NULL;
        IF scopes[c] IS NOT NULL THEN
            SELECT i.fingerprint, i.first, i.last INTO print_, first, last
            FROM netral.idempotency i WHERE i.scope = scopes[c];
            IF FOUND THEN
                outcome := CASE WHEN print_ = fingerprints[c] THEN 'replayed' ELSE 'reused' END;
            END IF;
        END IF;
        IF outcome IS NULL THEN
            SELECT 'moved', g.n, g.now INTO outcome, first, last
            FROM (
                SELECT w.n, w.version,
                    coalesce((SELECT max(e.version) FROM netral.events e WHERE e.stream = w.stream), 0) AS now
                FROM unnest(guarded[guards_from + 1:guard_ends[c]], seen[guards_from + 1:guard_ends[c]])
                    WITH ORDINALITY AS w (stream, version, n)
            ) AS g
            WHERE g.version <> g.now ORDER BY g.n LIMIT 1;
        END IF;
        IF outcome IS NULL THEN
            at_ := CASE WHEN back[c] OR previous IS NULL OR previous <= now_ THEN now_ ELSE previous END;
            IF NOT back[c] AND previous IS NOT NULL AND now_ < previous
                AND now_::timestamptz < previous::timestamptz - interval '60 seconds'
            THEN
                outcome := 'behind';
                at := now_;
                detail := previous;
            ELSIF at_ < decided[c] OR at_ >= turning[c] THEN
                outcome := 'turned';
            ELSIF next + event_ends[c] - events_from > below[c] THEN
                outcome := 'overtaken';
                first := next;
            END IF;
        END IF;
        IF outcome IS NULL THEN
            BEGIN
                INSERT INTO netral.events (position, stream, version, topic, at, body)
                SELECT next + n.ord - 1, n.stream, n.version, n.topic, at_, n.body
                FROM unnest(
                    streams[events_from + 1:event_ends[c]], versions[events_from + 1:event_ends[c]],
                    topics[events_from + 1:event_ends[c]], bodies[events_from + 1:event_ends[c]]
                ) WITH ORDINALITY AS n (stream, version, topic, body, ord);
                INSERT INTO netral.vault (commitment, stream, of, box)
                SELECT * FROM unnest(
                    commitments[vault_from + 1:vault_ends[c]], sealed_in[vault_from + 1:vault_ends[c]],
                    about[vault_from + 1:vault_ends[c]], boxes[vault_from + 1:vault_ends[c]]
                );
                IF scopes[c] IS NOT NULL THEN
                    INSERT INTO netral.idempotency (scope, fingerprint, first, last)
                    VALUES (scopes[c], fingerprints[c], next, next + event_ends[c] - events_from - 1);
                END IF;
                outcome := 'recorded';
                first := next;
                last := next + event_ends[c] - events_from - 1;
                at := at_;
            EXCEPTION WHEN integrity_constraint_violation THEN
                outcome := 'refused';
                detail := SQLERRM;
            END;
            IF outcome = 'recorded' THEN
                next := last + 1;
                previous := at_;
            END IF;
        END IF;
        events_from := event_ends[c];
        guards_from := guard_ends[c];
        vault_from := vault_ends[c];
        RETURN NEXT;
    END LOOP;
    IF next > 0 THEN
        PERFORM pg_notify('netral', (next - 1)::text);
    END IF;
END $$;
REVOKE ALL ON FUNCTION netral.append_together FROM PUBLIC;
REVOKE ALL ON FUNCTION netral.append_each FROM PUBLIC;
GRANT EXECUTE ON FUNCTION netral.append_together, netral.append_each TO netral_writer;
