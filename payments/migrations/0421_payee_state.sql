-- +goose Up
ALTER TABLE payments.payee
    ADD number      integer NOT NULL DEFAULT 1,
    ADD state       text NOT NULL DEFAULT 'asked',
    ADD due         text[] NOT NULL DEFAULT '{}',
    ADD bank        text NOT NULL DEFAULT '',
    ADD changed_at  timestamptz NOT NULL DEFAULT now(),
    ADD rests_until timestamptz,
    ADD looked_at   timestamptz,
    ADD told_at     timestamptz,
    ADD CONSTRAINT payee_number_counts CHECK (number >= 1),
    ADD CONSTRAINT payee_state_known CHECK (state IN ('asked', 'incomplete', 'ready', 'restricted', 'gone')),
    ADD CONSTRAINT payee_due_few CHECK (cardinality(due) <= 20),
    ADD CONSTRAINT payee_bank_length CHECK (char_length(bank) <= 100),
    ADD CONSTRAINT payee_ready_has_a_bank CHECK (state <> 'ready' OR bank <> '');
ALTER TABLE payments.payee ALTER changed_at DROP DEFAULT;
COMMENT ON TABLE payments.payee IS 'Over which account of the gateway a member is paid. asked → incomplete → ready ⇄ restricted; any of them → gone, and a new one under the next number → asked. The accounts of before are known by their errands.';
COMMENT ON COLUMN payments.payee.due IS 'What the gateway still asks of the member: names of its own, never what was answered.';
COMMENT ON COLUMN payments.payee.bank IS 'The gateway''s number of the bank account that was last seen there, also while there is none. Never the number of the bank account itself.';
COMMENT ON COLUMN payments.payee.looked_at IS 'When we last asked how it is; null: ask before anything else. What is older than this column is asked first.';
COMMENT ON COLUMN payments.payee.told_at IS 'When the member heard that money waits for their details; null once it does not any more.';
CREATE INDEX payee_not_ready ON payments.payee (looked_at) WHERE state IN ('asked', 'incomplete', 'restricted');
CREATE INDEX errand_account ON payments.errand (last_at) WHERE kind = 'account';

-- +goose Down
DROP INDEX payments.errand_account;
DROP INDEX payments.payee_not_ready;
ALTER TABLE payments.payee
    DROP number, DROP state, DROP due, DROP bank, DROP changed_at, DROP rests_until, DROP looked_at, DROP told_at;
COMMENT ON TABLE payments.payee IS 'Over which account of the gateway a member is paid.';
