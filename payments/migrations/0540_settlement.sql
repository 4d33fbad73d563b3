-- +goose Up
-- A wage that was asked back gets an end: it is taken back from the member's account at
-- the gateway, the member brings it to the cooperative's bank, or it is let go.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.below_zero(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address ~ '^(client:[^:]+|member:[^:]+:(advance|clawback|repaid)|coop:(costs|loss|bank))$'
$$;
CREATE OR REPLACE FUNCTION payments.outside(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address ~ '^(client:[^:]+(:back)?|member:[^:]+:(stripe|transit|bank|repaid)|reversal:[^:]+:moving|stripe:(disputed|fees)|coop:bank)$'
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.know_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.address !~ '^(client:[^:]+(:back)?|(bill|deposit):[^:]+:held|member:[^:]+:(payable|moving|stripe|transit|bank|advance|clawback|repaid)|(refund|reversal):[^:]+:moving|stripe:(disputed|fees)|coop:(contribution|costs|fund|bank|loss))$' THEN
        RAISE EXCEPTION 'payments.account: there is no account % (account_address_known)', NEW.address
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_address_known';
    END IF;
    IF NEW.shard <> 0 AND NOT (NEW.shard BETWEEN 1 AND 15 AND payments.hot(NEW.address)) THEN
        RAISE EXCEPTION 'payments.account: % has no row % (account_shard_range)', NEW.address, NEW.shard
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_shard_range';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

ALTER TABLE payments.payout ADD CONSTRAINT payout_of_cooperative UNIQUE (cooperative_id, id);
CREATE TABLE payments.settlement (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT settlement_cooperative REFERENCES members.cooperative,
    clawback_id    uuid NOT NULL,
    way            text NOT NULL,
    cents          bigint NOT NULL,
    reason_sealed  bytea NOT NULL,
    state          text NOT NULL,
    payout_id      uuid,
    number         integer,
    outside_id     text,
    refused        text NOT NULL DEFAULT '',
    fund_cents     bigint NOT NULL DEFAULT 0,
    loss_cents     bigint NOT NULL DEFAULT 0,
    asked_by       uuid NOT NULL,
    asked_at       timestamptz NOT NULL,
    decided_by     uuid,
    decided_at     timestamptz,
    ended_at       timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT settlement_outside_once UNIQUE (outside_id),
    CONSTRAINT settlement_clawback FOREIGN KEY (cooperative_id, clawback_id) REFERENCES payments.clawback (cooperative_id, id),
    CONSTRAINT settlement_payout FOREIGN KEY (cooperative_id, payout_id) REFERENCES payments.payout (cooperative_id, id),
    CONSTRAINT settlement_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT settlement_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT settlement_way_known CHECK (way IN ('reversal', 'repaid', 'let_go')),
    CONSTRAINT settlement_state_known CHECK (state IN ('asked', 'approved', 'done', 'failed', 'refused', 'taken_back')),
    CONSTRAINT settlement_state_of_way CHECK (CASE WHEN way = 'reversal' THEN state IN ('approved', 'done', 'failed') ELSE state IN ('asked', 'done', 'refused', 'taken_back') END),
    CONSTRAINT settlement_positive CHECK (cents > 0),
    CONSTRAINT settlement_reason_size CHECK (octet_length(reason_sealed) BETWEEN 30 AND 4*500+29),
    CONSTRAINT settlement_of_payout CHECK ((way = 'reversal') = (payout_id IS NOT NULL) AND (payout_id IS NULL) = (number IS NULL)),
    CONSTRAINT settlement_outside_is_done CHECK (outside_id IS NULL OR way = 'reversal' AND state = 'done'),
    CONSTRAINT settlement_refused_length CHECK (char_length(refused) <= 100),
    CONSTRAINT settlement_is_carried CHECK (fund_cents >= 0 AND loss_cents >= 0
        AND fund_cents + loss_cents = CASE WHEN state = 'done' AND way <> 'reversal' THEN cents ELSE 0 END),
    CONSTRAINT settlement_decided CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT settlement_ended CHECK ((state IN ('asked', 'approved')) = (ended_at IS NULL)),
    CONSTRAINT settlement_four_eyes CHECK (CASE state WHEN 'taken_back' THEN decided_by IS NOT NULL AND decided_by = asked_by
        WHEN 'refused' THEN decided_by IS NOT NULL AND decided_by <> asked_by
        WHEN 'done' THEN CASE WHEN way = 'repaid' THEN decided_by IS NOT NULL ELSE true END AND decided_by IS DISTINCT FROM asked_by ELSE decided_by IS NULL END)
);
COMMENT ON TABLE payments.settlement IS 'How a wage that was asked back, or a part of it, comes to an end, by whose word and why. reversal: approved → done | failed, at the gateway; repaid, always by two, and let_go: asked → done | refused by somebody else | taken_back.';
COMMENT ON COLUMN payments.settlement.reason_sealed IS 'About the member, and sealed with their key.';
COMMENT ON COLUMN payments.settlement.number IS 'How many reversals of this payout were done before: with the amount it is what the gateway knows it by, so that a database which forgot one finds it.';
COMMENT ON COLUMN payments.settlement.refused IS 'The gateway''s word, when it said no.';
COMMENT ON COLUMN payments.settlement.fund_cents IS 'What of it the fund gives for it: it is let go, or stands at the cooperative''s bank. What the fund has not is a loss.';
CREATE INDEX settlement_of_clawback ON payments.settlement (cooperative_id, clawback_id, asked_at);
CREATE UNIQUE INDEX settlement_one_reversal ON payments.settlement (cooperative_id, payout_id) WHERE state = 'approved';
CREATE INDEX settlement_of_payout ON payments.settlement (cooperative_id, payout_id) WHERE payout_id IS NOT NULL;
CREATE INDEX settlement_waiting ON payments.settlement (cooperative_id, asked_at) WHERE state = 'asked';
CREATE INDEX settlement_under_way ON payments.settlement (asked_at) WHERE state = 'approved';
CREATE INDEX settlement_let_go_lately ON payments.settlement (cooperative_id, ended_at) WHERE way = 'let_go' AND state = 'done';
CREATE INDEX settlement_asker ON payments.settlement (cooperative_id, asked_by);
CREATE INDEX settlement_decider ON payments.settlement (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;

ALTER TABLE payments.clawback
    ADD COLUMN settled_at timestamptz,
    DROP CONSTRAINT clawback_state_known,
    DROP CONSTRAINT clawback_four_eyes,
    ADD CONSTRAINT clawback_state_known CHECK (state IN ('asked', 'decided', 'settled', 'refused', 'taken_back')),
    ADD CONSTRAINT clawback_four_eyes CHECK (state NOT IN ('decided', 'settled', 'refused') OR decided_by <> asked_by),
    ADD CONSTRAINT clawback_settled_sometime CHECK ((state = 'settled') = (settled_at IS NOT NULL));
COMMENT ON TABLE payments.clawback IS 'A wage, or a part of it, that a member is to give back: always a decision of two named people, with a reason. asked → decided | refused by somebody else | taken_back; decided → settled, by its settlements. It never comes out of later wages by itself.';
CREATE INDEX clawback_open ON payments.clawback (cooperative_id, decided_at) WHERE state = 'decided';

ALTER TABLE payments.payout
    ADD COLUMN reversed_cents bigint NOT NULL DEFAULT 0,
    ADD COLUMN reversed_at timestamptz,
    DROP CONSTRAINT payout_state_known,
    DROP CONSTRAINT payout_sent_has_a_number,
    ADD CONSTRAINT payout_state_known CHECK (state IN ('held', 'due', 'sent', 'paid', 'failed', 'reversed')),
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('held', 'due', 'failed') OR emptied_at IS NOT NULL OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL)),
    ADD CONSTRAINT payout_reversed CHECK (reversed_cents BETWEEN 0 AND cents AND (state = 'reversed') = (reversed_cents = cents) AND (state = 'reversed') = (reversed_at IS NOT NULL));
