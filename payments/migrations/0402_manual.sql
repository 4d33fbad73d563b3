-- +goose Up
CREATE TABLE payments.manual (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT manual_cooperative REFERENCES members.cooperative,
    source         text NOT NULL,
    destination    text NOT NULL,
    cents          bigint NOT NULL,
    reason         text NOT NULL,
    state          text NOT NULL,
    proposed_by    uuid NOT NULL,
    proposed_at    timestamptz NOT NULL,
    decided_by     uuid,
    decided_at     timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT manual_proposed_by FOREIGN KEY (cooperative_id, proposed_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT manual_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT manual_state_known CHECK (state IN ('proposed', 'posted', 'refused', 'taken_back')),
    CONSTRAINT manual_positive CHECK (cents > 0),
    CONSTRAINT manual_moves CHECK (source <> destination),
    CONSTRAINT manual_by_people CHECK (source ~ '^coop:[a-z]+$' AND destination ~ '^coop:[a-z]+$'),
    CONSTRAINT manual_reason_length CHECK (char_length(reason) BETWEEN 1 AND 300),
    CONSTRAINT manual_decided_sometime CHECK ((state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT manual_four_eyes CHECK (state NOT IN ('posted', 'refused') OR decided_by <> proposed_by),
    CONSTRAINT manual_own_taken_back CHECK (state <> 'taken_back' OR decided_by = proposed_by)
);
COMMENT ON TABLE payments.manual IS 'Money that a coordinator wants moved between the cooperative''s own accounts. proposed → posted | refused by somebody else | taken_back.';
COMMENT ON COLUMN payments.manual.reason IS 'About money, never about a person: it is plain and stays.';
CREATE INDEX manual_waiting ON payments.manual (cooperative_id, proposed_at) WHERE state = 'proposed';
CREATE INDEX manual_decided_at ON payments.manual (cooperative_id, decided_at DESC) WHERE state <> 'proposed';
CREATE INDEX manual_proposed ON payments.manual (cooperative_id, proposed_by);
CREATE INDEX manual_decided ON payments.manual (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;

-- +goose Down
DROP TABLE payments.manual;
