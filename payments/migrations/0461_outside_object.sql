-- +goose Up
-- What goes back to clients, what their banks take, and what is paid beforehand moves
-- money at the gateway too.
CREATE OR REPLACE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.refund WHERE outside_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.dispute WHERE outside_id IS NOT NULL
    UNION ALL SELECT charge_id, cooperative_id, id, 'something' FROM payments.deposit WHERE charge_id IS NOT NULL
    UNION ALL SELECT refund_id, cooperative_id, id, 'something' FROM payments.deposit WHERE refund_id IS NOT NULL;

-- +goose Down
CREATE OR REPLACE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim;
