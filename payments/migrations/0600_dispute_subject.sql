-- +goose Up
-- Comparing the books asks for the disputes of each thing, be it a bill or a deposit.
CREATE INDEX dispute_of_subject ON payments.dispute (cooperative_id, coalesce(bill_id, deposit_id)) WHERE outside_id IS NOT NULL;

-- +goose Down
DROP INDEX payments.dispute_of_subject;
