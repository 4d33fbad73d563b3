-- +goose Up
ALTER TABLE jobs.timesheet
    ADD COLUMN break_minutes integer NOT NULL DEFAULT 0,
    ADD COLUMN round integer NOT NULL DEFAULT 0,
    ADD COLUMN automatic boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT timesheet_minutes_range,
    ADD CONSTRAINT timesheet_minutes_range CHECK (minutes BETWEEN 0 AND 720 AND (minutes > 0 OR state IN ('disputed', 'agreed'))),
    ADD CONSTRAINT timesheet_break_range CHECK (break_minutes BETWEEN 0 AND 720),
    ADD CONSTRAINT timesheet_automatic_is_agreed CHECK (NOT automatic OR state = 'agreed');
COMMENT ON COLUMN jobs.timesheet.minutes IS 'Paid minutes, without the break; while a part is disputed, those that are beyond doubt.';
COMMENT ON COLUMN jobs.timesheet.round IS 'How often something was said: a timer acts only while nothing was said since.';
COMMENT ON COLUMN jobs.timesheet.automatic IS 'Nobody answered in time: agreed by the program, in favour of the member.';

CREATE TABLE jobs.sheet_step (
    cooperative_id uuid NOT NULL,
    engagement_id  uuid NOT NULL,
    n              integer NOT NULL,
    what           text NOT NULL,
    kind           text NOT NULL,
    role_id        uuid,
    helper_id      uuid,
    minutes        integer NOT NULL,
    break_minutes  integer NOT NULL,
    reason         bytea,
    at             timestamptz NOT NULL,
    PRIMARY KEY (cooperative_id, engagement_id, n),
    CONSTRAINT sheet_step_engagement FOREIGN KEY (cooperative_id, engagement_id) REFERENCES jobs.engagement (cooperative_id, id),
    CONSTRAINT sheet_step_role FOREIGN KEY (cooperative_id, role_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT sheet_step_helper FOREIGN KEY (cooperative_id, helper_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT sheet_step_counts CHECK (n > 0),
    CONSTRAINT sheet_step_what_known CHECK (what IN ('proposed', 'agreed', 'disputed', 'decided', 'silent')),
    CONSTRAINT sheet_step_kind_known CHECK (kind IN ('member', 'client', 'coordinator', 'program')),
    CONSTRAINT sheet_step_by_somebody CHECK ((kind = 'program') = (role_id IS NULL)),
    CONSTRAINT sheet_step_helper_of_member CHECK (helper_id IS NULL OR kind = 'member'),
    CONSTRAINT sheet_step_minutes_range CHECK (minutes BETWEEN 0 AND 720 AND break_minutes BETWEEN 0 AND 720),
    CONSTRAINT sheet_step_reason_length CHECK (octet_length(reason) BETWEEN 30 AND 2029)
);
COMMENT ON TABLE jobs.sheet_step IS 'What was said about the hours of an engagement, in order; only added to.';
COMMENT ON COLUMN jobs.sheet_step.reason IS 'Sealed with the key of the member''s person: at most 500 characters.';
CREATE INDEX sheet_step_role ON jobs.sheet_step (cooperative_id, role_id) WHERE role_id IS NOT NULL;
CREATE INDEX sheet_step_helper ON jobs.sheet_step (cooperative_id, helper_id) WHERE helper_id IS NOT NULL;

-- +goose Down
DROP TABLE jobs.sheet_step;
ALTER TABLE jobs.timesheet DROP COLUMN break_minutes, DROP COLUMN round, DROP COLUMN automatic, DROP CONSTRAINT timesheet_minutes_range,
    ADD CONSTRAINT timesheet_minutes_range CHECK (minutes BETWEEN 1 AND 720);
