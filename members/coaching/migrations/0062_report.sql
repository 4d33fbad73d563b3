-- +goose Up
CREATE TABLE coaching.report (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    ref            uuid NOT NULL,
    kind           text NOT NULL,
    text           text NOT NULL,
    state          text NOT NULL,
    reported_at    timestamptz NOT NULL,
    look_before    timestamptz NOT NULL,
    waited_at      timestamptz,
    taken_at       timestamptz,
    taken_by       uuid,
    closed_at      timestamptz,
    closed_by      uuid,
    done           text,
    CONSTRAINT report_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT report_taken_by FOREIGN KEY (cooperative_id, taken_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT report_closed_by FOREIGN KEY (cooperative_id, closed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT report_kind_known CHECK (kind IN ('place', 'tools', 'people', 'other_work', 'something_else')),
    CONSTRAINT report_text_length CHECK (char_length(text) BETWEEN 1 AND 1000),
    CONSTRAINT report_done_length CHECK (char_length(done) BETWEEN 1 AND 1000),
    CONSTRAINT report_state_known CHECK (state IN ('reported', 'taken', 'closed')),
    CONSTRAINT report_taken_by_somebody CHECK ((state <> 'reported') = (taken_at IS NOT NULL) AND (taken_at IS NULL) = (taken_by IS NULL)),
    CONSTRAINT report_closed_says_what_was_done CHECK ((state = 'closed') = (closed_at IS NOT NULL)
        AND (closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (done IS NULL)),
    CONSTRAINT report_times_in_order CHECK (look_before > reported_at AND waited_at >= reported_at AND taken_at >= reported_at AND closed_at >= taken_at)
);
COMMENT ON TABLE coaching.report IS 'Unsafe work, told by a member to their coach and the coordinators. reported → taken → closed.';
COMMENT ON COLUMN coaching.report.ref IS 'The engagement. No foreign key: engagements stand to the right of here.';
COMMENT ON COLUMN coaching.report.waited_at IS 'When the coordinators were told again, because nobody had looked by look_before.';
CREATE INDEX report_list ON coaching.report (cooperative_id, reported_at DESC);
CREATE INDEX report_open ON coaching.report (cooperative_id, reported_at) WHERE state <> 'closed';
CREATE INDEX report_of_member ON coaching.report (cooperative_id, member_id, ref, reported_at DESC);
CREATE INDEX report_taken_by ON coaching.report (cooperative_id, taken_by) WHERE taken_by IS NOT NULL;
CREATE INDEX report_closed_by ON coaching.report (cooperative_id, closed_by) WHERE closed_by IS NOT NULL;

-- +goose Down
DROP TABLE coaching.report;
