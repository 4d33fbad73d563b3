-- +goose Up
-- What must never be: each view is empty in sound books. Audit counts every view
-- of this schema whose name begins so.
CREATE VIEW payments.wrong_sum AS
    SELECT cooperative_id, sum(balance_cents) AS cents FROM payments.account GROUP BY 1 HAVING sum(balance_cents) <> 0;
COMMENT ON VIEW payments.wrong_sum IS 'Cooperatives whose ledger does not sum to zero.';

CREATE VIEW payments.wrong_balance AS
    WITH moved AS (
        SELECT cooperative_id, destination AS address, cents FROM payments.posting
        UNION ALL SELECT cooperative_id, source, -cents FROM payments.posting
    ), summed AS (
        SELECT cooperative_id, address, sum(cents) AS cents FROM moved GROUP BY 1, 2
    ), kept AS (
        SELECT cooperative_id, address, sum(balance_cents) AS cents FROM payments.account GROUP BY 1, 2
    )
    SELECT cooperative_id, address, k.cents AS kept, s.cents AS summed
    FROM kept k FULL JOIN summed s USING (cooperative_id, address) WHERE k.cents IS DISTINCT FROM s.cents;
COMMENT ON VIEW payments.wrong_balance IS 'Balances that are not the sum of their postings.';

CREATE VIEW payments.wrong_overdrawn AS
    SELECT cooperative_id, address, sum(balance_cents) AS cents FROM payments.account
    WHERE NOT payments.below_zero(address) GROUP BY 1, 2 HAVING sum(balance_cents) < 0;
COMMENT ON VIEW payments.wrong_overdrawn IS 'Accounts from which more went out than came in.';

CREATE VIEW payments.wrong_debt AS
    SELECT cooperative_id, address, balance_cents AS cents FROM payments.account
    WHERE address ~ '^member:[^:]+:(advance|clawback)$' AND balance_cents > 0;
COMMENT ON VIEW payments.wrong_debt IS 'Advances and debts of which more came back than went out.';

CREATE VIEW payments.wrong_given_back AS
    SELECT b.cooperative_id, b.address, b.balance_cents AS cents, coalesce(-p.balance_cents, 0) AS paid
    FROM payments.account b
    LEFT JOIN payments.account p ON p.cooperative_id = b.cooperative_id AND p.address = left(b.address, -5) AND p.shard = 0
    WHERE b.address ~ '^client:[^:]+:back$' AND b.balance_cents > coalesce(-p.balance_cents, 0);
COMMENT ON VIEW payments.wrong_given_back IS 'Clients who got more back than they paid.';

CREATE VIEW payments.wrong_entry AS
    SELECT e.cooperative_id, e.id, e.key
    FROM payments.entry e
    LEFT JOIN (SELECT cooperative_id, entry_id, count(*) AS count, max(number) AS last,
            string_agg(payments.movement(source, destination, cents), '' ORDER BY number) AS movements
        FROM payments.posting GROUP BY 1, 2) p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE p.count IS DISTINCT FROM p.last OR p.count IS NULL OR e.input_hash <> payments.input_hash(e.cause, p.movements);
COMMENT ON VIEW payments.wrong_entry IS 'Entries whose postings are not those with which they were written.';

CREATE VIEW payments.wrong_bill_lines AS
    SELECT b.cooperative_id, b.id, b.total_cents, l.cents
    FROM payments.bill b
    LEFT JOIN (SELECT cooperative_id, bill_id, sum(cents) AS cents FROM payments.bill_line GROUP BY 1, 2) l
        ON l.cooperative_id = b.cooperative_id AND l.bill_id = b.id
    WHERE b.total_cents IS DISTINCT FROM l.cents;
COMMENT ON VIEW payments.wrong_bill_lines IS 'Bills that are not the sum of their lines.';

