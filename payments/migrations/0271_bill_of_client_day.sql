-- +goose Up
CREATE INDEX bill_of_client_day ON payments.bill (cooperative_id, client_id, worked_on);
CREATE INDEX bill_of_client_open ON payments.bill (cooperative_id, client_id, billed_at) WHERE state <> 'paid';

-- +goose Down
DROP INDEX payments.bill_of_client_day, payments.bill_of_client_open;
