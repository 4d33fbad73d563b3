-- +goose Up
ALTER TABLE payments.bill
    ADD COLUMN emptied_at timestamptz,
    DROP CONSTRAINT bill_paid_by_a_charge;
ALTER TABLE payments.bill
    ADD CONSTRAINT bill_emptied_was_paid CHECK (emptied_at IS NULL OR state = 'paid'),
    ADD CONSTRAINT bill_paid_by_a_charge CHECK ((state = 'paid') = ((charge_id IS NOT NULL OR emptied_at IS NOT NULL) AND paid_at IS NOT NULL));
COMMENT ON COLUMN payments.bill.emptied_at IS 'When what leads to people was taken out, years after it was paid: the title and the numbers at the gateway. The amounts stay.';
CREATE INDEX bill_full ON payments.bill (paid_at) WHERE state = 'paid' AND emptied_at IS NULL;

ALTER TABLE payments.payout
    ADD COLUMN emptied_at timestamptz,
    DROP CONSTRAINT payout_sent_has_a_number;
ALTER TABLE payments.payout
    ADD CONSTRAINT payout_emptied_was_paid CHECK (emptied_at IS NULL OR state = 'paid'),
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('due', 'failed') OR emptied_at IS NOT NULL
        OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL));
COMMENT ON COLUMN payments.payout.emptied_at IS 'When its numbers at the gateway were taken out, years after it was paid.';
CREATE INDEX payout_full ON payments.payout (paid_at) WHERE state = 'paid' AND emptied_at IS NULL;

-- +goose Down
DROP INDEX payments.bill_full, payments.payout_full;
UPDATE payments.bill SET charge_id = 'emptied ' || id WHERE emptied_at IS NOT NULL;
UPDATE payments.payout SET payout_id = 'emptied ' || id, transfer_id = 'emptied ' || id WHERE emptied_at IS NOT NULL;
ALTER TABLE payments.bill DROP CONSTRAINT bill_paid_by_a_charge, DROP CONSTRAINT bill_emptied_was_paid, DROP COLUMN emptied_at;
ALTER TABLE payments.bill ADD CONSTRAINT bill_paid_by_a_charge CHECK ((state = 'paid') = (charge_id IS NOT NULL AND paid_at IS NOT NULL));
ALTER TABLE payments.payout DROP CONSTRAINT payout_sent_has_a_number, DROP CONSTRAINT payout_emptied_was_paid, DROP COLUMN emptied_at;
ALTER TABLE payments.payout ADD CONSTRAINT payout_sent_has_a_number
    CHECK (state IN ('due', 'failed') OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL));
