-- +goose Up
CREATE TABLE jobs.timesheet (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    engagement_id  uuid NOT NULL,
    state          text NOT NULL,
    minutes        integer NOT NULL,
    reason         text,
    proposed_at    timestamptz NOT NULL,
    agreed_at      timestamptz,
    CONSTRAINT timesheet_once UNIQUE (cooperative_id, engagement_id),
    CONSTRAINT timesheet_engagement FOREIGN KEY (cooperative_id, engagement_id) REFERENCES jobs.engagement (cooperative_id, id),
    CONSTRAINT timesheet_state_known CHECK (state IN ('member_proposed', 'client_proposed', 'agreed', 'disputed')),
    CONSTRAINT timesheet_minutes_range CHECK (minutes BETWEEN 1 AND 720),
    CONSTRAINT timesheet_client_says_why CHECK (state <> 'client_proposed' OR length(reason) > 0),
    CONSTRAINT timesheet_reason_length CHECK (char_length(reason) <= 500),
    CONSTRAINT timesheet_agreed_has_its_time CHECK ((state = 'agreed') = (agreed_at IS NOT NULL))
);
COMMENT ON TABLE jobs.timesheet IS 'The hours of an engagement. No row: nothing is proposed yet. member_proposed ⇄ client_proposed → agreed.';
COMMENT ON COLUMN jobs.timesheet.minutes IS 'Paid minutes, without the break.';

-- +goose Down
DROP TABLE jobs.timesheet;
