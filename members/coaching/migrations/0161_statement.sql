-- +goose Up
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE TABLE coaching.statement (
    id               uuid PRIMARY KEY,
    cooperative_id   uuid NOT NULL,
    member_id        uuid NOT NULL,
    coach_id         uuid NOT NULL,
    funder           text NOT NULL,
    municipality_id  uuid,
    funder_name      text,
    from_day         date NOT NULL,
    until_day        date NOT NULL,
    state            text NOT NULL,
    summary          bytea,
    content          bytea,
    content_hash     bytea,
    begun_at         timestamptz NOT NULL,
    moved_at         timestamptz NOT NULL,
    coach_signed_at  timestamptz,
    coach_signed_by  uuid,
    member_signed_at timestamptz,
    CONSTRAINT statement_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT statement_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT statement_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT statement_coach_signed_by FOREIGN KEY (cooperative_id, coach_signed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT statement_municipality FOREIGN KEY (cooperative_id, municipality_id) REFERENCES members.municipality (cooperative_id, id),
    CONSTRAINT statement_funder_known CHECK (funder IN ('uwv', 'municipality', 'other')),
    CONSTRAINT statement_funder_whole CHECK ((funder = 'municipality') = (municipality_id IS NOT NULL) AND (funder = 'other') = (funder_name IS NOT NULL)),
    CONSTRAINT statement_funder_name_length CHECK (char_length(funder_name) BETWEEN 1 AND 80),
    CONSTRAINT statement_days_in_order CHECK (until_day >= from_day),
    CONSTRAINT statement_at_most_13_months CHECK (until_day < from_day + interval '13 months'),
    CONSTRAINT statement_is_of_the_past CHECK (until_day <= (begun_at AT TIME ZONE 'Europe/Amsterdam')::date),
    CONSTRAINT statement_state_known CHECK (state IN ('draft', 'signed_once', 'signed', 'withdrawn')),
    CONSTRAINT statement_signatures_fit CHECK (CASE state
        WHEN 'signed' THEN coach_signed_at IS NOT NULL AND member_signed_at IS NOT NULL
        WHEN 'signed_once' THEN (coach_signed_at IS NULL) <> (member_signed_at IS NULL)
        ELSE coach_signed_at IS NULL AND member_signed_at IS NULL END),
    CONSTRAINT statement_its_coach_signs CHECK ((coach_signed_at IS NULL) = (coach_signed_by IS NULL) AND coach_signed_by = coach_id),
    CONSTRAINT statement_frozen_once_signed CHECK ((content IS NOT NULL) = (state IN ('signed_once', 'signed')) AND (content IS NULL) = (content_hash IS NULL)),
    CONSTRAINT statement_summary_length CHECK (octet_length(summary) BETWEEN 30 AND 4029),
    CONSTRAINT statement_content_length CHECK (octet_length(content) BETWEEN 30 AND 33554432),
    CONSTRAINT statement_hash_length CHECK (octet_length(content_hash) = 32),
    CONSTRAINT statement_times_in_order CHECK (moved_at >= begun_at AND coach_signed_at >= begun_at AND member_signed_at >= begun_at),
    CONSTRAINT statement_once_a_period EXCLUDE USING gist (cooperative_id WITH =, member_id WITH =,
        (funder || coalesce(municipality_id::text, lower(funder_name), '')) WITH =, daterange(from_day, until_day, '[]') WITH &&) WHERE (state <> 'withdrawn')
);
COMMENT ON TABLE coaching.statement IS 'What a member and their coach tell a funder about a period. draft → signed_once → signed; the first two → withdrawn.';
COMMENT ON COLUMN coaching.statement.summary IS 'All that is typed. Sealed with the key of the member''s person: at most 1000 characters.';
COMMENT ON COLUMN coaching.statement.content IS 'All that was shown when the first of both signed, as JSON. Sealed as summary is; it never changes, and goes when the statement is withdrawn.';
COMMENT ON COLUMN coaching.statement.content_hash IS 'SHA-256 of the JSON.';
COMMENT ON COLUMN coaching.statement.moved_at IS 'When it came into its state.';
CREATE INDEX statement_of_member ON coaching.statement (cooperative_id, member_id, until_day DESC, id);
CREATE INDEX statement_of_coach ON coaching.statement (cooperative_id, coach_id);
CREATE INDEX statement_coach_signed_by ON coaching.statement (cooperative_id, coach_signed_by) WHERE coach_signed_by IS NOT NULL;
CREATE INDEX statement_municipality ON coaching.statement (cooperative_id, municipality_id) WHERE municipality_id IS NOT NULL;
CREATE INDEX statement_over ON coaching.statement (moved_at);

-- +goose StatementBegin
CREATE FUNCTION coaching.keep_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('signed', 'withdrawn') OR OLD.state = 'signed_once' AND NEW.state NOT IN ('signed', 'withdrawn')
        OR OLD.state = 'draft' AND NEW.state = 'signed' THEN
        RAISE EXCEPTION 'coaching.statement: not from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'signed_once' AND NEW.state = 'signed' AND (
        (NEW.content, NEW.content_hash, NEW.summary, NEW.cooperative_id, NEW.member_id, NEW.coach_id, NEW.funder, NEW.municipality_id, NEW.funder_name, NEW.from_day, NEW.until_day, NEW.begun_at)
        IS DISTINCT FROM
        (OLD.content, OLD.content_hash, OLD.summary, OLD.cooperative_id, OLD.member_id, OLD.coach_id, OLD.funder, OLD.municipality_id, OLD.funder_name, OLD.from_day, OLD.until_day, OLD.begun_at)
        OR OLD.coach_signed_at IS NOT NULL AND OLD.coach_signed_at IS DISTINCT FROM NEW.coach_signed_at
        OR OLD.member_signed_at IS NOT NULL AND OLD.member_signed_at IS DISTINCT FROM NEW.member_signed_at) THEN
        RAISE EXCEPTION 'coaching.statement: both sign the same' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER statement_stays BEFORE UPDATE ON coaching.statement FOR EACH ROW EXECUTE FUNCTION coaching.keep_statement();

