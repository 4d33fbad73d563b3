-- +goose Up
CREATE TABLE members.lender_admission (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT admission_cooperative REFERENCES members.cooperative,
    kind           text NOT NULL,
    name           text NOT NULL,
    number         text NOT NULL,
    valid_from     date NOT NULL,
    valid_until    date NOT NULL,
    added_at       timestamptz NOT NULL,
    ended_at       timestamptz,
    CONSTRAINT admission_kind_known CHECK (kind IN ('self', 'partner')),
    CONSTRAINT admission_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT admission_number_length CHECK (char_length(number) BETWEEN 1 AND 40),
    CONSTRAINT admission_days_in_order CHECK (valid_until >= valid_from),
    CONSTRAINT admission_ends_after_it_was_added CHECK (ended_at >= added_at)
);
COMMENT ON TABLE members.lender_admission IS 'Who may lend people out, from when until when (Wtta). Who added and ended one is in audit.';
COMMENT ON COLUMN members.lender_admission.kind IS 'self: the cooperative; partner: an agency on whose payroll its members are.';
CREATE INDEX admission_of_cooperative ON members.lender_admission (cooperative_id, kind, valid_until DESC) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX admission_once ON members.lender_admission (cooperative_id, kind, number, valid_from) WHERE ended_at IS NULL;

-- +goose Down
DROP TABLE members.lender_admission;
