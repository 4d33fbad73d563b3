-- +goose Up
CREATE TABLE jobs.dispute (
    id                 uuid PRIMARY KEY,
    cooperative_id     uuid NOT NULL,
    engagement_id      uuid NOT NULL,
    state              text NOT NULL,
    by_kind            text NOT NULL,
    by_role            uuid NOT NULL,
    helper_id          uuid,
    undisputed_minutes integer NOT NULL,
    most_minutes       integer NOT NULL,
    reason             bytea NOT NULL,
    disputed_at        timestamptz NOT NULL,
    decided_minutes    integer,
    decided_by         uuid,
    decision           bytea,
    decided_at         timestamptz,
    CONSTRAINT dispute_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT dispute_once UNIQUE (cooperative_id, engagement_id),
    CONSTRAINT dispute_engagement FOREIGN KEY (cooperative_id, engagement_id) REFERENCES jobs.engagement (cooperative_id, id),
    CONSTRAINT dispute_by FOREIGN KEY (cooperative_id, by_role) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT dispute_helper FOREIGN KEY (cooperative_id, helper_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT dispute_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT dispute_state_known CHECK (state IN ('open', 'decided')),
    CONSTRAINT dispute_by_a_side CHECK (by_kind IN ('member', 'client') AND (helper_id IS NULL OR by_kind = 'member')),
    CONSTRAINT dispute_is_about_something CHECK (undisputed_minutes >= 0 AND undisputed_minutes < most_minutes AND most_minutes <= 720),
    CONSTRAINT dispute_decided_between CHECK (decided_minutes BETWEEN undisputed_minutes AND most_minutes),
    CONSTRAINT dispute_decided_is_whole CHECK (num_nulls(decided_minutes, decided_by, decision, decided_at) = CASE WHEN state = 'open' THEN 4 ELSE 0 END),
    CONSTRAINT dispute_words_length CHECK (octet_length(reason) BETWEEN 30 AND 2029 AND octet_length(decision) BETWEEN 30 AND 2029)
);
COMMENT ON TABLE jobs.dispute IS 'The part of the hours of an engagement that waits for a coordinator. What is beyond doubt is billed already.';
COMMENT ON COLUMN jobs.dispute.most_minutes IS 'The most that a side said last.';
COMMENT ON COLUMN jobs.dispute.reason IS 'Sealed with the key of the member''s person, as the decision is: at most 500 characters each.';
CREATE INDEX dispute_open ON jobs.dispute (cooperative_id, disputed_at) WHERE state = 'open';
CREATE INDEX dispute_by ON jobs.dispute (cooperative_id, by_role);
CREATE INDEX dispute_helper ON jobs.dispute (cooperative_id, helper_id) WHERE helper_id IS NOT NULL;
CREATE INDEX dispute_decided_by ON jobs.dispute (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;

-- +goose Down
DROP TABLE jobs.dispute;
