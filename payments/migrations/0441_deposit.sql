-- +goose Up
ALTER TABLE payments.policy
    ADD COLUMN deposit text NOT NULL DEFAULT 'none',
    ADD CONSTRAINT policy_deposit_known CHECK (deposit IN ('none', 'households_and_new', 'all'));
COMMENT ON COLUMN payments.policy.deposit IS 'Whose seats are given only once the money for them is there. New is a client that has not paid any bill here.';

CREATE TABLE payments.deposit (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL,
    client_id      uuid NOT NULL,
    ref            text NOT NULL,
    title          text NOT NULL,
    language       text NOT NULL,
    cents          bigint NOT NULL,
    used_cents     bigint NOT NULL DEFAULT 0,
    state          text NOT NULL,
    asked_at       timestamptz NOT NULL,
    checkouts      integer NOT NULL DEFAULT 0,
    checkout_id    text,
    checkout_at    timestamptz,
    charge_id      text,
    held_at        timestamptz,
    ended_at       timestamptz,
    refund_id      text,
    back_at        timestamptz,
    emptied_at     timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT deposit_id_once UNIQUE (id),
    CONSTRAINT deposit_checkout_once UNIQUE (checkout_id),
    CONSTRAINT deposit_charge_once UNIQUE (charge_id),
    CONSTRAINT deposit_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT deposit_state_known CHECK (state IN ('asked', 'paying', 'held', 'applied', 'returned')),
    CONSTRAINT deposit_ref_length CHECK (char_length(ref) BETWEEN 1 AND 100),
    CONSTRAINT deposit_amounts CHECK (cents > 0 AND used_cents BETWEEN 0 AND cents),
    CONSTRAINT deposit_paying_has_begun CHECK (state <> 'paying' OR (checkouts > 0 AND checkout_at IS NOT NULL)),
    CONSTRAINT deposit_held_by_a_charge CHECK ((state IN ('held', 'applied', 'returned')) = ((charge_id IS NOT NULL OR emptied_at IS NOT NULL) AND held_at IS NOT NULL)),
    CONSTRAINT deposit_used_was_held CHECK (used_cents = 0 OR held_at IS NOT NULL),
    CONSTRAINT deposit_ended_sometime CHECK ((state IN ('applied', 'returned')) = (ended_at IS NOT NULL)),
    CONSTRAINT deposit_applied_is_used_up CHECK ((state = 'applied') = (used_cents = cents)),
    CONSTRAINT deposit_back_was_returned CHECK ((back_at IS NULL OR state = 'returned') AND (refund_id IS NULL OR state = 'returned')),
    CONSTRAINT deposit_emptied_was_ended CHECK (emptied_at IS NULL OR ended_at IS NOT NULL)
);
COMMENT ON TABLE payments.deposit IS 'Money that a client pays before the work: asked → paying → held → applied | returned. ref names the work elsewhere; it may have several.';
COMMENT ON COLUMN payments.deposit.refund_id IS 'The gateway''s number of what went back; none while it did not leave, or came back to us.';
COMMENT ON COLUMN payments.deposit.used_cents IS 'What went to bills. What is left when the work is over goes back: returned, and back_at once the gateway said so.';
CREATE UNIQUE INDEX deposit_open_once ON payments.deposit (cooperative_id, ref) WHERE state IN ('asked', 'paying');
CREATE INDEX deposit_of_work ON payments.deposit (cooperative_id, ref, held_at);
CREATE INDEX deposit_of_client ON payments.deposit (cooperative_id, client_id);
CREATE INDEX deposit_paying ON payments.deposit (checkout_at) WHERE state = 'paying';
CREATE INDEX deposit_held ON payments.deposit (cooperative_id, ref) WHERE state = 'held';
CREATE INDEX deposit_going_back ON payments.deposit (ended_at) WHERE state = 'returned' AND back_at IS NULL;
CREATE INDEX deposit_full ON payments.deposit (ended_at) WHERE ended_at IS NOT NULL AND emptied_at IS NULL;

CREATE TABLE payments.deposit_part (
    cooperative_id uuid NOT NULL,
    deposit_id     uuid NOT NULL,
    bill_id        uuid NOT NULL,
    cents          bigint NOT NULL,
    PRIMARY KEY (cooperative_id, deposit_id, bill_id),
    CONSTRAINT deposit_part_deposit FOREIGN KEY (cooperative_id, deposit_id) REFERENCES payments.deposit (cooperative_id, id),
    CONSTRAINT deposit_part_bill FOREIGN KEY (cooperative_id, bill_id) REFERENCES payments.bill (cooperative_id, id),
    CONSTRAINT deposit_part_positive CHECK (cents > 0)
);
COMMENT ON TABLE payments.deposit_part IS 'What of a bill was paid beforehand, and from which deposit.';
CREATE INDEX deposit_part_of_bill ON payments.deposit_part (cooperative_id, bill_id);

