-- +goose Up
-- What an older program began, and nobody knows how it ended, is looked for first.
INSERT INTO payments.errand (cooperative_id, kind, subject, tries, first_at, last_at)
SELECT cooperative_id, CASE WHEN transfer_id IS NULL THEN 'transfer' ELSE 'payout' END,
    CASE WHEN transfer_id IS NULL THEN id::text ELSE id || ':' || tries END, 3, tried_at, tried_at
FROM payments.payout WHERE state = 'due' AND tried_at IS NOT NULL;

ALTER TABLE payments.payout DROP COLUMN tried_at;
COMMENT ON COLUMN payments.payout.tries IS 'How often it was sent to the bank and came back: part of the name of the errand that sends it.';
CREATE INDEX payout_due ON payments.payout (due_at, id) WHERE state = 'due';

CREATE VIEW payments.wrong_moving AS
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents, coalesce(o.cents, 0) AS held
    FROM payments.account a
    LEFT JOIN (SELECT o.cooperative_id, 'member:' || o.member_id || ':moving' AS address, sum(o.cents) AS cents
        FROM payments.payout o
        JOIN payments.entry e ON e.cooperative_id = o.cooperative_id AND e.key = 'payout:' || o.id || ':hold'
        WHERE o.transfer_id IS NULL AND o.emptied_at IS NULL GROUP BY 1, 2) o USING (cooperative_id, address)
    WHERE a.address LIKE 'member:%:moving' AND a.balance_cents <> coalesce(o.cents, 0);
COMMENT ON VIEW payments.wrong_moving IS 'Members of whom other money is about to leave than their payouts say.';

-- +goose Down
DROP VIEW payments.wrong_moving;
DROP INDEX payments.payout_due;
ALTER TABLE payments.payout ADD COLUMN tried_at timestamptz;
COMMENT ON COLUMN payments.payout.tries IS 'Which try this is: part of every key, and raised only after a try that certainly moved nothing.';
UPDATE payments.payout o SET tried_at = e.first_at FROM payments.errand e
WHERE o.state = 'due' AND e.cooperative_id = o.cooperative_id AND e.state = 'open' AND e.tries > 0
    AND (e.kind, e.subject) IN (('transfer', o.id::text), ('payout', o.id || ':' || o.tries));
DELETE FROM payments.errand WHERE kind IN ('transfer', 'payout');
