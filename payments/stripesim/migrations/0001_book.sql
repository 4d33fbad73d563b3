-- +goose Up
CREATE TABLE stripesim.balance (
    account text PRIMARY KEY,
    total   bigint NOT NULL DEFAULT 0,
    CONSTRAINT balance_connected_not_overdrawn CHECK (account = 'platform' OR total >= 0)
);
COMMENT ON TABLE stripesim.balance IS 'The sum of the balance transactions of one account, in cents of euros, available or not. Whoever moves money holds the row.';
INSERT INTO stripesim.balance (account) VALUES ('platform');

CREATE TABLE stripesim.txn (
    id           text PRIMARY KEY,
    number       bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT txn_number_unique UNIQUE,
    account      text NOT NULL REFERENCES stripesim.balance,
    type         text NOT NULL,
    amount       bigint NOT NULL,
    fee          bigint NOT NULL,
    net          bigint NOT NULL,
    source       text NOT NULL,
    created_at   timestamptz NOT NULL,
    available_at timestamptz NOT NULL,
    CONSTRAINT txn_type_known CHECK (type IN ('charge', 'refund', 'transfer', 'payment', 'payout', 'payout_failure')),
    CONSTRAINT txn_moves_money CHECK (amount <> 0),
    CONSTRAINT txn_adds_up CHECK (fee >= 0 AND net = amount - fee),
    CONSTRAINT txn_source_once UNIQUE (account, type, source)
);
COMMENT ON TABLE stripesim.txn IS 'Balance transactions. Rows are only added.';
CREATE INDEX txn_pending ON stripesim.txn (account, available_at) INCLUDE (net);
CREATE INDEX txn_source ON stripesim.txn (source);

CREATE TABLE stripesim.account (
    id            text PRIMARY KEY REFERENCES stripesim.balance,
    number        bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT account_number_unique UNIQUE,
    type          text NOT NULL,
    email         text NOT NULL,
    business_type text NOT NULL,
    payouts       text NOT NULL,
    metadata      jsonb NOT NULL,
    created_at    timestamptz NOT NULL,
    CONSTRAINT account_type_known CHECK (type IN ('express', 'custom')),
    CONSTRAINT account_payouts_known CHECK (payouts IN ('manual', 'daily'))
);
COMMENT ON COLUMN stripesim.account.payouts IS 'The interval of the payout schedule. Nothing is paid out by itself here.';

CREATE TABLE stripesim.session (
    id               text PRIMARY KEY,
    number           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT session_number_unique UNIQUE,
    status           text NOT NULL DEFAULT 'open',
    amount           bigint NOT NULL,
    lines            jsonb NOT NULL,
    url              text NOT NULL,
    success_url      text NOT NULL,
    cancel_url       text NOT NULL,
    client_reference text NOT NULL,
    email            text NOT NULL,
    metadata         jsonb NOT NULL,
    intent_data      jsonb NOT NULL,
    intent_id        text,
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    CONSTRAINT session_status_known CHECK (status IN ('open', 'complete', 'expired')),
    CONSTRAINT session_complete_is_paid CHECK (status <> 'complete' OR intent_id IS NOT NULL),
    CONSTRAINT session_amount_positive CHECK (amount > 0)
);
COMMENT ON COLUMN stripesim.session.intent_data IS 'What the payment intent is made of, at the first attempt to pay.';
CREATE INDEX session_open ON stripesim.session (expires_at) WHERE status = 'open';

CREATE TABLE stripesim.intent (
    id             text PRIMARY KEY,
    number         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT intent_number_unique UNIQUE,
    session_id     text NOT NULL CONSTRAINT intent_one_a_session UNIQUE REFERENCES stripesim.session,
    status         text NOT NULL,
    amount         bigint NOT NULL,
    description    text NOT NULL,
    transfer_group text NOT NULL,
    metadata       jsonb NOT NULL,
    charge_id      text,
    created_at     timestamptz NOT NULL,
    CONSTRAINT intent_status_known CHECK (status IN ('requires_payment_method', 'succeeded')),
    CONSTRAINT intent_succeeds_by_a_charge CHECK (status <> 'succeeded' OR charge_id IS NOT NULL),
    CONSTRAINT intent_amount_positive CHECK (amount > 0)
);
ALTER TABLE stripesim.session ADD CONSTRAINT session_intent_there FOREIGN KEY (intent_id) REFERENCES stripesim.intent DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE stripesim.charge (
    id             text PRIMARY KEY,
    number         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT charge_number_unique UNIQUE,
    intent_id      text NOT NULL REFERENCES stripesim.intent,
    status         text NOT NULL,
    amount         bigint NOT NULL,
    refunded       bigint NOT NULL DEFAULT 0,
    description    text NOT NULL,
    transfer_group text NOT NULL,
    metadata       jsonb NOT NULL,
    card           text NOT NULL,
    decline        text NOT NULL,
    txn_id         text REFERENCES stripesim.txn,
    created_at     timestamptz NOT NULL,
    available_at   timestamptz NOT NULL,
    CONSTRAINT charge_status_known CHECK (status IN ('succeeded', 'failed')),
    CONSTRAINT charge_success_moves_money CHECK ((status = 'succeeded') = (txn_id IS NOT NULL)),
    CONSTRAINT charge_failure_says_why CHECK ((status = 'failed') = (decline <> '')),
    CONSTRAINT charge_refunded_within CHECK (refunded BETWEEN 0 AND amount AND (refunded = 0 OR status = 'succeeded'))
);
COMMENT ON COLUMN stripesim.charge.card IS 'The last four digits of the test card.';
CREATE UNIQUE INDEX charge_paid_once ON stripesim.charge (intent_id) WHERE status = 'succeeded';
CREATE INDEX charge_intent ON stripesim.charge (intent_id);
CREATE INDEX charge_group ON stripesim.charge (transfer_group, number DESC) WHERE transfer_group <> '';
ALTER TABLE stripesim.intent ADD CONSTRAINT intent_charge_there FOREIGN KEY (charge_id) REFERENCES stripesim.charge DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE stripesim.refund (
    id         text PRIMARY KEY,
    number     bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT refund_number_unique UNIQUE,
    charge_id  text NOT NULL REFERENCES stripesim.charge,
    intent_id  text NOT NULL REFERENCES stripesim.intent,
    amount     bigint NOT NULL,
    reason     text NOT NULL,
    metadata   jsonb NOT NULL,
    txn_id     text NOT NULL REFERENCES stripesim.txn,
    created_at timestamptz NOT NULL,
    CONSTRAINT refund_amount_positive CHECK (amount > 0)
);
CREATE INDEX refund_charge ON stripesim.refund (charge_id, number DESC);

