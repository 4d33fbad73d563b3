-- +goose Up
ALTER TABLE payments.payout ADD account text;
COMMENT ON COLUMN payments.payout.account IS 'Of the gateway, to which the transfer went. The member may have another one by now. Null before the transfer, and for those of before there was this column: then it is the only one the member ever had.';
UPDATE payments.payout o SET account = e.account FROM payments.payee e
    WHERE e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id AND o.transfer_id IS NOT NULL;
CREATE INDEX payout_of_account ON payments.payout (account) WHERE account IS NOT NULL AND state <> 'paid';

-- +goose Down
DROP INDEX payments.payout_of_account;
ALTER TABLE payments.payout DROP account;
