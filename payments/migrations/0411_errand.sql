-- +goose Up
CREATE TABLE payments.errand (
    cooperative_id uuid NOT NULL CONSTRAINT errand_cooperative REFERENCES members.cooperative,
    kind           text NOT NULL,
    subject        text NOT NULL,
    input_hash     bytea,
    generation     integer NOT NULL DEFAULT 1,
    state          text NOT NULL DEFAULT 'open',
    tries          integer NOT NULL DEFAULT 0,
    first_at       timestamptz,
    last_at        timestamptz,
    refused        text NOT NULL DEFAULT '',
    outside_id     text,
    PRIMARY KEY (cooperative_id, kind, subject),
    CONSTRAINT errand_kind_form CHECK (kind ~ '^[a-z_]{1,30}$'),
    CONSTRAINT errand_subject_length CHECK (char_length(subject) BETWEEN 1 AND 100),
    CONSTRAINT errand_hash_length CHECK (octet_length(input_hash) = 32),
    CONSTRAINT errand_state_known CHECK (state IN ('open', 'done')),
    CONSTRAINT errand_counts CHECK (generation >= 1 AND tries >= 0),
    CONSTRAINT errand_tried_has_its_time CHECK ((tries = 0) = (first_at IS NULL)),
    CONSTRAINT errand_refused_length CHECK (char_length(refused) <= 100),
    CONSTRAINT errand_done_has_a_number CHECK ((state = 'done') = (outside_id IS NOT NULL))
);
COMMENT ON TABLE payments.errand IS 'What the gateway is asked to make or to move, once: written before the call, ended by its answer. open → done.';
COMMENT ON COLUMN payments.errand.input_hash IS 'Of all that this generation asks for; null before its first call.';
COMMENT ON COLUMN payments.errand.generation IS 'Part of the key. Raised only after a definite no, or after a look that found nothing there.';
COMMENT ON COLUMN payments.errand.tries IS 'Calls of this generation whose answer is not known.';
COMMENT ON COLUMN payments.errand.refused IS 'The gateway''s word for its last no.';
CREATE INDEX errand_unknown ON payments.errand (cooperative_id, first_at) WHERE state = 'open' AND tries > 0;

CREATE TABLE payments.stop (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT stop_cooperative REFERENCES members.cooperative,
    cause          text NOT NULL,
    since          timestamptz NOT NULL,
    stopped_by     uuid,
    lifted_at      timestamptz,
    lifted_by      uuid,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT stop_stopped_by FOREIGN KEY (cooperative_id, stopped_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT stop_lifted_by FOREIGN KEY (cooperative_id, lifted_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT stop_cause_known CHECK (cause IN ('difference', 'restored', 'hand')),
    CONSTRAINT stop_by_hand_has_a_hand CHECK ((cause = 'hand') = (stopped_by IS NOT NULL)),
    CONSTRAINT stop_lifted_after CHECK (lifted_at >= since),
    CONSTRAINT stop_lifted_by_somebody CHECK (lifted_by IS NULL OR lifted_at IS NOT NULL)
);
COMMENT ON TABLE payments.stop IS 'While a cooperative has one that is not lifted, no money leaves it.';
CREATE UNIQUE INDEX stop_cause_once ON payments.stop (cooperative_id, cause) WHERE lifted_at IS NULL;
CREATE INDEX stop_by ON payments.stop (cooperative_id, stopped_by) WHERE stopped_by IS NOT NULL;
CREATE INDEX stop_lifter ON payments.stop (cooperative_id, lifted_by) WHERE lifted_by IS NOT NULL;

CREATE TABLE payments.policy (
    cooperative_id     uuid PRIMARY KEY CONSTRAINT policy_cooperative REFERENCES members.cooperative,
    four_eyes_cents    bigint NOT NULL,
    payout_cents       bigint NOT NULL,
    hour_cents         bigint NOT NULL,
    member_day_cents   bigint NOT NULL,
    advance_cents      bigint NOT NULL,
    CONSTRAINT policy_amounts CHECK (four_eyes_cents >= 0 AND payout_cents > 0 AND hour_cents > 0 AND member_day_cents > 0 AND advance_cents >= 0)
);
COMMENT ON TABLE payments.policy IS 'What a cooperative lets the program do with money by itself. Without a row the defaults of policy.go count.';
COMMENT ON COLUMN payments.policy.four_eyes_cents IS 'Above this, what leaves on the word of one coordinator needs another''s.';
COMMENT ON COLUMN payments.policy.payout_cents IS 'A larger payout waits for a person; so do those above hour_cents in one hour together, and above member_day_cents for one member in 24 hours.';
COMMENT ON COLUMN payments.policy.advance_cents IS 'The most that one member may have advanced and not earned yet.';

-- +goose Down
DROP TABLE payments.policy, payments.stop, payments.errand;
