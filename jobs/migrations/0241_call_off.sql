-- +goose Up
ALTER TABLE jobs.engagement
    ADD COLUMN called_off_at      timestamptz,
    ADD COLUMN called_off_by      text,
    ADD COLUMN called_off_role_id uuid,
    ADD COLUMN called_off_why     text,
    ADD COLUMN called_off_text    bytea,
    ADD COLUMN absent_at          timestamptz,
    ADD COLUMN absent_role_id     uuid,
    ADD COLUMN absent_denied_at   timestamptz,
    DROP CONSTRAINT engagement_once,
    DROP CONSTRAINT engagement_one_at_a_time;
ALTER TABLE jobs.engagement
    ADD CONSTRAINT engagement_called_off_role FOREIGN KEY (cooperative_id, called_off_role_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT engagement_absent_role FOREIGN KEY (cooperative_id, absent_role_id) REFERENCES members.role (cooperative_id, id),
    ADD CONSTRAINT engagement_called_off_by_known CHECK (called_off_by IN ('member', 'client', 'office')),
    ADD CONSTRAINT engagement_called_off_by_a_human CHECK (num_nonnulls(called_off_at, called_off_by, called_off_role_id) IN (0, 3)),
    ADD CONSTRAINT engagement_cancelled_is_called_off CHECK (state <> 'cancelled' OR called_off_at IS NOT NULL),
    ADD CONSTRAINT engagement_called_off_holds_no_seat CHECK (called_off_at IS NULL OR state = 'cancelled'
        OR called_off_by <> 'member' AND state IN ('agreed', 'billed', 'paid', 'closed')),
    ADD CONSTRAINT engagement_why_is_the_members CHECK (called_off_by = 'member' OR num_nonnulls(called_off_why, called_off_text) = 0),
    ADD CONSTRAINT engagement_called_off_why_known CHECK (called_off_why IN ('ill')),
    ADD CONSTRAINT engagement_called_off_text_length CHECK (octet_length(called_off_text) BETWEEN 30 AND 1229),
    ADD CONSTRAINT engagement_absent_has_its_time CHECK ((state = 'absent') = (absent_at IS NOT NULL)),
    ADD CONSTRAINT engagement_absent_by_a_human CHECK (num_nonnulls(absent_at, absent_role_id) IN (0, 2)),
    ADD CONSTRAINT engagement_denied_only_then CHECK (absent_denied_at IS NULL OR state = 'absent'),
    ADD CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL);
CREATE UNIQUE INDEX engagement_once ON jobs.engagement (shift_id, member_id) WHERE state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL;
CREATE INDEX engagement_called_off_role ON jobs.engagement (cooperative_id, called_off_role_id) WHERE called_off_role_id IS NOT NULL;
CREATE INDEX engagement_absent_role ON jobs.engagement (cooperative_id, absent_role_id) WHERE absent_role_id IS NOT NULL;
COMMENT ON COLUMN jobs.engagement.called_off_at IS 'Since then it holds no seat, also where part of it is paid.';
COMMENT ON COLUMN jobs.engagement.called_off_why IS 'Of a member, where they said it. It is their own, and never read by matching.';
COMMENT ON COLUMN jobs.engagement.called_off_text IS 'Sealed with the key of the member''s person: at most 300 characters.';
COMMENT ON COLUMN jobs.engagement.absent_denied_at IS 'When the member said that they were there: a coordinator looks.';

ALTER TABLE jobs.shift ADD COLUMN called_off_at timestamptz;
COMMENT ON COLUMN jobs.shift.called_off_at IS 'Since then nobody is asked for it. Who did it stands in the log of deeds.';

ALTER TABLE jobs.timesheet
    ADD COLUMN part_pay boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT timesheet_part_pay_is_agreed CHECK (NOT part_pay OR state = 'agreed');
COMMENT ON COLUMN jobs.timesheet.part_pay IS 'Nobody worked these minutes: the client called the work off late.';

-- What is called off holds no seat.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION jobs.keep_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    work integer;
    buddies integer;
BEGIN
    SELECT count(*) FILTER (WHERE seat = 'work'), count(*) FILTER (WHERE seat = 'buddy') INTO work, buddies
    FROM jobs.engagement WHERE cooperative_id = NEW.cooperative_id AND shift_id = NEW.id AND state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL;
    IF work > NEW.seats - NEW.buddy_seats OR buddies > NEW.buddy_seats THEN
        RAISE EXCEPTION 'the seats of shift % are taken', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_seats_taken', SCHEMA = 'jobs', TABLE = 'shift';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION jobs.keep_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    work integer;
    buddies integer;
BEGIN
    SELECT count(*) FILTER (WHERE seat = 'work'), count(*) FILTER (WHERE seat = 'buddy') INTO work, buddies
    FROM jobs.engagement WHERE cooperative_id = NEW.cooperative_id AND shift_id = NEW.id AND state NOT IN ('cancelled', 'absent');
    IF work > NEW.seats - NEW.buddy_seats OR buddies > NEW.buddy_seats THEN
        RAISE EXCEPTION 'the seats of shift % are taken', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_seats_taken', SCHEMA = 'jobs', TABLE = 'shift';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
ALTER TABLE jobs.timesheet DROP COLUMN part_pay;
ALTER TABLE jobs.shift DROP COLUMN called_off_at;
DELETE FROM jobs.timesheet t USING jobs.engagement e WHERE e.cooperative_id = t.cooperative_id AND e.id = t.engagement_id AND e.called_off_at IS NOT NULL;
DELETE FROM jobs.engagement WHERE called_off_at IS NOT NULL OR absent_at IS NOT NULL;
DROP INDEX jobs.engagement_once;
ALTER TABLE jobs.engagement
    DROP CONSTRAINT engagement_one_at_a_time,
    DROP COLUMN called_off_at,
    DROP COLUMN called_off_by,
    DROP COLUMN called_off_role_id,
    DROP COLUMN called_off_why,
    DROP COLUMN called_off_text,
    DROP COLUMN absent_at,
    DROP COLUMN absent_role_id,
    DROP COLUMN absent_denied_at;
ALTER TABLE jobs.engagement
    ADD CONSTRAINT engagement_once UNIQUE (shift_id, member_id),
    ADD CONSTRAINT engagement_one_at_a_time EXCLUDE USING gist (member_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (state NOT IN ('cancelled', 'absent'));
