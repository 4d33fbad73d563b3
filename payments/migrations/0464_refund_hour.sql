-- +goose Up
ALTER TABLE payments.policy
    ADD COLUMN refund_hour_cents bigint NOT NULL DEFAULT 200000,
    ADD CONSTRAINT policy_refund_hour_positive CHECK (refund_hour_cents > 0);
COMMENT ON COLUMN payments.policy.refund_hour_cents IS 'What goes back to clients in one hour on one coordinator''s word each; above it a second one decides.';
CREATE INDEX refund_lately ON payments.refund (cooperative_id, asked_at);

-- +goose Down
DROP INDEX payments.refund_lately;
ALTER TABLE payments.policy DROP COLUMN refund_hour_cents;
