-- +goose Up
ALTER TABLE payments.dispute
    ALTER COLUMN bill_id DROP NOT NULL,
    ADD COLUMN deposit_id uuid,
    ADD CONSTRAINT dispute_deposit FOREIGN KEY (cooperative_id, deposit_id) REFERENCES payments.deposit (cooperative_id, id),
    ADD CONSTRAINT dispute_of_one_thing CHECK (num_nonnulls(bill_id, deposit_id) = 1);
COMMENT ON COLUMN payments.dispute.deposit_id IS 'What was paid beforehand and is asked back: while a bank decides nobody uses it.';
CREATE INDEX dispute_of_deposit ON payments.dispute (cooperative_id, deposit_id) WHERE deposit_id IS NOT NULL;

ALTER TABLE payments.deposit
    ADD COLUMN lost_cents bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT deposit_amounts,
    DROP CONSTRAINT deposit_applied_is_used_up,
    ADD CONSTRAINT deposit_amounts CHECK (cents > 0 AND used_cents >= 0 AND lost_cents >= 0 AND used_cents + lost_cents <= cents),
    ADD CONSTRAINT deposit_applied_is_used_up CHECK ((state = 'applied') = (used_cents + lost_cents = cents)),
    ADD CONSTRAINT deposit_lost_was_held CHECK (lost_cents = 0 OR held_at IS NOT NULL);
COMMENT ON COLUMN payments.deposit.lost_cents IS 'What the client''s bank has for good: it is held no more.';

DROP VIEW payments.wrong_deposit, payments.wrong_deposit_parts, payments.wrong_refund_left, payments.outside_object;
CREATE VIEW payments.wrong_deposit AS
    WITH kept AS (
        SELECT cooperative_id, address, sum(balance_cents) AS cents FROM payments.account WHERE address LIKE 'deposit:%' GROUP BY 1, 2
    ), there AS (
        SELECT cooperative_id, 'deposit:' || ref || ':held' AS address, sum(cents - used_cents - lost_cents) AS cents
        FROM payments.deposit WHERE state = 'held' GROUP BY 1, 2
    )
    SELECT cooperative_id, address, k.cents AS kept, t.cents AS cents
    FROM kept k FULL JOIN there t USING (cooperative_id, address) WHERE coalesce(k.cents, 0) <> coalesce(t.cents, 0);
COMMENT ON VIEW payments.wrong_deposit IS 'Money that was paid beforehand and belongs to no deposit that is held: one that ended holds nothing.';
CREATE VIEW payments.wrong_deposit_parts AS
    SELECT d.cooperative_id, d.id, d.cents, d.used_cents, coalesce(p.cents, 0) AS parts
    FROM payments.deposit d
    LEFT JOIN (SELECT cooperative_id, deposit_id, sum(cents) AS cents FROM payments.deposit_part GROUP BY 1, 2) p
        ON p.cooperative_id = d.cooperative_id AND p.deposit_id = d.id
    LEFT JOIN payments.entry e ON e.cooperative_id = d.cooperative_id AND e.key = 'deposit:' || d.id || ':paid'
    LEFT JOIN payments.posting m ON m.cooperative_id = e.cooperative_id AND m.entry_id = e.id
    LEFT JOIN payments.entry f ON f.cooperative_id = d.cooperative_id AND f.key = 'deposit:' || d.id || ':return'
    LEFT JOIN payments.posting r ON r.cooperative_id = f.cooperative_id AND r.entry_id = f.id
    LEFT JOIN (SELECT e.cooperative_id, e.subject, sum(l.cents) AS cents FROM payments.entry e
        JOIN payments.posting l ON l.cooperative_id = e.cooperative_id AND l.entry_id = e.id
        WHERE e.cause = 'deposit_lost' GROUP BY 1, 2) g ON g.cooperative_id = d.cooperative_id AND g.subject = d.id
    WHERE d.lost_cents <> coalesce(g.cents, 0) OR d.used_cents <> coalesce(p.cents, 0)
        OR (d.held_at IS NOT NULL) <> (m.cents IS NOT DISTINCT FROM d.cents)
        OR (d.state = 'returned') <> (r.cents IS NOT DISTINCT FROM d.cents - d.used_cents - d.lost_cents);
COMMENT ON VIEW payments.wrong_deposit_parts IS 'Deposits that came, went to bills and went back with other amounts than the ledger says.';
CREATE VIEW payments.wrong_refund_left AS
    WITH waiting AS (
        SELECT cooperative_id, 'refund:' || id || ':moving' AS address, cents FROM payments.refund WHERE state = 'approved'
        UNION ALL SELECT cooperative_id, 'refund:' || id || ':moving', cents - used_cents - lost_cents FROM payments.deposit WHERE state = 'returned' AND refund_id IS NULL AND emptied_at IS NULL
    )
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN waiting w ON w.cooperative_id = a.cooperative_id AND w.address = a.address
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(w.cents, 0);
COMMENT ON VIEW payments.wrong_refund_left IS 'Money that waits for a refund, or for the return of a deposit, which is over, or is not all there.';
CREATE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.refund WHERE outside_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, coalesce(bill_id, deposit_id), CASE WHEN bill_id IS NULL THEN 'deposit' ELSE 'bill' END FROM payments.dispute WHERE outside_id IS NOT NULL
    UNION ALL SELECT charge_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE charge_id IS NOT NULL
    UNION ALL SELECT refund_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE refund_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim;
