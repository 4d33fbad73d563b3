-- +goose Up
ALTER TABLE payments.payout ADD COLUMN at_hand_at timestamptz;
COMMENT ON COLUMN payments.payout.at_hand_at IS 'Of a wage: from when the gateway lets go of the money that the client paid. NULL: it did before.';

ALTER TABLE payments.advance ADD COLUMN limit_cents bigint;
COMMENT ON COLUMN payments.advance.limit_cents IS 'What anybody might have out when it was approved. NULL: it never was.';
UPDATE payments.advance a SET limit_cents = greatest(a.cents, coalesce((SELECT p.advance_cents FROM payments.policy p WHERE p.cooperative_id = a.cooperative_id), 20000))
    WHERE state IN ('approved', 'sent', 'out', 'netted', 'covered');

DROP VIEW payments.wrong_advanced;
CREATE VIEW payments.wrong_advanced AS
    SELECT cooperative_id, member_id, sum(cents - netted_cents) AS cents
    FROM payments.advance WHERE state IN ('approved', 'sent', 'out')
    GROUP BY cooperative_id, member_id HAVING sum(cents - netted_cents) > coalesce(max(limit_cents), 0);
COMMENT ON VIEW payments.wrong_advanced IS 'Members who have more beforehand than the cooperative let anybody have when the last of it was approved. A lower limit takes nothing back.';

-- +goose Down
DROP VIEW payments.wrong_advanced;
CREATE VIEW payments.wrong_advanced AS
    SELECT a.cooperative_id, a.member_id, sum(a.cents - a.netted_cents) AS cents
    FROM payments.advance a
    LEFT JOIN payments.policy p ON p.cooperative_id = a.cooperative_id
    WHERE a.state IN ('approved', 'sent', 'out')
    GROUP BY a.cooperative_id, a.member_id, p.advance_cents HAVING sum(a.cents - a.netted_cents) > coalesce(p.advance_cents, 20000);
COMMENT ON VIEW payments.wrong_advanced IS 'Members who have more beforehand than the cooperative lets anybody have.';
ALTER TABLE payments.advance DROP COLUMN limit_cents;
ALTER TABLE payments.payout DROP COLUMN at_hand_at;
