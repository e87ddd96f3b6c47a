-- Some commands recorded in one call and one transaction: each all or nothing, in the order given.
--
-- The lists of all commands stand one after another in the arrays; an `..._ends` array says, for each command, where
-- its part of a list ends. What is refused comes back as a row, never as an error, so that it undoes its own part only:
--   recorded (first, last, at) · replayed (first, last) · reused · moved (first: which guard, last: the version now) ·
--   behind (at: the clock, detail: the last instant) · turned · overtaken (first: the next position) ·
--   refused (detail: what the database said)
--
-- `plain` says that nothing in the group can stand in another's way. Such a group is recorded by one statement for each
-- table; when anything at all is refused, it is taken command by command instead, each in a block of its own.

CREATE FUNCTION netral.append(
    told text,
    plain boolean,
    guarded text[], seen bigint[], guard_ends int[],
    streams text[], versions bigint[], topics text[], bodies bytea[], event_ends int[],
    commitments text[], sealed_in text[], about text[], boxes bytea[], vault_ends int[],
    scopes bytea[], fingerprints bytea[],
    decided text[], turning text[], back boolean[], below bigint[]
) RETURNS TABLE (outcome text, first bigint, last bigint, at text, detail text)
LANGUAGE plpgsql VOLATILE
-- A connection plans each statement once, perhaps while the tables are empty, and keeps the plan: it must be the one for
-- millions of rows, which always goes by an index.
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
    is_behind boolean;
    events_from int := 0;
    guards_from int := 0;
    vault_from int := 0;
    print_ bytea;
BEGIN
    -- Each statement of this function takes a snapshot of its own, so what follows the lock sees what its last holder
    -- committed; at any other level all of them would see the trail as it was before the wait.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'netral.append is called under READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    PERFORM pg_advisory_xact_lock(5642820473862741);
    SELECT e.position + 1, e.at INTO next, previous FROM netral.events e ORDER BY e.position DESC LIMIT 1;
    next := coalesce(next, 0);
    now_ := coalesce(told, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
    is_behind := previous IS NOT NULL AND now_ < previous
        AND now_::timestamptz < previous::timestamptz - interval '60 seconds';
    at_ := CASE WHEN previous > now_ THEN previous ELSE now_ END;

    IF plain AND NOT is_behind THEN
        FOR c IN 1..commands LOOP
            IF at_ < decided[c] OR at_ >= turning[c] OR next + event_ends[c] > below[c] THEN
                plain := false;
            END IF;
        END LOOP;
        IF plain
            AND NOT EXISTS (SELECT FROM netral.idempotency i WHERE i.scope = ANY (scopes))
            AND NOT EXISTS (
                SELECT FROM unnest(guarded, seen) AS g (stream, version)
                WHERE g.version <> coalesce((SELECT max(e.version) FROM netral.events e WHERE e.stream = g.stream), 0)
            )
        THEN
            BEGIN
                INSERT INTO netral.events (position, stream, version, topic, at, body)
                SELECT next + n.ord - 1, n.stream, n.version, n.topic, at_, n.body
                FROM unnest(streams, versions, topics, bodies)
                    WITH ORDINALITY AS n (stream, version, topic, body, ord);
                IF cardinality(commitments) > 0 THEN
                    INSERT INTO netral.vault (commitment, stream, of, box)
                    SELECT * FROM unnest(commitments, sealed_in, about, boxes);
                END IF;
                INSERT INTO netral.idempotency (scope, fingerprint, first, last)
                SELECT t.scope, t.fingerprint, next + coalesce(event_ends[t.c - 1], 0), next + event_ends[t.c] - 1
                FROM unnest(scopes, fingerprints) WITH ORDINALITY AS t (scope, fingerprint, c)
                WHERE t.scope IS NOT NULL;
                PERFORM pg_notify('netral', (next + event_ends[commands] - 1)::text);
                outcome := 'recorded';
                at := at_;
                FOR c IN 1..commands LOOP
                    first := next + events_from;
                    events_from := event_ends[c];
                    last := next + events_from - 1;
                    RETURN NEXT;
                END LOOP;
                RETURN;
            EXCEPTION WHEN integrity_constraint_violation THEN
                NULL; -- whose fault it is, the blocks below find out
            END;
        END IF;
    END IF;

    events_from := 0;
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
REVOKE ALL ON FUNCTION netral.append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION netral.append TO netral_writer;
