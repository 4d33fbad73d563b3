-- +goose Up
CREATE TABLE coaching.goal (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    text           bytea NOT NULL,
    state          text NOT NULL,
    aim_on         date,
    made_at        timestamptz NOT NULL,
    made_by        uuid NOT NULL,
    ended_at       timestamptz,
    CONSTRAINT goal_of_member UNIQUE (cooperative_id, member_id, id),
    CONSTRAINT goal_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT goal_made_by FOREIGN KEY (cooperative_id, made_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT goal_text_length CHECK (octet_length(text) BETWEEN 30 AND 829),
    CONSTRAINT goal_state_known CHECK (state IN ('open', 'met', 'not_met', 'needs_more')),
    CONSTRAINT goal_end_has_its_time CHECK ((state = 'open') = (ended_at IS NULL)),
    CONSTRAINT goal_times_in_order CHECK (ended_at >= made_at)
);
COMMENT ON TABLE coaching.goal IS 'What a member wants to reach. open → met | not_met | needs_more; any of these → open again.';
COMMENT ON COLUMN coaching.goal.text IS 'Sealed with the key of the member''s person: at most 200 characters.';
COMMENT ON COLUMN coaching.goal.made_by IS 'The role of the member or the coach who wrote it down.';
CREATE INDEX goal_made_by ON coaching.goal (cooperative_id, made_by);
CREATE INDEX goal_over ON coaching.goal (ended_at) WHERE state <> 'open';

CREATE TABLE coaching.goal_step (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    goal_id        uuid NOT NULL,
    text           bytea NOT NULL,
    made_at        timestamptz NOT NULL,
    done_at        timestamptz,
    CONSTRAINT goal_step_goal FOREIGN KEY (cooperative_id, member_id, goal_id) REFERENCES coaching.goal (cooperative_id, member_id, id) ON DELETE CASCADE,
    CONSTRAINT goal_step_text_length CHECK (octet_length(text) BETWEEN 30 AND 829),
    CONSTRAINT goal_step_times_in_order CHECK (done_at >= made_at)
);
COMMENT ON TABLE coaching.goal_step IS 'One thing to do on the way to a goal.';
COMMENT ON COLUMN coaching.goal_step.text IS 'Sealed with the key of the member''s person: at most 200 characters.';
CREATE INDEX goal_step_goal ON coaching.goal_step (cooperative_id, member_id, goal_id, made_at);

CREATE TABLE coaching.contact (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    coach_id       uuid NOT NULL,
    kind           text NOT NULL,
    at             timestamptz NOT NULL,
    minutes        integer NOT NULL,
    goal_id        uuid,
    why            bytea NOT NULL,
    next           bytea,
    logged_at      timestamptz NOT NULL,
    CONSTRAINT contact_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT contact_coach FOREIGN KEY (cooperative_id, coach_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT contact_goal FOREIGN KEY (cooperative_id, member_id, goal_id) REFERENCES coaching.goal (cooperative_id, member_id, id) ON DELETE SET NULL (goal_id),
    CONSTRAINT contact_kind_known CHECK (kind IN ('talk', 'call', 'visit', 'message', 'with_client', 'other')),
    CONSTRAINT contact_minutes_of_a_day CHECK (minutes BETWEEN 1 AND 600),
    CONSTRAINT contact_why_length CHECK (octet_length(why) BETWEEN 30 AND 2029),
    CONSTRAINT contact_next_length CHECK (octet_length(next) BETWEEN 30 AND 1229),
    CONSTRAINT contact_is_over CHECK (at <= logged_at)
);
COMMENT ON TABLE coaching.contact IS 'What a coach did for a member: all notes that there are. The member can read each.';
COMMENT ON COLUMN coaching.contact.id IS 'Drawn by the phone that logs it, so that what is sent twice is kept once.';
COMMENT ON COLUMN coaching.contact.why IS 'Why it was needed. Sealed with the key of the member''s person, as is next: at most 500 characters, and 300.';
CREATE INDEX contact_of_member ON coaching.contact (cooperative_id, member_id, at DESC, id);
CREATE INDEX contact_of_coach ON coaching.contact (cooperative_id, coach_id, at DESC);
CREATE INDEX contact_goal ON coaching.contact (cooperative_id, member_id, goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX contact_over ON coaching.contact (at);

CREATE TABLE coaching.rung (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    step           integer NOT NULL,
    occasion       text NOT NULL,
    state          text NOT NULL,
    proposed_at    timestamptz NOT NULL,
    proposed_by    uuid NOT NULL,
    settled_at     timestamptz,
    settled_by     uuid,
    CONSTRAINT rung_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT rung_proposed_by FOREIGN KEY (cooperative_id, proposed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT rung_settled_by FOREIGN KEY (cooperative_id, settled_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT rung_step_of_the_ladder CHECK (step BETWEEN 1 AND 6),
    CONSTRAINT rung_occasion_known CHECK (occasion IN ('intake', 'half_year', 'change')),
    CONSTRAINT rung_state_known CHECK (state IN ('proposed', 'set', 'dropped')),
    CONSTRAINT rung_settled_whole CHECK ((state = 'proposed') = (settled_at IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
    CONSTRAINT rung_set_by_both CHECK (state <> 'set' OR settled_by <> proposed_by),
    CONSTRAINT rung_times_in_order CHECK (settled_at >= proposed_at)
);
COMMENT ON TABLE coaching.rung IS 'Where a member stands on the participation ladder, by member and coach together. proposed → set | dropped.';
CREATE INDEX rung_of_member ON coaching.rung (cooperative_id, member_id, settled_at DESC) WHERE state = 'set';
CREATE UNIQUE INDEX rung_one_proposed ON coaching.rung (cooperative_id, member_id) WHERE state = 'proposed';
CREATE INDEX rung_proposed_by ON coaching.rung (cooperative_id, proposed_by);
CREATE INDEX rung_settled_by ON coaching.rung (cooperative_id, settled_by) WHERE settled_by IS NOT NULL;
CREATE INDEX rung_over ON coaching.rung (settled_at) WHERE state <> 'proposed';

CREATE TABLE coaching.self_score (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    week           date NOT NULL,
    given_at       timestamptz NOT NULL,
    feel           integer NOT NULL,
    work           integer NOT NULL,
    next           integer NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, week),
    CONSTRAINT self_score_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT self_score_week_begins_on_monday CHECK (extract(isodow FROM week) = 1),
    CONSTRAINT self_score_of_five CHECK (feel BETWEEN 1 AND 5 AND work BETWEEN 1 AND 5 AND next BETWEEN 1 AND 5)
);
COMMENT ON TABLE coaching.self_score IS 'How a member says that it goes, once a week at the most: the member''s own.';
COMMENT ON COLUMN coaching.self_score.feel IS 'How I feel, from 1 (bad) to 5 (well); work: how my work goes; next: how I look forward to the coming week.';
CREATE INDEX self_score_over ON coaching.self_score (given_at);

-- +goose Down
DROP TABLE coaching.self_score, coaching.rung, coaching.contact, coaching.goal_step, coaching.goal;
