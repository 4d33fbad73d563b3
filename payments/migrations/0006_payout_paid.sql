-- +goose Up
CREATE INDEX payout_paid ON payments.payout (paid_at) WHERE state = 'paid';

-- +goose Down
DROP INDEX payments.payout_paid;
