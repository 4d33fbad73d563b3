-- +goose Up
ALTER TABLE payments.policy_change
    ADD COLUMN refund_hour_cents bigint NOT NULL DEFAULT 200000,
    ADD CONSTRAINT policy_change_refund_hour_positive CHECK (refund_hour_cents > 0);
UPDATE payments.policy_change t SET refund_hour_cents = p.refund_hour_cents FROM payments.policy p WHERE p.cooperative_id = t.cooperative_id;

-- +goose Down
ALTER TABLE payments.policy_change DROP COLUMN refund_hour_cents;