COMMENT ON VIEW payments.outside_object IS 'Whose each object at the gateway is, and which subject its entries have: a wage or an advance has that of its payout, what goes back of a bill that of the bill. Whatever moves money there has a row.';

-- +goose Down
DROP VIEW payments.wrong_deposit, payments.wrong_deposit_parts, payments.wrong_refund_left, payments.outside_object;
DELETE FROM payments.dispute WHERE bill_id IS NULL;
ALTER TABLE payments.dispute DROP COLUMN deposit_id, ALTER COLUMN bill_id SET NOT NULL;
UPDATE payments.deposit SET used_cents = used_cents + lost_cents, lost_cents = 0;
ALTER TABLE payments.deposit DROP CONSTRAINT deposit_amounts, DROP CONSTRAINT deposit_applied_is_used_up, DROP COLUMN lost_cents,
    ADD CONSTRAINT deposit_amounts CHECK (cents > 0 AND used_cents BETWEEN 0 AND cents),
    ADD CONSTRAINT deposit_applied_is_used_up CHECK ((state = 'applied') = (used_cents = cents));
CREATE VIEW payments.wrong_deposit AS
    WITH kept AS (
        SELECT cooperative_id, address, sum(balance_cents) AS cents FROM payments.account WHERE address LIKE 'deposit:%' GROUP BY 1, 2
    ), there AS (
        SELECT cooperative_id, 'deposit:' || ref || ':held' AS address, sum(cents - used_cents) AS cents
        FROM payments.deposit WHERE state = 'held' GROUP BY 1, 2
    )
    SELECT cooperative_id, address, k.cents AS kept, t.cents AS cents
    FROM kept k FULL JOIN there t USING (cooperative_id, address) WHERE coalesce(k.cents, 0) <> coalesce(t.cents, 0);
COMMENT ON VIEW payments.wrong_deposit IS 'Money that was paid beforehand and belongs to no deposit that is held: one that ended holds nothing.';
CREATE VIEW payments.wrong_deposit_parts AS
    SELECT d.cooperative_id, d.id, d.cents, d.used_cents, coalesce(p.cents, 0) AS parts
    FROM payments.deposit d
    LEFT JOIN (SELECT cooperative_id, deposit_id, sum(cents) AS cents FROM payments.deposit_part GROUP BY 1, 2) p
        ON p.cooperative_id = d.cooperative_id AND p.deposit_id = d.id
    LEFT JOIN payments.entry e ON e.cooperative_id = d.cooperative_id AND e.key = 'deposit:' || d.id || ':paid'
    LEFT JOIN payments.posting m ON m.cooperative_id = e.cooperative_id AND m.entry_id = e.id
    LEFT JOIN payments.entry f ON f.cooperative_id = d.cooperative_id AND f.key = 'deposit:' || d.id || ':return'
    LEFT JOIN payments.posting r ON r.cooperative_id = f.cooperative_id AND r.entry_id = f.id
    WHERE d.used_cents <> coalesce(p.cents, 0)
        OR (d.held_at IS NOT NULL) <> (m.cents IS NOT DISTINCT FROM d.cents)
        OR (d.state = 'returned') <> (r.cents IS NOT DISTINCT FROM d.cents - d.used_cents);
COMMENT ON VIEW payments.wrong_deposit_parts IS 'Deposits that came, went to bills and went back with other amounts than the ledger says.';
CREATE VIEW payments.wrong_refund_left AS
    WITH waiting AS (
        SELECT cooperative_id, 'refund:' || id || ':moving' AS address, cents FROM payments.refund WHERE state = 'approved'
        UNION ALL SELECT cooperative_id, 'refund:' || id || ':moving', cents - used_cents FROM payments.deposit WHERE state = 'returned' AND refund_id IS NULL AND emptied_at IS NULL
    )
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN waiting w ON w.cooperative_id = a.cooperative_id AND w.address = a.address
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(w.cents, 0);
COMMENT ON VIEW payments.wrong_refund_left IS 'Money that waits for a refund, or for the return of a deposit, which is over, or is not all there.';
CREATE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.refund WHERE outside_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.dispute WHERE outside_id IS NOT NULL
    UNION ALL SELECT charge_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE charge_id IS NOT NULL
    UNION ALL SELECT refund_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE refund_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim;
COMMENT ON VIEW payments.outside_object IS 'Whose each object at the gateway is, and which subject its entries have: a wage or an advance has that of its payout, what goes back of a bill that of the bill. Whatever moves money there has a row.';
