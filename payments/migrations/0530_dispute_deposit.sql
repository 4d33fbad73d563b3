-- +goose Up
ALTER TABLE payments.dispute
    ADD COLUMN deposit_cents bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN payments.dispute.deposit_cents IS 'What of the lost was left of the deposit, and paid back who carried the dispute.';
UPDATE payments.dispute q SET deposit_cents = d.lost_cents FROM payments.deposit d
    WHERE d.cooperative_id = q.cooperative_id AND d.id = q.deposit_id AND q.state = 'lost' AND d.lost_cents <= q.lost_cents;
ALTER TABLE payments.dispute
    ADD CONSTRAINT dispute_from_deposit CHECK (deposit_cents BETWEEN 0 AND lost_cents AND (deposit_cents = 0 OR deposit_id IS NOT NULL));

DROP VIEW payments.wrong_deposit_parts;
CREATE VIEW payments.wrong_deposit_parts AS
    WITH gone AS (
        SELECT e.cooperative_id, e.subject,
            sum(CASE e.cause WHEN 'deposit_lost' THEN l.cents ELSE -l.cents END) AS cents,
            sum(CASE WHEN l.source LIKE 'deposit:%' THEN l.cents WHEN l.destination LIKE 'deposit:%' THEN -l.cents ELSE 0 END) AS held
        FROM payments.entry e
        JOIN payments.posting l ON l.cooperative_id = e.cooperative_id AND l.entry_id = e.id
        WHERE e.cause IN ('deposit_lost', 'deposit_regained') GROUP BY 1, 2
    )
    SELECT d.cooperative_id, d.id, d.cents, d.used_cents, coalesce(p.cents, 0) AS parts
    FROM payments.deposit d
    LEFT JOIN (SELECT cooperative_id, deposit_id, sum(cents) AS cents FROM payments.deposit_part GROUP BY 1, 2) p
        ON p.cooperative_id = d.cooperative_id AND p.deposit_id = d.id
    LEFT JOIN (SELECT cooperative_id, deposit_id, sum(deposit_cents) AS cents FROM payments.dispute WHERE deposit_id IS NOT NULL GROUP BY 1, 2) q
        ON q.cooperative_id = d.cooperative_id AND q.deposit_id = d.id
    LEFT JOIN payments.entry e ON e.cooperative_id = d.cooperative_id AND e.key = 'deposit:' || d.id || ':paid'
    LEFT JOIN payments.posting m ON m.cooperative_id = e.cooperative_id AND m.entry_id = e.id
    LEFT JOIN payments.entry f ON f.cooperative_id = d.cooperative_id AND f.key = 'deposit:' || d.id || ':return'
    LEFT JOIN payments.posting r ON r.cooperative_id = f.cooperative_id AND r.entry_id = f.id
    LEFT JOIN gone g ON g.cooperative_id = d.cooperative_id AND g.subject = d.id
    WHERE d.lost_cents <> coalesce(g.cents, 0) OR d.lost_cents <> coalesce(q.cents, 0) OR d.used_cents <> coalesce(p.cents, 0)
        OR (d.held_at IS NOT NULL) <> (m.cents IS NOT DISTINCT FROM d.cents)
        OR CASE WHEN r.cents IS NULL THEN d.state = 'returned'
            ELSE d.state NOT IN ('returned', 'applied') OR r.cents <> d.cents - d.used_cents - coalesce(g.held, 0) END;
COMMENT ON VIEW payments.wrong_deposit_parts IS 'Deposits that came, went to bills, to clients'' banks and back with other amounts than the ledger says.';

-- +goose Down
DROP VIEW payments.wrong_deposit_parts;
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
ALTER TABLE payments.dispute DROP COLUMN deposit_cents;
