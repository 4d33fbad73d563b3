-- +goose Up
CREATE TABLE payments.advance (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    line_id        uuid NOT NULL,
    cents          bigint NOT NULL,
    netted_cents   bigint NOT NULL DEFAULT 0,
    state          text NOT NULL,
    doubt          text NOT NULL DEFAULT '',
    asked_at       timestamptz NOT NULL,
    decided_by     uuid,
    decided_at     timestamptz,
    reason         bytea,
    covering_by    uuid,
    covered_by     uuid,
    ended_at       timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT advance_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT advance_line FOREIGN KEY (cooperative_id, line_id) REFERENCES payments.bill_line (cooperative_id, id),
    CONSTRAINT advance_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT advance_covering_by FOREIGN KEY (cooperative_id, covering_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT advance_covered_by FOREIGN KEY (cooperative_id, covered_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT advance_state_known CHECK (state IN ('asked', 'approved', 'sent', 'out', 'netted', 'covered', 'refused', 'dropped')),
    CONSTRAINT advance_amounts CHECK (cents > 0 AND netted_cents BETWEEN 0 AND cents),
    CONSTRAINT advance_doubt_known CHECK (doubt IN ('', 'limit', 'history', 'fund')),
    CONSTRAINT advance_asked_undecided CHECK ((state = 'asked') = (decided_at IS NULL)),
    CONSTRAINT advance_refused_by_a_person CHECK (state <> 'refused' OR decided_by IS NOT NULL),
    CONSTRAINT advance_reason_size CHECK (octet_length(reason) BETWEEN 30 AND 1229),
    CONSTRAINT advance_netted_is_whole CHECK (state <> 'netted' OR netted_cents = cents),
    CONSTRAINT advance_covered_by_a_person CHECK ((state = 'covered') = (covered_by IS NOT NULL)),
    CONSTRAINT advance_ended_sometime CHECK ((state IN ('netted', 'covered', 'refused', 'dropped')) = (ended_at IS NOT NULL))
);
COMMENT ON TABLE payments.advance IS 'Part of a wage that is billed and not paid, paid out before from the fund: asked → approved → sent → out → netted | covered; asked → refused, by a person; asked, approved → dropped, when the wage itself comes first or the member takes it back. It costs nothing.';
COMMENT ON COLUMN payments.advance.doubt IS 'Why the program did not approve it by itself; a person decides.';
CREATE UNIQUE INDEX advance_of_line_once ON payments.advance (cooperative_id, line_id) WHERE state IN ('asked', 'approved', 'sent', 'out');
CREATE INDEX advance_of_member ON payments.advance (cooperative_id, member_id, asked_at DESC);
CREATE INDEX advance_open ON payments.advance (cooperative_id, asked_at) WHERE ended_at IS NULL;
CREATE INDEX advance_ended ON payments.advance (ended_at) WHERE reason IS NOT NULL;
CREATE INDEX advance_decider ON payments.advance (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX advance_coverer ON payments.advance (cooperative_id, covering_by) WHERE covering_by IS NOT NULL;
CREATE INDEX advance_second ON payments.advance (cooperative_id, covered_by) WHERE covered_by IS NOT NULL;
CREATE INDEX advance_line_of ON payments.advance (cooperative_id, line_id);

CREATE TABLE payments.advance_part (
    cooperative_id uuid NOT NULL,
    advance_id     uuid NOT NULL,
    line_id        uuid NOT NULL,
    cents          bigint NOT NULL,
    PRIMARY KEY (cooperative_id, advance_id, line_id),
    CONSTRAINT advance_part_advance FOREIGN KEY (cooperative_id, advance_id) REFERENCES payments.advance (cooperative_id, id),
    CONSTRAINT advance_part_line FOREIGN KEY (cooperative_id, line_id) REFERENCES payments.bill_line (cooperative_id, id),
    CONSTRAINT advance_part_positive CHECK (cents > 0)
);
COMMENT ON TABLE payments.advance_part IS 'What of a wage its member had before: that is not paid out again.';
CREATE INDEX advance_part_of_line ON payments.advance_part (cooperative_id, line_id);

ALTER TABLE payments.payout
    ALTER COLUMN line_id DROP NOT NULL,
    ADD COLUMN advance_id uuid,
    ADD COLUMN instant boolean,
    ADD CONSTRAINT payout_advance FOREIGN KEY (cooperative_id, advance_id) REFERENCES payments.advance (cooperative_id, id),
    ADD CONSTRAINT payout_of_advance_once UNIQUE (cooperative_id, advance_id),
    ADD CONSTRAINT payout_of_one_thing CHECK (num_nonnulls(line_id, advance_id) = 1);
COMMENT ON COLUMN payments.payout.instant IS 'Of an advance: whether its bank gets it at once. NULL is not known yet.';

DROP VIEW payments.wrong_payout;
CREATE VIEW payments.wrong_payout AS
    SELECT l.cooperative_id, l.id, b.state, l.cents, coalesce(o.cents, 0) + coalesce(a.cents, 0) AS payout
    FROM payments.bill_line l
    JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
    LEFT JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id
    LEFT JOIN (SELECT cooperative_id, line_id, sum(cents) AS cents FROM payments.advance_part GROUP BY 1, 2) a
        ON a.cooperative_id = l.cooperative_id AND a.line_id = l.id
    WHERE l.kind = 'wage' AND coalesce(o.cents, 0) + coalesce(a.cents, 0) <> CASE WHEN b.state = 'paid' THEN l.cents ELSE 0 END;
COMMENT ON VIEW payments.wrong_payout IS 'Wages of paid bills without their payout, and payouts without a paid bill: nothing is forgotten. What was advanced is not paid twice.';

CREATE VIEW payments.wrong_advance AS
    WITH kept AS (
        SELECT cooperative_id, address, -sum(balance_cents) AS cents FROM payments.account WHERE address LIKE 'member:%:advance' GROUP BY 1, 2
    ), there AS (
        SELECT a.cooperative_id, 'member:' || a.member_id || ':advance' AS address, sum(a.cents - a.netted_cents) AS cents
        FROM payments.advance a
        JOIN payments.payout o ON o.cooperative_id = a.cooperative_id AND o.advance_id = a.id
        JOIN payments.entry e ON e.cooperative_id = o.cooperative_id AND e.key = 'payout:' || o.id || ':hold'
        WHERE a.state IN ('approved', 'sent', 'out') GROUP BY 1, 2
    )
    SELECT cooperative_id, address, k.cents AS kept, t.cents
    FROM kept k FULL JOIN there t USING (cooperative_id, address) WHERE coalesce(k.cents, 0) <> coalesce(t.cents, 0);
COMMENT ON VIEW payments.wrong_advance IS 'Members of whom other money is out beforehand than their advances say.';

CREATE VIEW payments.wrong_advanced AS
    SELECT a.cooperative_id, a.member_id, sum(a.cents - a.netted_cents) AS cents
    FROM payments.advance a
    LEFT JOIN payments.policy p ON p.cooperative_id = a.cooperative_id
    WHERE a.state IN ('approved', 'sent', 'out')
    GROUP BY a.cooperative_id, a.member_id, p.advance_cents HAVING sum(a.cents - a.netted_cents) > coalesce(p.advance_cents, 20000);
COMMENT ON VIEW payments.wrong_advanced IS 'Members who have more beforehand than the cooperative lets anybody have.';

-- +goose Down
DROP VIEW payments.wrong_advance, payments.wrong_advanced, payments.wrong_payout;
CREATE VIEW payments.wrong_payout AS
    SELECT l.cooperative_id, l.id, b.state, l.cents, o.cents AS payout
    FROM payments.bill_line l
    JOIN payments.bill b ON b.cooperative_id = l.cooperative_id AND b.id = l.bill_id
    LEFT JOIN payments.payout o ON o.cooperative_id = l.cooperative_id AND o.line_id = l.id
    WHERE l.kind = 'wage' AND (b.state = 'paid') <> (o.cents IS NOT DISTINCT FROM l.cents);
DELETE FROM payments.payout WHERE line_id IS NULL;
ALTER TABLE payments.payout DROP CONSTRAINT payout_of_one_thing, DROP COLUMN instant, DROP COLUMN advance_id, ALTER COLUMN line_id SET NOT NULL;
DROP TABLE payments.advance_part, payments.advance;
