-- +goose Up
CREATE TABLE payments.payee (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    account        text NOT NULL,
    PRIMARY KEY (cooperative_id, member_id),
    CONSTRAINT payee_account_once UNIQUE (account),
    CONSTRAINT payee_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id)
);
COMMENT ON TABLE payments.payee IS 'Over which account of the gateway a member is paid.';

CREATE TABLE payments.payout (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    line_id        uuid NOT NULL,
    member_id      uuid NOT NULL,
    cents          bigint NOT NULL,
    state          text NOT NULL,
    due_at         timestamptz NOT NULL,
    tries          integer NOT NULL DEFAULT 0,
    tried_at       timestamptz,
    transfer_id    text,
    payout_id      text,
    sent_at        timestamptz,
    paid_at        timestamptz,
    CONSTRAINT payout_of_line_once UNIQUE (cooperative_id, line_id),
    CONSTRAINT payout_transfer_once UNIQUE (transfer_id),
    CONSTRAINT payout_outside_once UNIQUE (payout_id),
    CONSTRAINT payout_line FOREIGN KEY (cooperative_id, line_id) REFERENCES payments.bill_line (cooperative_id, id),
    CONSTRAINT payout_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT payout_state_known CHECK (state IN ('due', 'sent', 'paid', 'failed')),
    CONSTRAINT payout_positive CHECK (cents > 0),
    CONSTRAINT payout_sent_has_a_number CHECK (state IN ('due', 'failed') OR (payout_id IS NOT NULL AND transfer_id IS NOT NULL AND sent_at IS NOT NULL)),
    CONSTRAINT payout_paid_has_its_time CHECK ((state = 'paid') = (paid_at IS NOT NULL))
);
COMMENT ON TABLE payments.payout IS 'A member''s wage on its way to the bank. due → sent → paid | failed → due; a paid one may still fail, days later.';
COMMENT ON COLUMN payments.payout.tries IS 'Which try this is: part of every key, and raised only after a try that certainly moved nothing.';
CREATE INDEX payout_of_member ON payments.payout (cooperative_id, member_id, due_at DESC);
CREATE INDEX payout_unpaid ON payments.payout (cooperative_id, due_at) WHERE state <> 'paid';
CREATE INDEX payout_sent ON payments.payout (sent_at) WHERE state = 'sent';

-- +goose Down
DROP TABLE payments.payout, payments.payee;
