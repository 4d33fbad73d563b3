-- +goose Up
CREATE TABLE payments.bill (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    client_id      uuid NOT NULL,
    ref            text NOT NULL,
    title          text NOT NULL,
    language       text NOT NULL,
    worked_on      date NOT NULL,
    minutes        integer NOT NULL,
    rate_cents     bigint NOT NULL,
    total_cents    bigint NOT NULL,
    state          text NOT NULL,
    billed_at      timestamptz NOT NULL,
    checkouts      integer NOT NULL DEFAULT 0,
    checkout_id    text,
    checkout_at    timestamptz,
    charge_id      text,
    paid_at        timestamptz,
    CONSTRAINT bill_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT bill_once UNIQUE (cooperative_id, ref),
    CONSTRAINT bill_checkout_once UNIQUE (checkout_id),
    CONSTRAINT bill_charge_once UNIQUE (charge_id),
    CONSTRAINT bill_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT bill_state_known CHECK (state IN ('due', 'paying', 'paid', 'failed')),
    CONSTRAINT bill_total_positive CHECK (total_cents > 0),
    CONSTRAINT bill_paid_by_a_charge CHECK ((state = 'paid') = (charge_id IS NOT NULL AND paid_at IS NOT NULL)),
    CONSTRAINT bill_paying_has_begun CHECK (state <> 'paying' OR (checkouts > 0 AND checkout_at IS NOT NULL))
);
COMMENT ON TABLE payments.bill IS 'What a client owes for agreed hours. ref names the work elsewhere; title, day, minutes and rate stand here because a bill never changes.';
COMMENT ON COLUMN payments.bill.checkouts IS 'How many checkouts were begun: at most the last of them is open.';
CREATE INDEX bill_of_client ON payments.bill (cooperative_id, client_id, billed_at DESC, id);
CREATE INDEX bill_unpaid ON payments.bill (cooperative_id, billed_at) WHERE state <> 'paid';
CREATE INDEX bill_paying ON payments.bill (checkout_at) WHERE state = 'paying';

CREATE TABLE payments.bill_line (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    bill_id        uuid NOT NULL,
    kind           text NOT NULL,
    member_id      uuid,
    cents          bigint NOT NULL,
    CONSTRAINT bill_line_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT bill_line_bill FOREIGN KEY (cooperative_id, bill_id) REFERENCES payments.bill (cooperative_id, id),
    CONSTRAINT bill_line_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT bill_line_kind_known CHECK (kind IN ('wage', 'contribution')),
    CONSTRAINT bill_line_wage_is_somebodys CHECK ((kind = 'wage') = (member_id IS NOT NULL)),
    CONSTRAINT bill_line_positive CHECK (cents > 0)
);
CREATE INDEX bill_line_of_bill ON payments.bill_line (cooperative_id, bill_id);
CREATE INDEX bill_line_of_member ON payments.bill_line (cooperative_id, member_id) WHERE member_id IS NOT NULL;

-- +goose Down
DROP TABLE payments.bill_line, payments.bill;
