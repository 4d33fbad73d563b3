-- +goose Up
CREATE TABLE coaching.work_step (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    step           text NOT NULL,
    was            text,
    by_role_id     uuid NOT NULL,
    at             timestamptz NOT NULL,
    why            bytea,
    CONSTRAINT work_step_one_at_a_time UNIQUE (cooperative_id, member_id, at),
    CONSTRAINT work_step_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT work_step_by FOREIGN KEY (cooperative_id, by_role_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT work_step_known CHECK (step IN ('workshop', 'accompanied', 'solo', 'trial', 'job')),
    CONSTRAINT work_step_was_known CHECK (was IN ('workshop', 'accompanied', 'solo', 'trial', 'job') AND was <> step),
    CONSTRAINT work_step_why_length CHECK (octet_length(why) BETWEEN 30 AND 1229)
);
COMMENT ON TABLE coaching.work_step IS 'On which step of the ladder of work a coach put a member: the last row holds. No row: not limited.';
COMMENT ON COLUMN coaching.work_step.was IS 'The step before; none: there was no step.';
COMMENT ON COLUMN coaching.work_step.why IS 'Sealed with the key of the member''s person: at most 300 characters.';
CREATE INDEX work_step_by ON coaching.work_step (cooperative_id, by_role_id);
CREATE INDEX work_step_when ON coaching.work_step (cooperative_id, at);
CREATE INDEX work_step_over ON coaching.work_step (at);

-- +goose Down
DROP TABLE coaching.work_step;
