-- +goose Up
CREATE TABLE payments.refund (
    id                 uuid NOT NULL,
    cooperative_id     uuid NOT NULL CONSTRAINT refund_cooperative REFERENCES members.cooperative,
    bill_id            uuid NOT NULL,
    cents              bigint NOT NULL,
    reason             text NOT NULL,
    state              text NOT NULL,
    outside            boolean NOT NULL DEFAULT false,
    asked_by           uuid,
    asked_at           timestamptz NOT NULL,
    decided_by         uuid,
    decided_at         timestamptz,
    contribution_cents bigint NOT NULL DEFAULT 0,
    fund_cents         bigint NOT NULL DEFAULT 0,
    loss_cents         bigint NOT NULL DEFAULT 0,
    outside_id         text,
    refused            text NOT NULL DEFAULT '',
    sent_at            timestamptz,
    done_at            timestamptz,
    failed_at          timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT refund_outside_once UNIQUE (outside_id),
    CONSTRAINT refund_bill FOREIGN KEY (cooperative_id, bill_id) REFERENCES payments.bill (cooperative_id, id),
    CONSTRAINT refund_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT refund_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT refund_state_known CHECK (state IN ('asked', 'approved', 'moving', 'done', 'failed', 'refused', 'taken_back')),
    CONSTRAINT refund_positive CHECK (cents > 0),
    CONSTRAINT refund_reason_length CHECK (char_length(reason) <= 300),
    CONSTRAINT refund_asked_by_somebody CHECK (outside = (asked_by IS NULL)),
    CONSTRAINT refund_decided_by_somebody CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT refund_own_taken_back CHECK (state <> 'taken_back' OR decided_by = asked_by),
    CONSTRAINT refund_is_carried CHECK (contribution_cents >= 0 AND fund_cents >= 0 AND loss_cents >= 0
        AND contribution_cents + fund_cents + loss_cents = CASE WHEN state IN ('approved', 'moving', 'done', 'failed') THEN cents ELSE 0 END),
    CONSTRAINT refund_sent_has_its_time CHECK (state NOT IN ('moving', 'done') OR sent_at IS NOT NULL),
    CONSTRAINT refund_done_has_its_time CHECK (state <> 'done' OR done_at IS NOT NULL),
    CONSTRAINT refund_failed_has_its_time CHECK ((state = 'failed') = (failed_at IS NOT NULL)),
    CONSTRAINT refund_refused_length CHECK (char_length(refused) <= 100)
);
COMMENT ON TABLE payments.refund IS 'Money of a paid bill that goes back to its client. asked → approved → moving → done | failed; asked → refused by somebody else | taken_back; a done one may still fail, days later.';
COMMENT ON COLUMN payments.refund.reason IS 'About money and nobody: it is plain, stays, and the client reads it.';
COMMENT ON COLUMN payments.refund.outside IS 'It was made by hand at the gateway, and found.';
COMMENT ON COLUMN payments.refund.contribution_cents IS 'What of it the bill''s contribution carries; then the fund, then the loss. Never the wage.';
COMMENT ON COLUMN payments.refund.refused IS 'The gateway''s word, when it said no.';
CREATE INDEX refund_of_bill ON payments.refund (cooperative_id, bill_id, asked_at);
CREATE INDEX refund_waiting ON payments.refund (cooperative_id, asked_at) WHERE state IN ('asked', 'failed');
CREATE INDEX refund_under_way ON payments.refund (state, asked_at) WHERE state IN ('approved', 'moving');
CREATE INDEX refund_done_lately ON payments.refund (done_at) WHERE state = 'done';
CREATE INDEX refund_asker ON payments.refund (cooperative_id, asked_by) WHERE asked_by IS NOT NULL;
CREATE INDEX refund_decider ON payments.refund (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;

CREATE TABLE payments.dispute (
    id                 uuid NOT NULL,
    cooperative_id     uuid NOT NULL CONSTRAINT dispute_cooperative REFERENCES members.cooperative,
    bill_id            uuid NOT NULL,
    outside_id         text,
    cents              bigint NOT NULL,
    state              text NOT NULL,
    reason             text NOT NULL,
    until              timestamptz,
    answered           boolean NOT NULL DEFAULT false,
    withdrawn_cents    bigint NOT NULL DEFAULT 0,
    reinstated_cents   bigint NOT NULL DEFAULT 0,
    fee_cents          bigint NOT NULL DEFAULT 0,
    lost_cents         bigint NOT NULL DEFAULT 0,
    contribution_cents bigint NOT NULL DEFAULT 0,
    fund_cents         bigint NOT NULL DEFAULT 0,
    loss_cents         bigint NOT NULL DEFAULT 0,
    opened_at          timestamptz NOT NULL,
    closed_at          timestamptz,
    answer             text NOT NULL DEFAULT '',
    answer_number      integer NOT NULL DEFAULT 0,
    answer_state       text NOT NULL DEFAULT 'none',
    answer_by          uuid,
    answer_at          timestamptz,
    accept_state       text NOT NULL DEFAULT 'none',
    accept_by          uuid,
    accept_at          timestamptz,
    accept_approved_by uuid,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT dispute_outside_once UNIQUE (outside_id),
    CONSTRAINT dispute_bill FOREIGN KEY (cooperative_id, bill_id) REFERENCES payments.bill (cooperative_id, id),
    CONSTRAINT dispute_answer_by FOREIGN KEY (cooperative_id, answer_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT dispute_accept_by FOREIGN KEY (cooperative_id, accept_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT dispute_accept_approved_by FOREIGN KEY (cooperative_id, accept_approved_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT dispute_state_known CHECK (state IN ('open', 'warning', 'won', 'lost', 'closed')),
    CONSTRAINT dispute_positive CHECK (cents > 0),
    CONSTRAINT dispute_amounts CHECK (withdrawn_cents >= 0 AND reinstated_cents >= 0 AND lost_cents >= 0 AND reinstated_cents + lost_cents <= withdrawn_cents),
    CONSTRAINT dispute_is_carried CHECK (contribution_cents >= 0 AND fund_cents >= 0 AND loss_cents >= 0
        AND contribution_cents + fund_cents + loss_cents = withdrawn_cents - reinstated_cents),
    CONSTRAINT dispute_reason_length CHECK (char_length(reason) <= 100),
    CONSTRAINT dispute_closed_has_its_time CHECK ((state IN ('won', 'lost', 'closed')) = (closed_at IS NOT NULL)),
    CONSTRAINT dispute_answer_known CHECK (answer_state IN ('none', 'sending', 'sent', 'refused')),
    CONSTRAINT dispute_answer_length CHECK (char_length(answer) <= 5000),
    CONSTRAINT dispute_answer_is_somebodys CHECK ((answer_state = 'none') = (answer_by IS NULL) AND (answer_by IS NULL) = (answer_at IS NULL)),
    CONSTRAINT dispute_accept_known CHECK (accept_state IN ('none', 'asked', 'sending', 'sent', 'refused')),
    CONSTRAINT dispute_accept_is_somebodys CHECK ((accept_state = 'none') = (accept_by IS NULL) AND (accept_by IS NULL) = (accept_at IS NULL)),
    CONSTRAINT dispute_accept_four_eyes CHECK (accept_approved_by <> accept_by)
);
COMMENT ON TABLE payments.dispute IS 'A client''s bank asks the money of a bill back. warning → closed | open; open → won | lost. Money moves by what was withdrawn and reinstated, not by state.';
COMMENT ON COLUMN payments.dispute.until IS 'When an answer must be there. None: no answer is possible.';
COMMENT ON COLUMN payments.dispute.lost_cents IS 'What of the withdrawn is the client''s for good.';
COMMENT ON COLUMN payments.dispute.contribution_cents IS 'What of it the bill''s contribution carries; then the fund, then the loss. Never the wage.';
COMMENT ON COLUMN payments.dispute.answer IS 'What the bank is told. It is about work and hours; no member''s name leaves.';
CREATE INDEX dispute_of_bill ON payments.dispute (cooperative_id, bill_id, opened_at);
CREATE INDEX dispute_going_on ON payments.dispute (state, opened_at) WHERE state IN ('open', 'warning');
CREATE INDEX dispute_newest ON payments.dispute (cooperative_id, opened_at DESC);
CREATE INDEX dispute_answerer ON payments.dispute (cooperative_id, answer_by) WHERE answer_by IS NOT NULL;
CREATE INDEX dispute_accepter ON payments.dispute (cooperative_id, accept_by) WHERE accept_by IS NOT NULL;
CREATE INDEX dispute_approver ON payments.dispute (cooperative_id, accept_approved_by) WHERE accept_approved_by IS NOT NULL;

CREATE TABLE payments.objection (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT objection_cooperative REFERENCES members.cooperative,
    bill_id        uuid NOT NULL,
    words          text NOT NULL,
    asked_by       uuid NOT NULL,
    asked_at       timestamptz NOT NULL,
    state          text NOT NULL,
    answer         text NOT NULL DEFAULT '',
    answered_by    uuid,
    answered_at    timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT objection_bill FOREIGN KEY (cooperative_id, bill_id) REFERENCES payments.bill (cooperative_id, id),
    CONSTRAINT objection_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT objection_answered_by FOREIGN KEY (cooperative_id, answered_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT objection_state_known CHECK (state IN ('open', 'answered')),
    CONSTRAINT objection_words_length CHECK (char_length(words) <= 1000 AND char_length(answer) <= 1000),
    CONSTRAINT objection_answered_by_somebody CHECK ((state = 'answered') = (answered_by IS NOT NULL) AND (answered_by IS NULL) = (answered_at IS NULL))
);
COMMENT ON TABLE payments.objection IS 'A client says that a bill is not right. open → answered, in words.';
COMMENT ON COLUMN payments.objection.words IS 'Of a client, about a bill: plain, and empty once who wrote it was erased.';
CREATE UNIQUE INDEX objection_open_once ON payments.objection (cooperative_id, bill_id) WHERE state = 'open';
CREATE INDEX objection_of_bill ON payments.objection (cooperative_id, bill_id, asked_at);
CREATE INDEX objection_waiting ON payments.objection (cooperative_id, asked_at) WHERE state = 'open';
CREATE INDEX objection_asker ON payments.objection (cooperative_id, asked_by);
CREATE INDEX objection_answerer ON payments.objection (cooperative_id, answered_by) WHERE answered_by IS NOT NULL;

CREATE TABLE payments.clawback (
    id             uuid NOT NULL,
    cooperative_id uuid NOT NULL CONSTRAINT clawback_cooperative REFERENCES members.cooperative,
    line_id        uuid NOT NULL,
    member_id      uuid NOT NULL,
    cents          bigint NOT NULL,
    reason_sealed  bytea NOT NULL,
    state          text NOT NULL,
    asked_by       uuid NOT NULL,
    asked_at       timestamptz NOT NULL,
    decided_by     uuid,
    decided_at     timestamptz,
    PRIMARY KEY (cooperative_id, id),
    CONSTRAINT clawback_line FOREIGN KEY (cooperative_id, line_id) REFERENCES payments.bill_line (cooperative_id, id),
    CONSTRAINT clawback_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT clawback_asked_by FOREIGN KEY (cooperative_id, asked_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT clawback_decided_by FOREIGN KEY (cooperative_id, decided_by) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT clawback_state_known CHECK (state IN ('asked', 'decided', 'refused', 'taken_back')),
    CONSTRAINT clawback_positive CHECK (cents > 0),
    CONSTRAINT clawback_reason_size CHECK (octet_length(reason_sealed) BETWEEN 30 AND 4*500+29),
    CONSTRAINT clawback_decided_sometime CHECK ((state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT clawback_four_eyes CHECK (state NOT IN ('decided', 'refused') OR decided_by <> asked_by),
    CONSTRAINT clawback_own_taken_back CHECK (state <> 'taken_back' OR decided_by = asked_by)
);
COMMENT ON TABLE payments.clawback IS 'A wage, or a part of it, that a member is to give back: always a decision of two named people, with a reason. asked → decided | refused by somebody else | taken_back. It never comes out of later wages by itself.';
COMMENT ON COLUMN payments.clawback.reason_sealed IS 'About the member, and sealed with their key.';
CREATE INDEX clawback_of_line ON payments.clawback (cooperative_id, line_id);
CREATE INDEX clawback_of_member ON payments.clawback (cooperative_id, member_id, asked_at);
CREATE INDEX clawback_waiting ON payments.clawback (cooperative_id, asked_at) WHERE state = 'asked';
CREATE INDEX clawback_asker ON payments.clawback (cooperative_id, asked_by);
CREATE INDEX clawback_decider ON payments.clawback (cooperative_id, decided_by) WHERE decided_by IS NOT NULL;

-- What must never be of these: see 0403.
CREATE VIEW payments.wrong_back AS
    SELECT b.cooperative_id, b.id, b.total_cents, coalesce(r.cents, 0) AS refunded, coalesce(d.cents, 0) AS disputed
    FROM payments.bill b
    LEFT JOIN (SELECT cooperative_id, bill_id, sum(cents) AS cents FROM payments.refund WHERE state IN ('moving', 'done') GROUP BY 1, 2) r
        ON r.cooperative_id = b.cooperative_id AND r.bill_id = b.id
    LEFT JOIN (SELECT cooperative_id, bill_id, sum(withdrawn_cents - reinstated_cents) AS cents FROM payments.dispute GROUP BY 1, 2) d
        ON d.cooperative_id = b.cooperative_id AND d.bill_id = b.id
    WHERE coalesce(r.cents, 0) + coalesce(d.cents, 0) > b.total_cents;
COMMENT ON VIEW payments.wrong_back IS 'Bills of which more went back than came.';

CREATE VIEW payments.wrong_refund AS
    WITH posted AS (
        SELECT e.cooperative_id, e.key, sum(p.cents) AS cents FROM payments.entry e
        JOIN payments.posting p ON p.cooperative_id = e.cooperative_id AND p.entry_id = e.id
        WHERE e.key LIKE 'refund:%' GROUP BY 1, 2
    )
    SELECT r.cooperative_id, r.id, r.state, r.cents, h.cents AS held, s.cents AS sent, f.cents AS failed
    FROM payments.refund r
    LEFT JOIN posted h ON h.cooperative_id = r.cooperative_id AND h.key = 'refund:' || r.id || ':hold'
    LEFT JOIN posted s ON s.cooperative_id = r.cooperative_id AND s.key = 'refund:' || r.id || ':sent'
    LEFT JOIN posted f ON f.cooperative_id = r.cooperative_id AND f.key = 'refund:' || r.id || ':failed'
    WHERE (h.cents IS DISTINCT FROM CASE WHEN r.state IN ('approved', 'moving', 'done', 'failed') THEN r.cents END)
        OR (s.cents IS DISTINCT FROM CASE WHEN r.sent_at IS NOT NULL THEN r.cents END)
        OR (f.cents IS DISTINCT FROM CASE WHEN r.state = 'failed' THEN r.cents END);
COMMENT ON VIEW payments.wrong_refund IS 'Refunds that are in the ledger otherwise than in their row.';

CREATE VIEW payments.wrong_refund_left AS
    SELECT a.cooperative_id, a.address, a.balance_cents AS cents FROM payments.account a
    LEFT JOIN payments.refund r ON r.cooperative_id = a.cooperative_id AND r.state = 'approved' AND a.address = 'refund:' || r.id || ':moving'
    WHERE a.address ~ '^refund:[^:]+:moving$' AND a.balance_cents <> coalesce(r.cents, 0);
COMMENT ON VIEW payments.wrong_refund_left IS 'Money that waits for a refund which is over, or is not all there.';

CREATE VIEW payments.wrong_dispute AS
    WITH own AS (
        SELECT cooperative_id, sum(withdrawn_cents - reinstated_cents - lost_cents) AS cents FROM payments.dispute GROUP BY 1
    ), there AS (
        SELECT cooperative_id, balance_cents AS cents FROM payments.account WHERE address = 'stripe:disputed'
    )
    SELECT cooperative_id, own.cents AS disputes, there.cents AS held
    FROM own FULL JOIN there USING (cooperative_id) WHERE coalesce(own.cents, 0) <> coalesce(there.cents, 0);
COMMENT ON VIEW payments.wrong_dispute IS 'Cooperatives of which the gateway withholds another sum than their disputes say.';

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

-- +goose Down
DROP VIEW payments.wrong_back, payments.wrong_refund, payments.wrong_refund_left, payments.wrong_dispute, payments.wrong_clawback, payments.wrong_clawback_sum;
DROP TABLE payments.clawback, payments.objection, payments.dispute, payments.refund;