COMMENT ON COLUMN payments.payout.reversed_cents IS 'What was taken back from the member''s account at the gateway: it goes to no bank any more.';
-- What ended is asked for as often as what is paid.
CREATE INDEX payout_reversed_when ON payments.payout (reversed_at) WHERE reversed_at IS NOT NULL;

DROP VIEW payments.outside_object, payments.wrong_clawback, payments.wrong_clawback_sum, payments.wrong_bank;
CREATE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.refund WHERE outside_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, coalesce(bill_id, deposit_id), CASE WHEN bill_id IS NULL THEN 'deposit' ELSE 'bill' END FROM payments.dispute WHERE outside_id IS NOT NULL
    UNION ALL SELECT charge_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE charge_id IS NOT NULL
    UNION ALL SELECT refund_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE refund_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, payout_id, 'payout' FROM payments.settlement WHERE outside_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim;
COMMENT ON VIEW payments.outside_object IS 'Whose each object at the gateway is, and which subject its entries have: a wage or an advance has that of its payout, as what is taken back of it; what goes back of a bill has that of the bill. Whatever moves money there has a row.';
CREATE VIEW payments.wrong_bank AS
    SELECT a.cooperative_id, a.address, a.balance_cents, o.cents
    FROM payments.account a
    LEFT JOIN (SELECT cooperative_id, 'member:' || member_id || ':bank' AS address, sum(cents - reversed_cents) AS cents
        FROM payments.payout WHERE state = 'paid' GROUP BY cooperative_id, member_id) o USING (cooperative_id, address)
    WHERE a.address LIKE 'member:%:bank' AND a.balance_cents <> coalesce(o.cents, 0);