ALTER TABLE payments.bill
    ADD COLUMN deposit_cents bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT bill_paid_by_a_charge,
    ADD CONSTRAINT bill_deposit_range CHECK (deposit_cents BETWEEN 0 AND total_cents),
    ADD CONSTRAINT bill_paid_by_a_charge
        CHECK ((state = 'paid') = ((charge_id IS NOT NULL OR emptied_at IS NOT NULL OR deposit_cents = total_cents) AND paid_at IS NOT NULL));
COMMENT ON COLUMN payments.bill.deposit_cents IS 'What was paid beforehand; the rest is due.';

ALTER TABLE payments.payout ADD COLUMN charge_id text;
COMMENT ON COLUMN payments.payout.charge_id IS 'The charge of which its transfer is a part. NULL is that of its bill; empty is none: what is available.';

DROP VIEW payments.wrong_bill_posted, payments.wrong_held;
CREATE VIEW payments.wrong_bill_posted AS
    SELECT b.cooperative_id, b.id, b.state, b.total_cents, coalesce(p.cents, 0) + coalesce(d.cents, 0) AS cents
    FROM payments.bill b
    LEFT JOIN payments.entry e ON e.cooperative_id = b.cooperative_id AND e.key = 'bill:' || b.id || ':paid'
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    LEFT JOIN payments.entry f ON f.cooperative_id = b.cooperative_id AND f.key = 'bill:' || b.id || ':deposit'
    LEFT JOIN payments.posting d ON d.cooperative_id = f.cooperative_id AND d.entry_id = f.id
    WHERE b.deposit_cents <> coalesce(d.cents, 0)
        OR b.state = 'paid' AND coalesce(p.cents, 0) + coalesce(d.cents, 0) <> b.total_cents
        OR b.state <> 'paid' AND e.id IS NOT NULL;
COMMENT ON VIEW payments.wrong_bill_posted IS 'Bills that are paid and not in the ledger, or the other way round.';

CREATE VIEW payments.wrong_held AS
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents, coalesce(b.deposit_cents, 0) AS beforehand
    FROM payments.account a
    LEFT JOIN payments.bill b ON b.cooperative_id = a.cooperative_id AND 'bill:' || b.id || ':held' = a.address AND b.state <> 'paid'
    WHERE a.address LIKE 'bill:%' AND a.balance_cents <> coalesce(b.deposit_cents, 0);
COMMENT ON VIEW payments.wrong_held IS 'Money of a bill that was not shared when it came. Only what was paid beforehand waits for the rest.';

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

DROP VIEW payments.wrong_refund_left;
CREATE VIEW payments.wrong_refund_left AS
    WITH waiting AS (
        SELECT cooperative_id, 'refund:' || id || ':moving' AS address, cents FROM payments.refund WHERE state = 'approved'
        UNION ALL SELECT cooperative_id, 'refund:' || id || ':moving', cents - used_cents FROM payments.deposit WHERE state = 'returned' AND refund_id IS NULL AND emptied_at IS NULL
    )
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN waiting w ON w.cooperative_id = a.cooperative_id AND w.address = a.address
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(w.cents, 0);
COMMENT ON VIEW payments.wrong_refund_left IS 'Money that waits for a refund, or for the return of a deposit, which is over, or is not all there.';

-- +goose Down
DROP VIEW payments.wrong_deposit, payments.wrong_deposit_parts, payments.wrong_bill_posted, payments.wrong_held, payments.wrong_refund_left;
CREATE VIEW payments.wrong_refund_left AS
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN payments.refund r ON r.cooperative_id = a.cooperative_id AND r.state = 'approved' AND a.address = 'refund:' || r.id || ':moving'
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(r.cents, 0);
CREATE VIEW payments.wrong_bill_posted AS
    SELECT b.cooperative_id, b.id, b.state, b.total_cents, p.cents
    FROM payments.bill b
    LEFT JOIN payments.entry e ON e.cooperative_id = b.cooperative_id AND e.key = 'bill:' || b.id || ':paid'
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE (b.state = 'paid' AND p.cents IS DISTINCT FROM b.total_cents) OR (b.state <> 'paid' AND e.id IS NOT NULL);
CREATE VIEW payments.wrong_held AS
    SELECT cooperative_id, address, balance_cents AS cents FROM payments.account WHERE address LIKE 'bill:%' AND balance_cents <> 0;
ALTER TABLE payments.payout DROP COLUMN charge_id;
UPDATE payments.bill SET charge_id = 'deposit ' || id WHERE state = 'paid' AND charge_id IS NULL AND emptied_at IS NULL;
ALTER TABLE payments.bill DROP CONSTRAINT bill_paid_by_a_charge, DROP CONSTRAINT bill_deposit_range, DROP COLUMN deposit_cents;
ALTER TABLE payments.bill ADD CONSTRAINT bill_paid_by_a_charge CHECK ((state = 'paid') = ((charge_id IS NOT NULL OR emptied_at IS NOT NULL) AND paid_at IS NOT NULL));
DROP TABLE payments.deposit_part, payments.deposit;
ALTER TABLE payments.policy DROP COLUMN deposit;