CREATE TABLE stripesim.transfer (
    id             text PRIMARY KEY,
    number         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT transfer_number_unique UNIQUE,
    amount         bigint NOT NULL,
    destination    text NOT NULL REFERENCES stripesim.account,
    payment        text NOT NULL,
    source_charge  text REFERENCES stripesim.charge,
    transfer_group text NOT NULL,
    description    text NOT NULL,
    metadata       jsonb NOT NULL,
    txn_id         text NOT NULL REFERENCES stripesim.txn,
    created_at     timestamptz NOT NULL,
    CONSTRAINT transfer_amount_positive CHECK (amount > 0)
);
COMMENT ON COLUMN stripesim.transfer.payment IS 'How the transfer is called in the book of the destination (py_…).';
CREATE INDEX transfer_group ON stripesim.transfer (transfer_group, number DESC) WHERE transfer_group <> '';
CREATE INDEX transfer_destination ON stripesim.transfer (destination, number DESC);
CREATE INDEX transfer_source ON stripesim.transfer (source_charge) WHERE source_charge IS NOT NULL;

CREATE TABLE stripesim.payout (
    id             text PRIMARY KEY,
    number         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT payout_number_unique UNIQUE,
    account        text NOT NULL REFERENCES stripesim.balance,
    status         text NOT NULL DEFAULT 'pending',
    amount         bigint NOT NULL,
    method         text NOT NULL,
    description    text NOT NULL,
    statement      text NOT NULL,
    metadata       jsonb NOT NULL,
    txn_id         text NOT NULL REFERENCES stripesim.txn,
    failure_txn_id text REFERENCES stripesim.txn,
    created_at     timestamptz NOT NULL,
    arrives_at     timestamptz NOT NULL,
    due_at         timestamptz,
    CONSTRAINT payout_status_known CHECK (status IN ('pending', 'paid', 'failed')),
    CONSTRAINT payout_failure_returns_money CHECK ((status = 'failed') = (failure_txn_id IS NOT NULL)),
    CONSTRAINT payout_pending_is_due CHECK (status <> 'pending' OR due_at IS NOT NULL),
    CONSTRAINT payout_failed_is_over CHECK (status <> 'failed' OR due_at IS NULL),
    CONSTRAINT payout_amount_positive CHECK (amount > 0)
);
COMMENT ON COLUMN stripesim.payout.due_at IS 'When its next step comes; NULL when there is none.';
CREATE INDEX payout_due ON stripesim.payout (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payout_account ON stripesim.payout (account, number DESC);

CREATE TABLE stripesim.event (
    id              text PRIMARY KEY,
    number          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT event_number_unique UNIQUE,
    account         text NOT NULL REFERENCES stripesim.balance,
    type            text NOT NULL,
    object          json NOT NULL,
    request_id      text NOT NULL,
    idempotency_key text NOT NULL,
    created_at      timestamptz NOT NULL,
    due_at          timestamptz,
    tries           integer NOT NULL DEFAULT 0,
    delivered_at    timestamptz,
    last_error      text,
    CONSTRAINT event_delivered_is_over CHECK (delivered_at IS NULL OR due_at IS NULL)
);
COMMENT ON TABLE stripesim.event IS 'What happened, as it looked then, and its delivery to the endpoint of its account.';
COMMENT ON COLUMN stripesim.event.due_at IS 'When it is sent, or sent again. NULL: delivered, or nobody was to be told.';
CREATE INDEX event_due ON stripesim.event (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX event_account ON stripesim.event (account, number DESC);

CREATE TABLE stripesim.answer (
    account    text NOT NULL REFERENCES stripesim.balance,
    key        text NOT NULL,
    hash       bytea NOT NULL,
    status     integer,
    body       bytea,
    request_id text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account, key),
    CONSTRAINT answer_whole CHECK ((status IS NULL) = (body IS NULL))
);
COMMENT ON TABLE stripesim.answer IS 'What was answered to a request with an idempotency key. It is committed with the effect.';
COMMENT ON COLUMN stripesim.answer.hash IS 'Of the path and the parameters.';

-- +goose Down
DROP TABLE stripesim.answer, stripesim.event, stripesim.payout, stripesim.transfer, stripesim.refund;
ALTER TABLE stripesim.intent DROP CONSTRAINT intent_charge_there;
ALTER TABLE stripesim.session DROP CONSTRAINT session_intent_there;
DROP TABLE stripesim.charge, stripesim.intent, stripesim.session, stripesim.account, stripesim.txn, stripesim.balance;