COMMENT ON VIEW payments.wrong_bank IS 'Members whose bank got another sum than what was called paid.';
CREATE VIEW payments.wrong_clawback AS
    SELECT k.cooperative_id, k.id, k.state, k.cents, p.cents AS posted
    FROM payments.clawback k
    LEFT JOIN payments.entry e ON e.cooperative_id = k.cooperative_id AND e.key = 'clawback:' || k.id
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE p.cents IS DISTINCT FROM CASE WHEN k.state IN ('decided', 'settled') THEN k.cents END
        OR k.state IN ('decided', 'settled') AND (e.posted_by, e.approved_by) IS DISTINCT FROM (k.asked_by, k.decided_by);
COMMENT ON VIEW payments.wrong_clawback IS 'Money asked back from members that two people did not decide, or that the ledger has otherwise.';
CREATE VIEW payments.wrong_clawback_sum AS
    SELECT l.cooperative_id, l.id, l.cents, k.cents AS asked_back
    FROM payments.bill_line l
    JOIN (SELECT cooperative_id, line_id, sum(cents) AS cents FROM payments.clawback WHERE state IN ('decided', 'settled') GROUP BY 1, 2) k
        ON k.cooperative_id = l.cooperative_id AND k.line_id = l.id
    WHERE k.cents > l.cents;
COMMENT ON VIEW payments.wrong_clawback_sum IS 'Wages of which more is asked back than was paid.';

CREATE VIEW payments.wrong_settlement AS
    WITH posted AS (
        SELECT e.cooperative_id, e.key, e.posted_by, e.approved_by, sum(p.cents) AS cents FROM payments.entry e
        JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
        WHERE e.key LIKE 'settlement:%' AND p.source !~ '^member:[^:]+:repaid$' GROUP BY 1, 2, 3, 4
    )
    SELECT t.cooperative_id, t.id, t.way, t.state, t.cents, h.cents AS held, d.cents AS done, f.cents AS failed
    FROM payments.settlement t
    LEFT JOIN posted h ON h.cooperative_id = t.cooperative_id AND h.key = 'settlement:' || t.id || ':hold'
    LEFT JOIN posted d ON d.cooperative_id = t.cooperative_id AND d.key = 'settlement:' || t.id || ':done'
    LEFT JOIN posted f ON f.cooperative_id = t.cooperative_id AND f.key = 'settlement:' || t.id || ':failed'
    WHERE (h.cents IS DISTINCT FROM CASE WHEN t.way = 'reversal' THEN t.cents END)
        OR (d.cents IS DISTINCT FROM CASE WHEN t.state = 'done' THEN t.cents END)
        OR (f.cents IS DISTINCT FROM CASE WHEN t.state = 'failed' THEN t.cents END)
        OR t.state = 'done' AND t.decided_by IS NOT NULL AND (d.posted_by, d.approved_by) IS DISTINCT FROM (t.asked_by, t.decided_by);
COMMENT ON VIEW payments.wrong_settlement IS 'What came of a wage that was asked back, and the ledger says otherwise, or says of other people.';

CREATE VIEW payments.wrong_settled AS
    WITH own AS (
        SELECT k.cooperative_id, 'member:' || k.member_id || ':clawback' AS address, sum(coalesce(t.cents, 0) - k.cents) AS cents
        FROM payments.clawback k
        LEFT JOIN (SELECT cooperative_id, clawback_id, sum(cents) AS cents FROM payments.settlement WHERE state = 'done' GROUP BY 1, 2) t
            ON t.cooperative_id = k.cooperative_id AND t.clawback_id = k.id
        WHERE k.state IN ('decided', 'settled') GROUP BY 1, 2
    ), there AS (
        SELECT cooperative_id, address, balance_cents AS cents FROM payments.account WHERE address ~ '^member:[^:]+:clawback$'
    )
    SELECT cooperative_id, address, own.cents AS owed, there.cents AS kept
    FROM own FULL JOIN there USING (cooperative_id, address) WHERE coalesce(own.cents, 0) <> coalesce(there.cents, 0);
