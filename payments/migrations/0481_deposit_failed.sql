-- +goose Up
ALTER TABLE payments.deposit ADD COLUMN back_failed_at timestamptz,
    ADD CONSTRAINT deposit_failed_is_not_back CHECK (back_failed_at IS NULL OR (state = 'returned' AND back_at IS NULL AND refund_id IS NULL));
COMMENT ON COLUMN payments.deposit.back_failed_at IS 'The client''s bank did not take it, at once or days later: the money is ours again, still the client''s, and a person finds another way.';
CREATE INDEX deposit_back_lately ON payments.deposit (back_at) WHERE back_at IS NOT NULL;
DROP INDEX payments.deposit_going_back;
CREATE INDEX deposit_going_back ON payments.deposit (ended_at) WHERE state = 'returned' AND back_at IS NULL AND back_failed_at IS NULL;
COMMENT ON COLUMN payments.refund.outside IS 'It was found at the gateway: made by hand there, or forgotten by a database that was put back.';

-- +goose Down
DROP INDEX payments.deposit_back_lately, payments.deposit_going_back;
CREATE INDEX deposit_going_back ON payments.deposit (ended_at) WHERE state = 'returned' AND back_at IS NULL;
ALTER TABLE payments.deposit DROP CONSTRAINT deposit_failed_is_not_back, DROP COLUMN back_failed_at;
COMMENT ON COLUMN payments.refund.outside IS 'It was made by hand at the gateway, and found.';