CREATE TABLE coaching.satisfaction (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    statement_id   uuid NOT NULL,
    by_kind        text NOT NULL,
    client_id      uuid,
    asked_at       timestamptz NOT NULL,
    given_at       timestamptz,
    given_by       uuid,
    reach          integer,
    clear          integer,
    help           integer,
    result         integer,
    overall        integer,
    words          bytea,
    CONSTRAINT satisfaction_statement FOREIGN KEY (cooperative_id, statement_id) REFERENCES coaching.statement (cooperative_id, id) ON DELETE CASCADE,
    CONSTRAINT satisfaction_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT satisfaction_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT satisfaction_given_by FOREIGN KEY (cooperative_id, given_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT satisfaction_by_known CHECK (by_kind IN ('member', 'client')),
    CONSTRAINT satisfaction_client_where_it_is_one CHECK ((by_kind = 'client') = (client_id IS NOT NULL)),
    CONSTRAINT satisfaction_from_1_to_10 CHECK (reach BETWEEN 1 AND 10 AND clear BETWEEN 1 AND 10 AND help BETWEEN 1 AND 10 AND result BETWEEN 1 AND 10 AND overall BETWEEN 1 AND 10),
    CONSTRAINT satisfaction_given_whole CHECK (num_nulls(given_at, given_by, reach, clear, help, result, overall) IN (0, 7) AND (words IS NULL OR given_at IS NOT NULL)),
    CONSTRAINT satisfaction_words_length CHECK (octet_length(words) BETWEEN 30 AND 2029),
    CONSTRAINT satisfaction_times_in_order CHECK (given_at >= asked_at),
    CONSTRAINT satisfaction_once UNIQUE NULLS NOT DISTINCT (statement_id, client_id)
);
COMMENT ON TABLE coaching.satisfaction IS 'What the member, or a client for whom they worked, thinks of the help in the period of a statement. No answer is fine.';
COMMENT ON COLUMN coaching.satisfaction.reach IS 'From 1 to 10. Can the coach be reached; clear: is it clear what was agreed; help: does the help do good; result: does it bring the member further; overall: all in all.';
COMMENT ON COLUMN coaching.satisfaction.words IS 'Sealed with the key of the member''s person: at most 500 characters.';
CREATE INDEX satisfaction_of_statement ON coaching.satisfaction (cooperative_id, statement_id);
CREATE INDEX satisfaction_of_member ON coaching.satisfaction (cooperative_id, member_id);
CREATE INDEX satisfaction_of_client ON coaching.satisfaction (cooperative_id, client_id) WHERE client_id IS NOT NULL;
CREATE INDEX satisfaction_given_by ON coaching.satisfaction (cooperative_id, given_by) WHERE given_by IS NOT NULL;

-- +goose Down
DROP TABLE coaching.satisfaction, coaching.statement;
DROP FUNCTION coaching.keep_statement();