COMMENT ON VIEW payments.wrong_settled IS 'Members who are to give back another sum than what was asked back and is not settled.';

CREATE VIEW payments.wrong_settled_sum AS
    SELECT k.cooperative_id, k.id, k.state, k.cents, coalesce(t.done, 0) AS done, coalesce(t.all_cents, 0) AS all_cents
    FROM payments.clawback k
    LEFT JOIN (SELECT cooperative_id, clawback_id, sum(cents) AS all_cents, sum(cents) FILTER (WHERE state = 'done') AS done
        FROM payments.settlement WHERE state IN ('asked', 'approved', 'done') GROUP BY 1, 2) t ON t.cooperative_id = k.cooperative_id AND t.clawback_id = k.id
    WHERE (k.state = 'settled') <> (coalesce(t.done, 0) = k.cents) OR coalesce(t.all_cents, 0) > k.cents OR t.all_cents > 0 AND k.state NOT IN ('decided', 'settled');
COMMENT ON VIEW payments.wrong_settled_sum IS 'Wages asked back of which more came to an end than was asked, or that are over and not settled, or the other way round.';

CREATE VIEW payments.wrong_reversed AS
    SELECT o.cooperative_id, o.id, o.cents, o.reversed_cents, t.cents AS reversed
    FROM payments.payout o
    LEFT JOIN (SELECT cooperative_id, payout_id, sum(cents) AS cents FROM payments.settlement WHERE way = 'reversal' AND state = 'done' GROUP BY 1, 2) t
        ON t.cooperative_id = o.cooperative_id AND t.payout_id = o.id
    WHERE o.reversed_cents <> coalesce(t.cents, 0);
COMMENT ON VIEW payments.wrong_reversed IS 'Payouts of which another sum was taken back than their reversals say.';

CREATE VIEW payments.wrong_reversal_left AS
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN payments.settlement t ON t.cooperative_id = a.cooperative_id AND t.state = 'approved' AND a.address = 'reversal:' || t.id || ':moving'
    WHERE a.address ~ '^reversal:[^:]+:moving$' AND a.balance_cents <> coalesce(t.cents, 0);
COMMENT ON VIEW payments.wrong_reversal_left IS 'Money that is set apart to be taken back, for a reversal which is over, or is not all there.';

-- +goose Down
DROP VIEW payments.wrong_settlement, payments.wrong_settled, payments.wrong_settled_sum, payments.wrong_reversed, payments.wrong_reversal_left;
DROP VIEW payments.outside_object, payments.wrong_clawback, payments.wrong_clawback_sum, payments.wrong_bank;
DROP INDEX payments.payout_reversed_when, payments.clawback_open;
ALTER TABLE payments.payout DROP CONSTRAINT payout_reversed, DROP COLUMN reversed_cents, DROP COLUMN reversed_at, DROP CONSTRAINT payout_state_known, DROP CONSTRAINT payout_sent_has_a_number;
UPDATE payments.payout SET state = 'failed' WHERE state = 'reversed';
ALTER TABLE payments.payout
    ADD CONSTRAINT payout_state_known CHECK (state IN ('held', 'due', 'sent', 'paid', 'failed')),
    ADD CONSTRAINT payout_sent_has_a_number CHECK (state IN ('held', 'due', 'failed') OR emptied_at IS NOT NULL OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL));
UPDATE payments.clawback SET state = 'decided', settled_at = NULL WHERE state = 'settled';
ALTER TABLE payments.clawback
    DROP COLUMN settled_at,
    DROP CONSTRAINT clawback_state_known,
    DROP CONSTRAINT clawback_four_eyes,
    ADD CONSTRAINT clawback_state_known CHECK (state IN ('asked', 'decided', 'refused', 'taken_back')),
    ADD CONSTRAINT clawback_four_eyes CHECK (state NOT IN ('decided', 'refused') OR decided_by <> asked_by);
