-- +goose Up
-- All of a wage may be taken back before it ever left for the bank: then no payout has a
-- number.
ALTER TABLE payments.payout DROP CONSTRAINT payout_sent_has_a_number,
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('held', 'due', 'failed', 'reversed') OR emptied_at IS NOT NULL OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL));

-- +goose Down
-- Those that never left stay as they are until they are moved on.
ALTER TABLE payments.payout DROP CONSTRAINT payout_sent_has_a_number,
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('held', 'due', 'failed') OR emptied_at IS NOT NULL OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL)) NOT VALID;
