-- +goose Up
CREATE TABLE payments.policy_change (
    id               uuid NOT NULL,
    cooperative_id   uuid NOT NULL CONSTRAINT policy_change_cooperative REFERENCES members.cooperative,
    four_eyes_cents  bigint NOT NULL,
    payout_cents     bigint NOT NULL,
    hour_cents       bigint NOT NULL,
    member_day_cents bigint NOT NULL,
    advance_cents    bigint NOT NULL,
    reason           text NOT NULL,
    state            text NOT NULL,
    proposed_by      uuid NOT NULL,
    proposed_at      timestamptz NOT NULL,
    decided_by       uuid,
    decided_at       timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT policy_change_proposed_by FOREIGN KEY (cooperative_id, proposed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT policy_change_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT policy_change_state_known CHECK (state IN ('proposed', 'approved', 'refused', 'taken_back')),
    CONSTRAINT policy_change_amounts CHECK (four_eyes_cents >= 0 AND payout_cents > 0 AND hour_cents > 0 AND member_day_cents > 0 AND advance_cents >= 0),
    CONSTRAINT policy_change_reason_length CHECK (char_length(reason) BETWEEN 1 AND 300),
    CONSTRAINT policy_change_decided_sometime CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT policy_change_four_eyes CHECK (state NOT IN ('approved', 'refused') OR decided_by <> proposed_by),
    CONSTRAINT policy_change_own_taken_back CHECK (state <> 'taken_back' OR decided_by = proposed_by)
);
COMMENT ON TABLE payments.policy_change IS 'Other limits that a coordinator wants. proposed → approved | refused by somebody else | taken_back.';
COMMENT ON COLUMN payments.policy_change.reason IS 'About money, never about a person: it is plain and stays.';
CREATE UNIQUE INDEX policy_change_one_waits ON payments.policy_change (cooperative_id) WHERE state = 'proposed';
CREATE INDEX policy_change_decided_at ON payments.policy_change (cooperative_id, decided_at DESC) WHERE state <> 'proposed';
CREATE INDEX policy_change_proposer ON payments.policy_change (cooperative_id, proposed_by);
CREATE INDEX policy_change_decider ON payments.policy_change (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;

-- +goose Down
DROP TABLE payments.policy_change;