CREATE VIEW payments.wrong_bill_posted AS
    SELECT b.cooperative_id, b.id, b.state, b.total_cents, p.cents
    FROM payments.bill b
    LEFT JOIN payments.entry e ON e.cooperative_id = b.cooperative_id AND e.key = 'bill:' || b.id || ':paid'
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE (b.state = 'paid' AND p.cents IS DISTINCT FROM b.total_cents) OR (b.state <> 'paid' AND e.id IS NOT NULL);
COMMENT ON VIEW payments.wrong_bill_posted IS 'Bills that are paid and not in the ledger, or the other way round.';

CREATE VIEW payments.wrong_line_posted AS
    SELECT l.cooperative_id, l.id, l.cents, p.cents AS posted
    FROM payments.bill_line l
    JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
    LEFT JOIN payments.entry e ON e.cooperative_id = l.cooperative_id AND e.key = 'line:' || l.id
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE b.state = 'paid' AND p.cents IS DISTINCT FROM l.cents;
COMMENT ON VIEW payments.wrong_line_posted IS 'Lines of paid bills that differ from their postings.';

CREATE VIEW payments.wrong_held AS
    SELECT cooperative_id, address, balance_cents AS cents FROM payments.account WHERE address LIKE 'bill:%' AND balance_cents <> 0;
COMMENT ON VIEW payments.wrong_held IS 'Money of a bill that was not shared when it came.';

CREATE VIEW payments.wrong_payout AS
    SELECT l.cooperative_id, l.id, b.state, l.cents, o.cents AS payout
    FROM payments.bill_line l
    JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
    LEFT JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id
    WHERE l.kind = 'wage' AND (b.state = 'paid') <> (o.cents IS NOT DISTINCT FROM l.cents);
COMMENT ON VIEW payments.wrong_payout IS 'Wages of paid bills without their payout, and payouts without a paid bill: nothing is forgotten.';

CREATE VIEW payments.wrong_transfer AS
    SELECT o.cooperative_id, o.id, o.cents, p.cents AS posted
    FROM payments.payout o
    LEFT JOIN payments.entry e ON e.cooperative_id = o.cooperative_id AND e.key = 'transfer:' || o.id
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE (o.transfer_id IS NOT NULL OR o.emptied_at IS NOT NULL) <> (p.cents IS NOT DISTINCT FROM o.cents);
COMMENT ON VIEW payments.wrong_transfer IS 'Transfers of another amount than the wage, or not in the ledger: no more is sent than was earned.';

CREATE VIEW payments.wrong_bank AS
    SELECT a.cooperative_id, a.address, a.balance_cents, o.cents
    FROM payments.account a
    LEFT JOIN (SELECT cooperative_id, 'member:' || member_id || ':bank' AS address, sum(cents) AS cents
        FROM payments.payout WHERE state = 'paid' GROUP BY cooperative_id, member_id) o USING (cooperative_id, address)
    WHERE a.address LIKE 'member:%:bank' AND a.balance_cents <> coalesce(o.cents, 0);
COMMENT ON VIEW payments.wrong_bank IS 'Members whose bank got another sum than what was called paid.';

CREATE VIEW payments.wrong_manual AS
    SELECT m.cooperative_id, m.id, m.state, m.cents, p.cents AS posted
    FROM payments.manual m
    LEFT JOIN payments.entry e ON e.cooperative_id = m.cooperative_id AND e.key = 'manual:' || m.id
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE (m.state = 'posted') <> (e.id IS NOT NULL)
        OR m.state = 'posted' AND (p.source, p.destination, p.cents, e.posted_by, e.approved_by) IS DISTINCT FROM (m.source, m.destination, m.cents, m.proposed_by, m.decided_by);
COMMENT ON VIEW payments.wrong_manual IS 'What people moved by hand, and the ledger says otherwise.';

-- +goose Down
DROP VIEW payments.wrong_sum, payments.wrong_balance, payments.wrong_overdrawn, payments.wrong_debt, payments.wrong_given_back,
    payments.wrong_entry, payments.wrong_bill_lines, payments.wrong_bill_posted, payments.wrong_line_posted, payments.wrong_held,
    payments.wrong_payout, payments.wrong_transfer, payments.wrong_bank, payments.wrong_manual;