COMMENT ON TABLE payments.clawback IS 'A wage, or a part of it, that a member is to give back: always a decision of two named people, with a reason. asked → decided | refused by somebody else | taken_back. It never comes out of later wages by itself.';
DROP TABLE payments.settlement;
ALTER TABLE payments.payout DROP CONSTRAINT payout_of_cooperative;
CREATE VIEW payments.outside_object AS
    SELECT charge_id AS source, cooperative_id, id AS subject, 'bill' AS about FROM payments.bill WHERE charge_id IS NOT NULL
    UNION ALL SELECT transfer_id, cooperative_id, id, 'payout' FROM payments.payout WHERE transfer_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, bill_id, 'bill' FROM payments.refund WHERE outside_id IS NOT NULL
    UNION ALL SELECT outside_id, cooperative_id, coalesce(bill_id, deposit_id), CASE WHEN bill_id IS NULL THEN 'deposit' ELSE 'bill' END FROM payments.dispute WHERE outside_id IS NOT NULL
    UNION ALL SELECT charge_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE charge_id IS NOT NULL
    UNION ALL SELECT refund_id, cooperative_id, id, 'deposit' FROM payments.deposit WHERE refund_id IS NOT NULL
    UNION ALL SELECT source, cooperative_id, subject, 'manual' FROM payments.claim;
COMMENT ON VIEW payments.outside_object IS 'Whose each object at the gateway is, and which subject its entries have: a wage or an advance has that of its payout, what goes back of a bill that of the bill. Whatever moves money there has a row.';
CREATE VIEW payments.wrong_bank AS
    SELECT a.cooperative_id, a.address, a.balance_cents, o.cents
    FROM payments.account a
    LEFT JOIN (SELECT cooperative_id, 'member:' || member_id || ':bank' AS address, sum(cents) AS cents
        FROM payments.payout WHERE state = 'paid' GROUP BY cooperative_id, member_id) o USING (cooperative_id, address)
    WHERE a.address LIKE 'member:%:bank' AND a.balance_cents <> coalesce(o.cents, 0);
COMMENT ON VIEW payments.wrong_bank IS 'Members whose bank got another sum than what was called paid.';
CREATE VIEW payments.wrong_clawback AS
    SELECT k.cooperative_id, k.id, k.state, k.cents, p.cents AS posted
    FROM payments.clawback k
    LEFT JOIN payments.entry e ON e.cooperative_id = k.cooperative_id AND e.key = 'clawback:' || k.id
    LEFT JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
    WHERE p.cents IS DISTINCT FROM CASE WHEN k.state = 'decided' THEN k.cents END
        OR k.state = 'decided' AND (e.posted_by, e.approved_by) IS DISTINCT FROM (k.asked_by, k.decided_by);
COMMENT ON VIEW payments.wrong_clawback IS 'Money asked back from members that two people did not decide, or that the ledger has otherwise.';
CREATE VIEW payments.wrong_clawback_sum AS
    SELECT l.cooperative_id, l.id, l.cents, k.cents AS asked_back
    FROM payments.bill_line l
    JOIN (SELECT cooperative_id, line_id, sum(cents) AS cents FROM payments.clawback WHERE state = 'decided' GROUP BY 1, 2) k
        ON k.cooperative_id = l.cooperative_id AND k.line_id = l.id
    WHERE k.cents > l.cents;
COMMENT ON VIEW payments.wrong_clawback_sum IS 'Wages of which more is asked back than was paid.';
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.know_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.address !~ '^(client:[^:]+(:back)?|(bill|deposit):[^:]+:held|member:[^:]+:(payable|moving|stripe|transit|bank|advance|clawback)|(refund|reversal):[^:]+:moving|stripe:(disputed|fees)|coop:(contribution|costs|fund|bank|loss))$' THEN
        RAISE EXCEPTION 'payments.account: there is no account % (account_address_known)', NEW.address
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_address_known';
    END IF;
    IF NEW.shard <> 0 AND NOT (NEW.shard BETWEEN 1 AND 15 AND payments.hot(NEW.address)) THEN
        RAISE EXCEPTION 'payments.account: % has no row % (account_shard_range)', NEW.address, NEW.shard
            USING ERRCODE = 'check_violation', SCHEMA = 'payments', TABLE = 'account', CONSTRAINT = 'account_shard_range';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION payments.below_zero(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address ~ '^(client:[^:]+|member:[^:]+:(advance|clawback)|coop:(costs|loss|bank))$'
$$;
CREATE OR REPLACE FUNCTION payments.outside(address text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT address ~ '^(client:[^:]+(:back)?|member:[^:]+:(stripe|transit|bank)|stripe:(disputed|fees)|coop:bank)$'
$$;
-- +goose StatementEnd
