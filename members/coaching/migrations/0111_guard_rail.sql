-- +goose Up
CREATE TABLE coaching.guard_rail (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    kind           text NOT NULL,
    minutes        integer,
    metres         integer,
    groups         text[],
    review_on      date NOT NULL,
    reason         bytea,
    state          text NOT NULL,
    by_member      boolean NOT NULL,
    proposed_by    uuid NOT NULL,
    proposed_at    timestamptz NOT NULL,
    answered_by    uuid,
    answered_at    timestamptz,
    closed_by      uuid,
    closed_at      timestamptz,
    CONSTRAINT guard_rail_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT guard_rail_proposed_by FOREIGN KEY (cooperative_id, proposed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT guard_rail_answered_by FOREIGN KEY (cooperative_id, answered_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT guard_rail_closed_by FOREIGN KEY (cooperative_id, closed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT guard_rail_kind_known CHECK (kind IN ('hours_day', 'hours_week', 'no_nights', 'not_alone', 'only_groups', 'not_groups', 'reach', 'first_accompanied', 'coach_first')),
    CONSTRAINT guard_rail_minutes_of_hours CHECK ((kind IN ('hours_day', 'hours_week')) = (minutes IS NOT NULL)),
    CONSTRAINT guard_rail_day_range CHECK (kind <> 'hours_day' OR minutes BETWEEN 60 AND 720),
    CONSTRAINT guard_rail_week_range CHECK (kind <> 'hours_week' OR minutes BETWEEN 60 AND 2880),
    CONSTRAINT guard_rail_reach_range CHECK ((kind = 'reach') = (metres IS NOT NULL) AND metres BETWEEN 500 AND 60000),
    CONSTRAINT guard_rail_groups_named CHECK ((kind IN ('only_groups', 'not_groups')) = (groups IS NOT NULL) AND cardinality(groups) BETWEEN 1 AND 50),
    CONSTRAINT guard_rail_reason_length CHECK (octet_length(reason) BETWEEN 30 AND 1229),
    CONSTRAINT guard_rail_state_known CHECK (state IN ('proposed', 'agreed', 'refused', 'withdrawn', 'ended', 'replaced')),
    CONSTRAINT guard_rail_answer_has_its_time CHECK ((state IN ('agreed', 'refused', 'ended', 'replaced')) = (answered_at IS NOT NULL)),
    CONSTRAINT guard_rail_answered_by_somebody CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
    CONSTRAINT guard_rail_end_has_its_time CHECK ((state IN ('refused', 'withdrawn', 'ended', 'replaced')) = (closed_at IS NOT NULL)),
    CONSTRAINT guard_rail_closed_by_somebody CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
    CONSTRAINT guard_rail_times_in_order CHECK (answered_at >= proposed_at AND closed_at >= coalesce(answered_at, proposed_at))
);
COMMENT ON TABLE coaching.guard_rail IS 'A limit that a member and their coach agreed, until either ends it. proposed → agreed | refused | withdrawn; agreed → ended | replaced.';
COMMENT ON COLUMN coaching.guard_rail.review_on IS 'When both look again. It says nothing about how long the rail holds.';
COMMENT ON COLUMN coaching.guard_rail.reason IS 'Sealed with the key of the member''s person: at most 300 characters.';
COMMENT ON COLUMN coaching.guard_rail.by_member IS 'The member proposed it, so that the coach answers.';
CREATE UNIQUE INDEX guard_rail_one_agreed ON coaching.guard_rail (cooperative_id, member_id, kind) WHERE state = 'agreed';
CREATE UNIQUE INDEX guard_rail_one_proposed ON coaching.guard_rail (cooperative_id, member_id, kind) WHERE state = 'proposed';
CREATE INDEX guard_rail_of_member ON coaching.guard_rail (cooperative_id, member_id, proposed_at DESC);
CREATE INDEX guard_rail_proposed_by ON coaching.guard_rail (cooperative_id, proposed_by);
CREATE INDEX guard_rail_answered_by ON coaching.guard_rail (cooperative_id, answered_by) WHERE answered_by IS NOT NULL;
CREATE INDEX guard_rail_closed_by ON coaching.guard_rail (cooperative_id, closed_by) WHERE closed_by IS NOT NULL;
CREATE INDEX guard_rail_over ON coaching.guard_rail (closed_at) WHERE closed_at IS NOT NULL;

-- +goose Down
DROP TABLE coaching.guard_rail;
